/** Where whoever looks stands to a document that is reviewed. */
import type { DeskRecord } from '@/api/documents';
import { reviewWords as say } from '@/locale/zh-CN';

type Reviewed = Pick<DeskRecord, 'writers' | 'submitted_by' | 'may' | 'stage' | 'deleted_at'>;

/** Why somebody may not sign what waits for review, in a sentence; "" where they may. */
export function whyNot(record: Reviewed, staff: string): string {
  if (record.may.review) return '';
  if (record.writers.some((w) => w.id === staff)) return say.mayNot.wrote;
  return record.submitted_by?.id === staff ? say.mayNot.handedIn : say.mayNot.role;
}

/** What is said where nothing waits for review; "" where it does. */
export function stageSentence(record: Reviewed): string {
  if (record.deleted_at) return say.stages.deleted ?? '';
  return record.stage === 'review' ? '' : (say.stages[record.stage] ?? '');
}
