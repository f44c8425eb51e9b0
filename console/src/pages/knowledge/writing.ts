/** An entry as it is written: what can be seen to be missing. */
import type { KnowledgeForm } from '@/api/knowledge';
import { forms } from '@/locale/zh-CN';

export const blankEntry = (department: string, responsible: string): Required<KnowledgeForm> => ({
  department,
  responsible,
  question: '',
  answer: '',
  other_ways: [],
  topics: [],
  basis: [],
  months: 6,
});

export function missingIn(d: KnowledgeForm): Record<string, string> {
  return {
    ...(d.question.trim() ? {} : { question: forms.required }),
    ...(d.answer.trim() ? {} : { answer: forms.required }),
    ...(d.department ? {} : { department: forms.required }),
  };
}
