/** The feedback that waits for somebody's answer, as a row of the home page. */
import type { WaitingRow } from './waitingDocuments';
import type { FeedbackCounts } from '@/api/feedback';
import { feedbackWaiting as say } from '@/locale/zh-CN';

/** None where nothing waits. What is late leads to what is late. */
export function feedbackRows(counts: FeedbackCounts | undefined, mayAssign: boolean): WaitingRow[] {
  if (!counts?.open) return [];
  const line = counts.overdue ? say.late(counts.overdue) : say.fine;
  const more = mayAssign && counts.unassigned ? [say.unassigned(counts.unassigned)] : [];
  return [
    {
      title: say.title,
      line: [line, ...more].join('，'),
      count: counts.open,
      said: say.count(counts.open),
      to: { name: 'feedback', query: { state: counts.overdue ? 'overdue' : 'open' } },
      grave: counts.overdue > 0,
    },
  ];
}
