/** How long is left until something is due, in words; the colour only helps. */
import type { FeedbackListed } from '@/api/feedback';
import { feedbackDue } from '@/locale/zh-CN';
import { longDay } from '@/model/day';

export interface DueTold {
  text: string;
  tone: 'plain' | 'warn' | 'bad';
  hint: string;
}

/** Undefined for what nobody waits for. */
export function tellDue(f: Pick<FeedbackListed, 'due_day' | 'left' | 'overdue'>): DueTold | undefined {
  if (!f.due_day) return undefined;
  const hint = feedbackDue.hint(longDay(f.due_day));
  if (f.overdue) return { text: feedbackDue.late(-f.left), tone: 'bad', hint };
  if (f.left === 0) return { text: feedbackDue.today, tone: 'warn', hint };
  return { text: feedbackDue.left(f.left), tone: f.left === 1 ? 'warn' : 'plain', hint };
}
