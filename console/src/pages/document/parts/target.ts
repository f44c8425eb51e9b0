/** What a document says of another: by what is here, else by the number or the title that was typed. */
import type { DraftRelation } from '@/api/documents';

export type Target = Pick<DraftRelation, 'target_id' | 'target_number' | 'target_title'>;

/** 鸢政发〔2026〕12号 is a number, with whatever brackets; everything else is a title. */
const number = /^[^《》\s]{1,30}[〔[（(［【]\s*\d{4}\s*[〕\])）］】]\s*第?\s*\d+\s*号$/;

export function targetOf(typed: string): Target {
  const text = typed.trim();
  if (number.test(text)) return { target_id: '', target_number: text, target_title: '' };
  return { target_id: '', target_number: '', target_title: text.replace(/^《([^《》]*)》$/, '$1') };
}

/** How it is called where it is shown. */
export const nameOf = (t: Target): string =>
  [t.target_title && `《${t.target_title}》`, t.target_number].filter(Boolean).join(' ');
