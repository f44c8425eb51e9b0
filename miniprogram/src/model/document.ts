/** A document's text as a place with parts: what the contents list, where an article is, how it is cited. */
import type { components } from '@/api/schema';
import { documents } from '@/locale/zh-CN';
import { long } from './day';

export type Block = components['schemas']['Block'];
export type Policy = components['schemas']['PolicyDetail'];

/** A line of the contents: a chapter, or an article of it. */
export interface Entry {
  at: number; // place of the block in the body
  label: string;
  text: string;
  depth: number; // 0 for parts and chapters, more for what is inside
}

const depths: Partial<Record<Block['kind'], number>> = { part: 0, chapter: 0, section: 1, heading: 0, article: 2 };

/** The contents of a body. Where there are only articles, they stand at the margin. */
export function outline(body: readonly Block[]): Entry[] {
  const list: Entry[] = [];
  body.forEach((block, at) => {
    const depth = depths[block.kind];
    if (depth === undefined) return;
    const level = block.kind === 'heading' ? Math.max(0, (block.level ?? 1) - 1) : depth;
    list.push({
      at,
      label: block.label ?? '',
      text: block.kind === 'article' ? opening(block.text ?? '') : (block.text ?? ''),
      depth: level,
    });
  });
  const least = Math.min(...list.map((e) => e.depth));
  return list.map((e) => ({ ...e, depth: e.depth - least }));
}

/** The first words of an article, to know it by. */
function opening(text: string): string {
  const sentence = /^[^。；：，]{2,24}/.exec(text)?.[0] ?? text;
  return sentence.length < text.length && sentence.length > 22 ? `${sentence.slice(0, 22)}…` : sentence;
}

/** An article whole: its own text and what belongs to it until the next one, or the next heading. */
export function article(body: readonly Block[], at: number): string {
  const inside = ['paragraph', 'item', 'table', 'picture'];
  let end = at + 1;
  while (end < body.length && inside.includes(body[end]?.kind ?? '')) end += 1;
  return body.slice(at, end).map(plain).join('\n');
}

/** A block as plain text: tables cell by cell. */
export function plain(block: Block): string {
  if (block.kind === 'table') return (block.rows ?? []).map((row) => row.join('\t')).join('\n');
  return [block.label, block.text].filter(Boolean).join(block.kind === 'item' ? '' : '　');
}

/** The sentence by which a quotation tells where it is from. */
export function source(policy: Policy): string {
  const number = policy.doc_number ? `（${policy.doc_number}）` : '';
  const day = policy.published_date ? documents.sourceDay(long(policy.published_date)) : '';
  return documents.source(policy.title, number, day, policy.url);
}

/** Who says something, and when. */
export function byline(departments: readonly { name: string }[], day: string): string {
  return [departments.map((d) => d.name).join('、'), long(day)].filter(Boolean).join(' · ');
}

/** Where in the body a word is: block by block. */
export function find(body: readonly Block[], word: string): number[] {
  const needle = word.trim().toLowerCase();
  if (needle === '') return [];
  return body.flatMap((block, at) => (plain(block).toLowerCase().includes(needle) ? [at] : []));
}

/** The place of an anchor, such as a12 for 第十二条; -1 where there is none. */
export function placeOf(body: readonly Block[], anchor: string): number {
  return body.findIndex((block) => block.anchor === anchor);
}
