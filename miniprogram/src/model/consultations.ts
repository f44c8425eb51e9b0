/** What the pages of a consultation say of it. */
import type { ConsultationItem, OpinionIn, SurveyAnswer, SurveyQuestion } from '@/api/consultation';
import { consultations as words } from '@/locale/zh-CN';
import { long } from './day';

/** How long there is left, or what is waited for. */
export function whenSaid(of: Pick<ConsultationItem, 'phase' | 'opens' | 'closes' | 'days_left' | 'days_late'>): string {
  switch (of.phase) {
    case 'coming':
      return words.fromDay(long(of.opens));
    case 'open':
      return `${words.left(of.days_left)}，${words.untilDay(long(of.closes))}`;
    case 'closed':
      return of.days_late ? words.late(of.days_late) : words.endedDay(long(of.closes));
    default:
      return words.endedDay(long(of.closes));
  }
}

const longest = 5000; // characters of an opinion, and of a wording

/** What is wrong with an opinion before it is sent; '' where nothing is. */
export function opinionWrong(v: { stance: string; text: string; wording: string }): string {
  const f = words.form;
  if (!v.stance) return f.noStance;
  if (v.stance !== 'support' && !v.text.trim() && !v.wording.trim()) return f.empty;
  const over = Math.max([...v.text.trim()].length, [...v.wording.trim()].length) - longest;
  return over > 0 ? f.tooLong(over) : '';
}

export const bodyOf = (v: { stance: string; text: string; wording: string; signature: string }): OpinionIn => ({
  stance: v.stance as OpinionIn['stance'],
  text: v.text.trim(),
  wording: v.wording.trim(),
  signature: v.signature.trim(),
});

/** An answer with one option chosen, or given up, as the question takes it. */
export function choose(q: SurveyQuestion, before: SurveyAnswer | undefined, option: number): SurveyAnswer {
  const id = q.id ?? '';
  const now = before?.options ?? [];
  if (q.kind === 'one') return { question_id: id, options: [option] };
  const options = now.includes(option) ? now.filter((o) => o !== option) : [...now, option].sort((a, b) => a - b);
  return { question_id: id, options };
}

/** Answers that say something. */
export const given = (answers: readonly SurveyAnswer[]): SurveyAnswer[] =>
  answers.filter((a) => a.options?.length || a.scale || a.text?.trim());
