/** What of a letter is marked: how many places of each kind, in words. */
import type { Original } from '@/api/publicLetters';
import { publicLetter as say } from '@/locale/zh-CN';

export function countsOf(original: Pick<Original, 'title' | 'exchanges'>): string {
  const spans = [original.title, ...original.exchanges.flatMap((x) => [x.question, x.answer])].flatMap((m) => m.spans);
  const kinds = [...new Set(spans.map((s) => s.kind))];
  const counts = kinds.map((kind) => say.count(say.kinds[kind] ?? kind, spans.filter((s) => s.kind === kind).length));
  return counts.length ? say.marked(counts.join('、')) : say.unmarked;
}
