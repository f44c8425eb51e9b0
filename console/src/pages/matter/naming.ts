/** What a matter may be called that begins with a document: its draft and what is issued in the end are one thing. */
import { matterWords as say } from '@/locale/zh-CN';

const rules = /(?:条例|规定|办法|细则|规则|方案|规划|意见)$/u;
const stage = /（[^（）]*(?:稿|草案|试行|暂行)）$/u;
const longest = 100;

export function nameOf(title: string): string {
  const named = (/《([^《》]+)》/u.exec(title)?.[1] ?? title).replace(stage, '');
  return (rules.test(named) ? say.making(named) : title).slice(0, longest);
}
