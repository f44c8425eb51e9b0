/** What whoever confirms an import puts where its rows say nothing. */
import type { ImportConfirmation, ImportRecord } from '@/api/imports';

export interface Confirmation {
  issuers: Record<string, string>; // departments by what rows call them
  issuer: string;
  no_interpretation: string;
  written: boolean;
}

/** How many unknown issuers are asked about one by one; the most frequent come first. */
export const askedIssuers = 12;

export function proposed(record: ImportRecord): Confirmation {
  const asked = record.content.issuers.slice(0, askedIssuers);
  return {
    issuers: Object.fromEntries(asked.map((i) => [i.name, i.department_id])),
    issuer: record.department_id,
    no_interpretation: '',
    written: record.content.no_written > 0,
  };
}

export function confirmationOf(c: Confirmation): ImportConfirmation {
  const issuers = Object.entries(c.issuers)
    .filter(([, department_id]) => department_id)
    .map(([name, department_id]) => ({ name, department_id }));
  return { issuers, issuer: c.issuer, no_interpretation: c.no_interpretation.trim(), written_as_published: c.written };
}
