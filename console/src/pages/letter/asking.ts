/** Which letters a list shows, from what stands in its address; a letter's page keeps it, to know the next one. */
import { boxNames, channels, sources, type LetterQuestion } from '@/api/letters';
import { figureNames } from '@/api/watch';
import type { Filters } from '@/components/useFilters';

export const filterNames = ['box', 'channel', 'source', 'topic', 'department', 'number', 'since', 'until', 'figure'] as const;
export type LetterFilters = Filters<(typeof filterNames)[number]>;

/** Those that narrow a box. */
export const narrowing = filterNames.filter((name) => name !== 'box');

/** Letters on a page of the list. */
export const pageSize = 20;

const oneOf = <T extends string>(names: readonly T[], name: string) => names.find((n) => n === name);

export const questionOf = (f: LetterFilters, limit = pageSize): LetterQuestion => ({
  box: oneOf(boxNames, f.box),
  channel: oneOf(channels, f.channel),
  source: oneOf(sources, f.source),
  topic: f.topic || undefined,
  department: f.department || undefined,
  number: f.number || undefined,
  figure: oneOf(figureNames, f.figure),
  since: f.since || undefined,
  until: f.until || undefined,
  limit,
  offset: (f.page - 1) * pageSize,
});
