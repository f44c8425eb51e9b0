/** Names a browser as people know it, from what it says of itself. */

const browsers: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/QQBrowser/, 'QQ 浏览器'],
  [/360SE|QIHU|360EE/i, '360 浏览器'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Version\/.*Safari/, 'Safari'],
  [/MSIE|Trident/, 'IE'],
];
const systems: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, '苹果手机或平板'],
  [/Mac OS X/, '苹果电脑'],
  [/UOS|Kylin|NeoKylin/i, '国产系统'],
  [/Linux/, 'Linux'],
];

const named = (table: [RegExp, string][], agent: string): string =>
  table.find(([shape]) => shape.test(agent))?.[1] ?? '';

/** Chrome，Windows; what is not known is shown as it is, cut short. */
export function browserOf(agent: string): string {
  const known = [named(browsers, agent), named(systems, agent)].filter(Boolean);
  return known.length ? known.join('，') : agent.slice(0, 40);
}
