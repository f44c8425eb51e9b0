/** What an entry of a list says, in a line. */
import type { ShippedWord, WordFields, WordItem, WordList } from '@/api/words';
import { wordWords as say } from '@/locale/zh-CN';

/** The words as people write them: 社保 = 社会保险, 养老金 → 养老保险. */
export function wordsOf(w: WordFields): string {
  const [first = '', ...others] = w.words;
  return w.one_way ? first + say.arrow + others.join('、') : w.words.join(say.equals);
}

/** The entries that hold what somebody looks for, anywhere. */
export function holding<T extends WordItem | ShippedWord>(list: readonly T[], typed: string): T[] {
  const q = typed.trim().toLowerCase();
  if (!q) return [...list];
  return list.filter((w) => [...w.words, w.instead ?? '', w.note ?? ''].some((text) => text.toLowerCase().includes(q)));
}

/** What is asked of a writer where the entry itself does not say. */
export const severityOf = (w: WordFields, list: WordList): string =>
  say.severity[w.severity || (list === 'forbidden' ? 'stop' : 'ask')] ?? '';

/** Lines as people type them, as a list: without blanks and empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
