/** Documents made to be hard to show, brought in by the house's own command. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { House } from './house';

/** A row of an import file. */
export type Row = Record<string, string>;

export const longTitle =
  '鸢都市住房和城乡建设局、鸢都市自然资源和规划局、鸢都市行政审批服务局关于进一步做好既有住宅加装电梯工作若干补充事项和资金补助标准调整的通知';
export const wideTitle = '鸢都市社区食堂十二个月助餐人数统计表';
export const paragraphTitle = '鸢都市城市更新一段到底的说明';
export const lineTitle = '鸢都市清明放假一句话通知';

const months = Array.from({ length: 11 }, (_, n) => `${n + 1}月助餐人数`);
const places = ['奎文', '潍城', '坊子', '寒亭', '青州', '诸城'].map((name) => `${name}区社区食堂`);
const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
const wide = [line(['社区食堂', ...months]), line(Array(12).fill('---')), ...places.map((p, n) => line([p, ...months.map((_, m) => `${(n + 3) * 1370 + m * 11}`)]))].join('\n');
const paragraph = '城市更新要先听住在那里的人怎么说，再定怎么修、谁出钱、什么时候完工；'.repeat(286); // 10,010 characters

export const hard: Row[] = [
  { title: longTitle, doc_number: '鸢建发〔2026〕101号', issuer: '鸢都市住房和城乡建设局', published_date: '2026-11-20', text: '第一条　补助标准按本通知执行。\n第二条　本通知自公布之日起施行。' },
  { title: wideTitle, issuer: '鸢都市民政局', published_date: '2026-11-19', text: `各社区食堂助餐人数如下：\n\n${wide}\n\n数字由市民政局按月公布。` },
  { title: paragraphTitle, issuer: '鸢都市住房和城乡建设局', published_date: '2026-11-18', text: `${paragraph}。` },
  { title: lineTitle, issuer: '鸢都市民政局', published_date: '2026-11-17', text: '清明节放假一天。' },
];

/** So many plain documents, enough for a long list. */
export function plain(many: number): Row[] {
  return Array.from({ length: many }, (_, n) => ({
    title: `鸢都市风筝广场第${n + 1}号活动公告`, doc_number: `鸢风筝〔2025〕${n + 1}号`, issuer: '鸢都市文化和旅游局',
    published_date: `2025-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`, text: `第一条　第${n + 1}场活动在风筝广场。\n第二条　放风筝的人请走东门。`,
  }));
}

/** Imports rows beside the running house, and gives what the command said. */
export function bringIn(house: House, rows: Row[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'yuandu-rows-'));
  const file = join(folder, 'rows.jsonl');
  writeFileSync(file, rows.map((r) => JSON.stringify(r)).join('\n'));
  const said = house.run('import', 'policies', file);
  rmSync(folder, { recursive: true, force: true });
  return said;
}

interface Found { items: { id: string; title: string }[]; total: number }

/** The ID of the public document with a title, once the index has it. */
export async function idOf(house: House, title: string): Promise<string> {
  const address = `${house.address}/api/v1/policies?limit=20&q=${encodeURIComponent(title)}`;
  return vi.waitFor(async () => {
    const one = ((await (await fetch(address)).json()) as Found).items.find((p) => p.title === title);
    if (!one) throw new Error(`${title} is not there`);
    return one.id;
  }, { timeout: 20_000, interval: 200 });
}
