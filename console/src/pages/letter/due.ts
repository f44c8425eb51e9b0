/** How long is left of a letter's term, in words; the colour only helps. */
import type { LetterListed } from '@/api/letters';
import { letterDue } from '@/locale/zh-CN';
import { longDay } from '@/model/day';

export interface DueTold {
  text: string;
  tone: 'plain' | 'warn' | 'bad';
  hint: string;
}

/** Undefined for what nobody waits for. The city says from when on it is yellow or red. */
export function tellDue(
  l: Pick<LetterListed, 'due_day' | 'left' | 'overdue' | 'colour'>,
): DueTold | undefined {
  if (!l.due_day) return undefined;
  const hint = letterDue.hint(longDay(l.due_day));
  if (l.overdue) return { text: letterDue.late(-l.left), tone: 'bad', hint };
  const tone = ({ '': 'plain', yellow: 'warn', red: 'bad' } as const)[l.colour];
  if (l.left <= 0) return { text: letterDue.today, tone: tone === 'plain' ? 'warn' : tone, hint };
  return { text: letterDue.left(l.left), tone, hint };
}
