/** To whom a letter goes, as it is filled in. */
import type { Dispatching, LetterRecord } from '@/api/letters';
import { letterActs } from '@/locale/zh-CN';

export interface DispatchDraft {
  lead: string;
  assists: string[];
  longer: boolean; // a law gives more time
  workdays: string;
  law: string;
  article: string;
  final: boolean;
  why: string;
}

const usual = 5;

/** Begins with who has it, or with whom its author thinks of. */
export function dispatchingOf(r: Pick<LetterRecord, 'department' | 'wanted' | 'assists' | 'term' | 'designated'>): DispatchDraft {
  const longer = r.term.workdays > usual;
  return {
    lead: r.department?.id ?? r.wanted?.id ?? '',
    assists: r.assists.map((a) => a.department.id),
    longer,
    workdays: longer ? String(r.term.workdays) : '',
    law: r.term.law,
    article: r.term.article,
    final: r.designated,
    why: '',
  };
}

export function missing(d: DispatchDraft): Record<string, string> {
  const days = Number(d.workdays);
  const say = letterActs.dispatch;
  return {
    ...(d.lead ? {} : { lead: say.choose }),
    ...(d.longer && !(Number.isInteger(days) && days > usual && days <= 250) ? { term: say.termWrong } : {}),
    ...(d.longer && !d.law.trim() ? { law: say.lawWrong } : {}),
  };
}

/** What is sent: who leads does not help as well. */
export const bodyOf = (d: DispatchDraft): Dispatching => ({
  lead: d.lead,
  assists: d.assists.filter((id) => id !== d.lead),
  ...(d.longer ? { term: { workdays: Number(d.workdays), law: d.law.trim(), article: d.article.trim() } } : {}),
  final: d.final,
  why: d.why.trim(),
});
