/** What offices answer when they are asked something, and the texts by which replies are begun. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, type Versioned } from './client';
import type { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components, operations } from './schema';

type Schemas = components['schemas'];
type OrNull<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

const root = '/admin/v1/knowledge';
const one = `${root}/{id}` as const;
const ofLetter = '/admin/v1/letters/{id}/knowledge';
const templatesRoot = '/admin/v1/reply-templates';

export type KnowledgeListed = OrNull<Schemas['KnowledgeItem'], 'responsible'>;
export type KnowledgeRecord = OrNull<Schemas['KnowledgeRecord'], 'responsible' | 'request' | 'updated_by'>;
export type KnowledgeBasis = Schemas['KnowledgeBasis'];
export type KnowledgeDoubt = Schemas['KnowledgeDoubt'];
export type KnowledgeForm = Schemas['KnowledgeForm'];
export type KnowledgeShelf = Schemas['KnowledgeShelf'];
export type ShelfName = KnowledgeShelf['shelf'];
export type KnowledgeQuestion = NonNullable<operations['get-admin-knowledge']['parameters']['query']>;
export type Offered = OrNull<Schemas['OfferedKnowledge'], 'responsible'>;
export type ReplyTemplate = OrNull<Schemas['ReplyTemplate'], 'department' | 'updated_by'>;
export type ReplyTemplateForm = Schemas['ReplyTemplateForm'];
export type ReplyBlank = Schemas['ReplyBlank'];
export type FilledReply = Schemas['FilledReply'];
export type Named = Schemas['Ref'];

export const shelfNames: readonly ShelfName[] = ['all', 'mine', 'due', 'nobody', 'draft', 'current', 'retired'];

export interface KnowledgePage {
  items: KnowledgeListed[];
  total: number;
  shelves: KnowledgeShelf[];
}

export function useKnowledgeList(question: MaybeRefOrGetter<KnowledgeQuestion>) {
  return useReading<KnowledgePage>({
    key: () => ['knowledge', 'list', toValue(question)],
    read: () => answer(api.GET(root, { params: { query: toValue(question) } })),
  });
}

const keyOf = (id: string) => ['knowledge', 'one', id];
const read = (id: string): Promise<KnowledgeRecord> => answer(api.GET(one, { params: { path: { id } } }));

export function useKnowledge(id: MaybeRefOrGetter<string>) {
  return useReading<KnowledgeRecord>({
    key: () => keyOf(toValue(id)),
    read: () => read(toValue(id)),
    when: () => toValue(id) !== '',
  });
}

export function useKnowledgePeople(department: MaybeRefOrGetter<string>) {
  return useReading<Named[]>({
    key: () => ['knowledge', 'people', toValue(department)],
    read: async () =>
      (await answer(api.GET(`${root}/people`, { params: { query: { department: toValue(department) } } }))).items,
    when: () => toValue(department) !== '',
  });
}

async function done(asked: Promise<KnowledgeRecord>): Promise<KnowledgeRecord> {
  const now = await asked;
  queries.setQueryData(keyOf(now.id), now);
  void queries.invalidateQueries({ queryKey: ['knowledge', 'list'] });
  void queries.invalidateQueries({ queryKey: ['knowledge', 'offered'] });
  return now;
}

/** Shows what is there now to somebody who was overtaken; true where that was told. */
export function catchUpKnowledge(problem: Problem): boolean {
  if (!problem.isStale || typeof problem.current !== 'object' || problem.current === null) return false;
  const now = problem.current as KnowledgeRecord;
  queries.setQueryData(keyOf(now.id), now);
  return true;
}

/** What is typed of an entry: which one it is, "" for a new one. */
export interface KnowledgeEdit extends Versioned<KnowledgeForm> {
  id: string;
}

export const saveKnowledge = ({ id, value: body, version }: KnowledgeEdit, key: string): Promise<KnowledgeRecord> =>
  done(
    id
      ? answer(api.PUT(one, { body, params: { path: { id }, header: once(key, version) } }))
      : answer(api.POST(root, { body, params: { header: once(key) } })),
  );

