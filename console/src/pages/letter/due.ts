/** How long is left of a letter's term, in words; the colour only helps. */
import type { LetterListed } from '@/api/letters';
import { letterDue } from '@/locale/zh-CN';
import { longDay } from '@/model/day';

export interface DueTold {
  text: string;
  tone: 'plain' | 'warn' | 'bad';
  hint: string;
}

const tones = { none: 'plain', yellow: 'warn', red: 'bad' } as const;

/** Undefined for what nobody waits for. The colour is the server's, by the term and the city's thresholds. */
export function tellDue(l: Pick<LetterListed, 'due_day' | 'left' | 'overdue' | 'colour'>): DueTold | undefined {
  if (!l.due_day) return undefined;
  const told = { tone: tones[l.colour], hint: letterDue.hint(longDay(l.due_day)) };
  if (l.overdue) return { ...told, text: letterDue.late(-l.left) };
  return { ...told, text: l.left > 0 ? letterDue.left(l.left) : letterDue.today };
}
