/** The life topics. */
import { figure } from './pieces';

export const topicWords = {
  title: '专题',
  lead: '首页和小程序上的十八个民生专题：在这里排顺序、写一句话说明。名称和图标是固定的，居民的订阅和导入时的归类都认它。',
  list: '专题，按显示的顺序',
  explanation: (name: string) => `“${name}”的说明`,
  placeholder: '一句话：这里能找到什么',
  policies: (n: number) => `${figure(n)} 份文件`,
  see: '居民看到的',
  saved: '已保存，首页和小程序立即更新。',
  order: '顺序和说明',
  shown: (items: { name: string; explanation: string }[]) => items.map((t, n) => `${n + 1}. ${t.name}：${t.explanation}`).join('\n'),
  short: '说明请写 4 到 60 个字。',
  readOnly: '专题由市政府办维护，您可以查看。',
};
