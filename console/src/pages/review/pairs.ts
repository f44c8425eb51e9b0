/** Which two versions of a document are beside each other. */
import type { Pair, Revision } from '@/api/review';

/** What can be chosen, the newest first: the working copy where there is one, and what was public. */
export const choicesOf = (revisions: readonly Revision[], working: boolean): string[] => [
  ...(working ? ['working'] : []),
  ...revisions.map((r) => String(r.version)),
];

/** The pair of an address; what is not there, or does not fit, is the newest two. */
export function pairOf(asked: { from: string; to: string }, choices: readonly string[]): Pair | undefined {
  const to = choices.includes(asked.to) ? asked.to : choices[0];
  const other = choices.filter((c) => c !== to);
  const from = other.includes(asked.from) ? asked.from : (other[0] ?? undefined);
  return to && from ? { from, to } : undefined;
}
