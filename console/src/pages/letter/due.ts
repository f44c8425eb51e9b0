/** How long is left of a letter's term, in words; the colour only helps. */
import type { LetterListed } from '@/api/letters';
import { letterDue } from '@/locale/zh-CN';
import { longDay } from '@/model/day';

export interface DueTold {
  text: string;
  tone: 'plain' | 'warn' | 'bad';
  hint: string;
}

/** Working days of the usual term: lists do not say of which letters the term is a longer one. */
const usualTerm = 5;

/** Undefined for what nobody waits for. Yellow is a third of the term and less, red is late. */
export function tellDue(
  l: Pick<LetterListed, 'due_day' | 'left' | 'overdue'>,
  term = usualTerm,
): DueTold | undefined {
  if (!l.due_day) return undefined;
  const hint = letterDue.hint(longDay(l.due_day));
  if (l.overdue) return { text: letterDue.late(-l.left), tone: 'bad', hint };
  if (l.left <= 0) return { text: letterDue.today, tone: 'warn', hint };
  return { text: letterDue.left(l.left), tone: l.left <= Math.floor(term / 3) ? 'warn' : 'plain', hint };
}
