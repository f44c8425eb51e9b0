/** Mistakes in texts, complaints and suggestions about the service itself. Who gave them is not told. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag } from './client';
import type { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
type OrNull<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

export type FeedbackListed = OrNull<Schemas['DeskFeedbackItem'], 'department'>;
export type FeedbackCounts = Schemas['FeedbackCounts'];
export type FeedbackFigures = Schemas['FeedbackFigures'];
export type FeedbackAbout = Schemas['FeedbackAbout'];
export type FeedbackPassage = Schemas['FeedbackPassage'];
export type FeedbackStep = OrNull<Schemas['DeskStep'], 'answer' | 'rating'>;
export type FeedbackRecord = Omit<OrNull<Schemas['FeedbackRecord'], 'department' | 'about' | 'place' | 'due'>, 'steps'> & {
  steps: FeedbackStep[];
};
export type Reply = Schemas['ReplyInBody'];
export type Outcome = Reply['outcome'];
export const outcomes: readonly Outcome[] = ['corrected', 'explained', 'accepted', 'not_accepted'];
export type FeedbackKind = FeedbackListed['kind'];
export const feedbackKinds: readonly FeedbackKind[] = ['mistake', 'complaint', 'suggestion'];

const root = '/admin/v1/feedback';
const one = `${root}/{id}` as const;

export interface FeedbackQuestion {
  state?: 'open' | 'overdue' | 'answered' | 'closed';
  kind?: FeedbackKind;
  department?: string;
  unassigned?: boolean;
  number?: string;
  limit: number;
  offset: number;
}

export interface FeedbackPage {
  items: FeedbackListed[];
  total: number;
  counts: FeedbackCounts;
}

export function useFeedbackList(question: MaybeRefOrGetter<FeedbackQuestion>) {
  return useReading<FeedbackPage>({
    key: () => ['feedback', 'list', toValue(question)],
    read: () => answer(api.GET(root, { params: { query: toValue(question) } })),
  });
}

export function useFeedbackFigures() {
  return useReading<FeedbackFigures>({ key: ['feedback', 'figures'], read: () => answer(api.GET(`${root}/figures`)) });
}

export function useFeedbackWaiting(when: MaybeRefOrGetter<boolean>) {
  return useReading<FeedbackCounts>({
    key: ['feedback.waiting'],
    read: () => answer(api.GET('/admin/v1/waiting/feedback')),
    when,
  });
}

/** Counts the waiting anew. On a clock this would keep the session of somebody who has left alive. */
export const recountFeedback = () => changed('feedback.waiting');

const keyOf = (id: string) => ['feedback', 'one', id];
const nameOf = (id: string) => ({ params: { path: { id } } });

export function useFeedback(id: MaybeRefOrGetter<string>) {
  return useReading<FeedbackRecord>({
    key: () => keyOf(toValue(id)),
    read: () => answer(api.GET(one, nameOf(toValue(id)))),
  });
}

/** Puts what the server said of a feedback where its readers look. */
function remember(now: FeedbackRecord): FeedbackRecord {
  queries.setQueryData(keyOf(now.id), now);
  return now;
}

async function done(asked: Promise<FeedbackRecord>): Promise<FeedbackRecord> {
  const now = remember(await asked);
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['feedback', 'list'] }),
    changed('feedback.waiting'),
    queries.invalidateQueries({ queryKey: ['feedback', 'figures'] }),
  ]);
  return now;
}

/** Shows what is there now to somebody who was overtaken; true where that was told. */
export function catchUp(problem: Problem): boolean {
  if (!problem.isStale || typeof problem.current !== 'object' || problem.current === null) return false;
  remember(problem.current as FeedbackRecord);
  return true;
}

const params = ({ id, version }: FeedbackRecord, key: string) => ({ path: { id }, header: once(key, tag(version)) });

export const replyTo = ({ record, body }: { record: FeedbackRecord; body: Reply }, key: string) =>
  done(answer(api.POST(`${one}/answer`, { body, params: params(record, key) })));

export const assignFeedback = (
  { record, body }: { record: FeedbackRecord; body: { department: string; why: string } },
  key: string,
) => done(answer(api.POST(`${one}/assign`, { body, params: params(record, key) })));

export const noteOn = ({ record, text }: { record: FeedbackRecord; text: string }, key: string) =>
  done(answer(api.POST(`${one}/notes`, { body: { text }, params: params(record, key) })));