/** What is there now, for a form that goes on beside it. */
export async function rereadKnowledge(id: string): Promise<Versioned<Required<KnowledgeForm>>> {
  const now = await read(id);
  return { value: formOf(now), version: tag(now.version) };
}

/** All that a form of an entry needs. */
export const formOf = (r: KnowledgeRecord): Required<KnowledgeForm> => ({
  department: r.department.id,
  responsible: r.responsible?.id ?? '',
  question: r.question,
  answer: r.answer,
  other_ways: r.other_ways,
  topics: r.topics.map((t) => t.id),
  basis: r.basis.map((b) => ({ id: b.id, article: b.article })),
  months: r.months,
});

export type KnowledgeStep = 'use' | 'review' | 'retire' | 'take';
interface On {
  record: Pick<KnowledgeRecord, 'id' | 'version'>;
}

const params = ({ id, version }: On['record'], key: string) => ({ path: { id }, header: once(key, tag(version)) });

export const stepKnowledge = ({ record, step }: On & { step: KnowledgeStep }, key: string) =>
  done(answer(api.POST(`${one}/${step}`, { params: params(record, key) })));
export const requestKnowledge = ({ record, note }: On & { note: string }, key: string) =>
  done(answer(api.POST(`${one}/request`, { body: { note }, params: params(record, key) })));

/** Entries that may answer a letter, by its own words or by some that were typed. */
export function useOffered(letter: MaybeRefOrGetter<string>, q: MaybeRefOrGetter<string>) {
  return useReading<Offered[]>({
    key: () => ['knowledge', 'offered', toValue(letter), toValue(q)],
    read: async () => {
      const query = { q: toValue(q) || undefined };
      return (await answer(api.GET(ofLetter, { params: { path: { id: toValue(letter) }, query } }))).items;
    },
  });
}

export const knowledgeOfReply = ({ letter, n }: { letter: string; n: number }, key: string): Promise<KnowledgeRecord> =>
  done(answer(api.POST(ofLetter, { body: { answer: n }, params: { path: { id: letter }, header: once(key) } })));

export interface ReplyTemplates extends Omit<Schemas['ReplyTemplateList'], 'items'> {
  items: ReplyTemplate[];
}
const templatesKey = ['reply-templates'];
const readTemplates = (): Promise<ReplyTemplates> => answer(api.GET(templatesRoot));

export const useReplyTemplates = () => useReading<ReplyTemplates>({ key: templatesKey, read: readTemplates });

export interface TemplateEdit extends Versioned<ReplyTemplateForm> {
  id: string;
}

export const saveReplyTemplate = async ({ id, value: body, version }: TemplateEdit, key: string): Promise<void> => {
  if (id) {
    await answer(api.PUT(`${templatesRoot}/{id}`, { body, params: { path: { id }, header: once(key, version) } }));
  } else {
    await answer(api.POST(templatesRoot, { body, params: { header: once(key) } }));
  }
  await changed('reply-templates');
};

export const removeReplyTemplate = async ({ id, version }: { id: string; version: number }, key: string) => {
  await answer(api.DELETE(`${templatesRoot}/{id}`, { params: { path: { id }, header: once(key, tag(version)) } }));
  await changed('reply-templates');
};

export const fieldsOfTemplate = (t?: ReplyTemplate): Required<ReplyTemplateForm> => ({
  department: t?.department?.id ?? '',
  name: t?.name ?? '',
  text: t?.text ?? '',
});

export async function rereadReplyTemplate(id: string): Promise<Versioned<Required<ReplyTemplateForm>>> {
  const all = await queries.fetchQuery({ queryKey: templatesKey, queryFn: readTemplates, staleTime: 0 });
  const now = all.items.find((t) => t.id === id);
  return { value: fieldsOfTemplate(now), version: tag(now?.version ?? 0) };
}

/** A template filled from a letter; the author's name is read for it, which is written down. */
export const fillTemplate = ({ letter, template }: { letter: string; template: string }, key: string) =>
  answer(
    api.POST('/admin/v1/letters/{id}/filled', { body: { template }, params: { path: { id: letter }, header: once(key) } }),
  );
