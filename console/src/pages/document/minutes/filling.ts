/** What minutes fill into the working copy of a meeting, and what stays as it is. */
import type { AgendaItemDraft, MeetingDraft } from '@/api/documents';

/** The fields of a meeting that its minutes tell, in the order of the page. */
export const minutesFields = [
  'title',
  'column_id',
  'day',
  'term',
  'number',
  'begins',
  'place',
  'chair',
  'department_ids',
  'guests',
] as const;
export type MinutesField = (typeof minutesFields)[number];

export interface FieldChange {
  field: MinutesField;
  /** Something else stands there now. */
  taken: boolean;
}

const isEmpty = (value: unknown): boolean => !value || (Array.isArray(value) && value.length === 0);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const both = (a: string[] | undefined, b: string[] | undefined): string[] => [...new Set([...(a ?? []), ...(b ?? [])])];

/** What a field of minutes makes of one of the working copy: offices come to those that are there. */
const made = (now: MeetingDraft, read: MeetingDraft, field: MinutesField): unknown =>
  field === 'department_ids' ? both(now.department_ids, read.department_ids) : read[field];

/** The fields of which minutes say something else than the working copy does. */
export function fieldChanges(now: MeetingDraft, read: MeetingDraft): FieldChange[] {
  return minutesFields
    .filter((field) => !isEmpty(read[field]) && !same(now[field], made(now, read, field)))
    .map((field) => ({ field, taken: field !== 'department_ids' && !isEmpty(now[field]) }));
}

export interface ItemChange {
  read: AgendaItemDraft;
  /** Which item of the working copy it is, -1 for a new one. */
  into: number;
  /** That item is not public: minutes do not fill it. */
  withheld: boolean;
  /** Something else was decided there already. */
  taken: boolean;
  /** Topics that it seems to be about; none where somebody has chosen some. */
  topics: string[];
}

const verbs = /^(听取并审议|听取并研究|传达学习|审议|审定|研究|听取|讨论|学习|传达|通报|部署)|^关于/;
const endings = /(的?(情况的?)?(汇报|报告|通报)|（?(修订)?草案）?|工作|情况)$/;

/** A title without what an agenda and minutes say each in their own way: 审议《…（草案）》 and 关于《…》. */
export function coreOf(title: string): string {
  let core = title.replace(/[《》〈〉“”"'()（）\s。，、；：]/g, '');
  for (let before = ''; before !== core; ) {
    before = core;
    core = core.replace(verbs, '').replace(endings, '');
  }
  return core;
}

const leastShared = 6; // characters

function isSameItem(a: string, b: string): boolean {
  const [x, y] = [coreOf(a), coreOf(b)];
  if (x === y) return x !== '';
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.length >= leastShared && long.includes(short);
}

/** Where each item of the minutes goes: into the one of the agenda that has its title, else behind the others. */
export function itemChanges(now: MeetingDraft, read: MeetingDraft): ItemChange[] {
  const items = now.items ?? [];
  const found = new Set<number>();
  return (read.items ?? []).map((item) => {
    const into = items.findIndex((i, n) => !found.has(n) && isSameItem(i.title, item.title));
    found.add(into);
    const there = items[into];
    return {
      read: item,
      into,
      withheld: Boolean(there?.withheld),
      taken: Boolean(there?.decision && item.decision && there.decision !== item.decision),
      topics: there?.topic_ids?.length ? [] : (item.topic_ids ?? []),
    };
  });
}

export interface Chosen {
  fields: readonly MinutesField[];
  items: readonly ItemChange[];
}

/** What is filled in where nobody chooses otherwise: whatever takes no other text's place. */
export const proposed = (fields: readonly FieldChange[], items: readonly ItemChange[]): Chosen => ({
  fields: fields.filter((f) => !f.taken).map((f) => f.field),
  items: items.filter((i) => !i.taken && !i.withheld),
});

/** The working copy with what was chosen of the minutes. */
export function filled(now: MeetingDraft, read: MeetingDraft, chosen: Chosen): MeetingDraft {
  const items = [...(now.items ?? [])];
  for (const change of chosen.items) {
    const there = items[change.into];
    if (change.withheld) continue;
    const read = { ...change.read, topic_ids: change.topics };
    if (there) items[change.into] = joined(there, read);
    else items.push(read);
  }
  const fields = Object.fromEntries(chosen.fields.map((field) => [field, made(now, read, field)]));
  const body = now.body?.length ? now.body : read.body;
  return { ...now, ...fields, ...(body && { body }), items };
}

/** An item of the agenda with what its minutes add; its title and its number stay. */
function joined(there: AgendaItemDraft, read: AgendaItemDraft): AgendaItemDraft {
  return {
    ...there,
    decision: read.decision || there.decision,
    reporter_ids: there.reporter_ids?.length ? there.reporter_ids : read.reporter_ids,
    responsible_ids: both(there.responsible_ids, read.responsible_ids),
    topic_ids: there.topic_ids?.length ? there.topic_ids : read.topic_ids,
    body: there.body?.length ? there.body : read.body,
  };
}
