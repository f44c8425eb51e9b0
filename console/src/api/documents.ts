/** Documents on their way to the public. Every kind takes the same addresses, under its own noun. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, versioned, type Versioned } from './client';
import { newKey } from './act';
import type { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Passage = Schemas['Passage'];
export type PolicyDraft = Schemas['PolicyDraft'];
export type InterpretationDraft = Schemas['InterpretationDraft'];
export type DraftFile = Schemas['DraftFile'];
export type DraftRelation = Schemas['DraftRelation'];
export type Finding = Schemas['FindingItem'];
export type Person = Schemas['DeskPerson'];
export type Excuse = Schemas['Excuse'];
export type DeskListed = Schemas['DeskListed'];
export type DeskPage = Schemas['DeskPage'];
export type HistoryItem = Schemas['HistoryItem'];
export type SignFields = Schemas['SignFields'];

/** What every kind of working copy has. */
export interface Content {
  title: string;
  body?: Passage[];
  department_ids?: string[];
  attachments?: DraftFile[];
  published_date?: string;
  source_url?: string;
}

export type PublicLetterDraft = Schemas['PublicLetterDraft'];
export type MeetingDraft = Schemas['MeetingDraft'];
export type EventDraft = Schemas['EventDraft'];
export type AgendaItemDraft = Schemas['AgendaItemDraft'];
export type ConsultationDraft = Schemas['ConsultationDraft'];
export type SurveyQuestion = Schemas['SurveyQuestion'];
export type Kind = 'policy' | 'interpretation' | 'letter' | 'meeting' | 'consultation' | 'event' | 'gazette';

/** How a kind stands in the addresses of the desk. */
export const nouns: Record<Kind, string> = {
  policy: 'policies',
  interpretation: 'interpretations',
  letter: 'public-letters',
  meeting: 'meetings',
  consultation: 'consultations',
  event: 'events',
  gazette: 'gazettes',
};
export type Stage = 'draft' | 'review' | 'scheduled' | 'published' | 'withdrawn' | 'kept';
export const stages: readonly Stage[] = ['draft', 'review', 'scheduled', 'published', 'withdrawn', 'kept'];

export type DeskRecord = Omit<Schemas['DeskRecordPolicyDraft'], 'content' | 'stage' | 'kind'> & {
  content: Content;
  stage: Stage;
  kind: Kind;
};

const list = '/admin/v1/policies';
const one = '/admin/v1/policies/{id}';

/**
 * An address of a kind. They differ by their noun alone, so that all of them can be typed as those of policies; what
 * a working copy holds is for the kind's own page to know.
 */
const of = <Path extends string>(kind: Kind, path: Path): Path =>
  path.replace('policies', nouns[kind]) as Path;

const recordOf = (said: unknown): DeskRecord => said as DeskRecord;
const read = ({ value, version }: Versioned<unknown>): Versioned<DeskRecord> => ({ value: recordOf(value), version });
const nameOf = (id: string) => ({ params: { path: { id } } });

export interface DeskQuestion {
  stage?: Stage[];
  q?: string;
  department?: string;
  import?: string;
  mine?: boolean;
  waiting?: boolean;
  returned?: boolean;
  failed?: boolean;
  deleted?: boolean;
  expiring?: boolean;
  unexplained?: boolean;
  sort?: 'updated' | 'published' | 'title' | 'expiry' | 'publish_at';
  limit?: number;
  offset?: number;
}

export function useDocuments(kind: Kind, question: MaybeRefOrGetter<DeskQuestion>) {
  return useReading({
    key: () => ['documents', kind, 'list', toValue(question)],
    read: () => findDocuments(kind, toValue(question)),
  });
}

export const findDocuments = (kind: Kind, query: DeskQuestion): Promise<DeskPage> =>
  answer(api.GET(of(kind, list), { params: { query } }));

const keyOf = (kind: Kind, id: string) => ['documents', kind, 'one', id];

export const readDocument = async (kind: Kind, id: string): Promise<Versioned<DeskRecord>> =>
  read(await versioned(api.GET(of(kind, one), nameOf(id))));

export function useDocument(kind: Kind, id: MaybeRefOrGetter<string>) {
  return useReading({ key: () => keyOf(kind, toValue(id)), read: () => readDocument(kind, toValue(id)) });
}

/** Puts what the server said of a document where its readers look. */
function remember(kind: Kind, said: Versioned<DeskRecord>): Versioned<DeskRecord> {
  queries.setQueryData(keyOf(kind, said.value.id), said);
  return said;
}

const listsChanged = () =>
  changed('documents.history', 'documents.checks', 'documents.waiting', 'documents.due', 'documents.revisions');

/** Opens a draft for a department. */
export const beginDocument = async (
  { kind, department, content }: { kind: Kind; department: string; content: Content },
  key: string,
): Promise<DeskRecord> => {
  const body = { department_id: department, content };
  const begun = read(await versioned(api.POST(of(kind, list), { body, params: { header: once(key) } })));
  await queries.invalidateQueries({ queryKey: ['documents', kind, 'list'] });
  return remember(kind, begun).value;
};

/** A document, and the version that was read of it. */
export interface Ref {
  kind: Kind;
  id: string;
  version: string;
}

const params = ({ id, version }: Ref, key: string) => ({ path: { id }, header: once(key, version) });

export const saveDocument = async (ref: Ref, content: Content, key: string): Promise<Versioned<DeskRecord>> => {
  const saved = api.PUT(of(ref.kind, one), { body: { content }, params: params(ref, key) });
  return remember(ref.kind, read(await versioned(saved)));
};

/** What a refusal for being overtaken says of the document as it is now. */
export function currentOf(problem: Problem): Versioned<DeskRecord> | undefined {
  if (typeof problem.current !== 'object' || problem.current === null || !('content' in problem.current)) return;
  const value = recordOf(problem.current);
  return { value, version: tag(value.version) };
}

/** Each act gives the document as it is afterwards. */
async function done(ref: Ref, asked: Promise<Versioned<unknown>>): Promise<Versioned<DeskRecord>> {
  const said = remember(ref.kind, read(await asked));
  await Promise.all([queries.invalidateQueries({ queryKey: ['documents', ref.kind, 'list'] }), listsChanged()]);
  return said;
}

/** An act that needs nothing but the document. */
export type SimpleAct = 'restore' | 'reopen' | 'recall' | 'hold';

export const actOn = (act: SimpleAct) => (ref: Ref, key: string) =>
  done(ref, versioned(api.POST(of(ref.kind, `/admin/v1/policies/{id}/${act}` as const), { params: params(ref, key) })));

export const discardDocument = (ref: Ref, key: string) =>
  done(ref, versioned(api.DELETE(of(ref.kind, one), { params: params(ref, key) })));

export const submitDocument = ({ ref, ...body }: { ref: Ref; excuses: Excuse[]; note: string }, key: string) =>
  done(ref, versioned(api.POST(of(ref.kind, `${one}/submit`), { body, params: params(ref, key) })));

/** An act that needs a reason: giving a draft back to its writers, or taking a document from the public. */
export const reasonedAct =
  (act: 'return' | 'withdraw') =>
  ({ ref, reason }: { ref: Ref; reason: string }, key: string) => {
    const path = `/admin/v1/policies/{id}/${act}` as const;
    return done(ref, versioned(api.POST(of(ref.kind, path), { body: { reason }, params: params(ref, key) })));
  };

export const signDocument = ({ ref, body }: { ref: Ref; body: SignFields }, key: string) =>
  done(ref, versioned(api.POST(of(ref.kind, `${one}/sign`), { body, params: params(ref, key) })));

export const assignDocument = ({ ref, department }: { ref: Ref; department: string }, key: string) => {
  const body = { department_id: department };
  return done(ref, versioned(api.POST(of(ref.kind, `${one}/assign`), { body, params: params(ref, key) })));
};

/** What the checks say of the working copy of a version. */
export function useChecks(
  kind: Kind,
  of_: MaybeRefOrGetter<{ id: string; version: string }>,
  when: MaybeRefOrGetter<boolean>,
) {
  return useReading({
    key: () => ['documents.checks', kind, toValue(of_)],
    read: async () => {
      const { id, version } = toValue(of_);
      return { version, ...(await answer(api.GET(of(kind, `${one}/checks`), nameOf(id)))) };
    },
    when,
  });
}

export type Proposal = Schemas['ProposalItem'];

/** Relations that the text of a policy speaks of, as it was saved last. */
export function useProposals(asked: MaybeRefOrGetter<{ id: string; saved: number }>) {
  return useReading({
    key: () => ['documents.proposals', toValue(asked)],
    read: async () => (await answer(api.GET('/admin/v1/policies/{id}/proposals', nameOf(toValue(asked).id)))).items,
  });
}

export function useHistory(kind: Kind, id: MaybeRefOrGetter<string>) {
  return useReading({
    key: () => ['documents.history', kind, toValue(id)],
    read: async () => (await answer(api.GET(of(kind, `${one}/history`), nameOf(toValue(id))))).items,
  });
}

/** Says that somebody is in a document, and hears who else is. */
export const bePresent = async (kind: Kind, id: string) =>
  (await answer(api.PUT(of(kind, `${one}/presence`), { params: { path: { id }, header: once(newKey()) } }))).items;

export const bePresentNoMore = (kind: Kind, id: string) =>
  answer(api.DELETE(of(kind, `${one}/presence`), { params: { path: { id }, header: once(newKey()) } }));

/** Where residents read a document. */
export const publicPage = (kind: Kind, id: string): string =>
  `/${kind === 'letter' ? 'letters' : nouns[kind]}/${id}`;

/** The mini program code of a public policy, as PNG. */
export const miniCode = (id: string): string => `/admin/v1/policies/${id}/wxacode.png`;

/** The page that the public would see if the working copy were public now. */
export const previewPage = (kind: Kind, id: string, large: boolean): string =>
  `${of(kind, '/admin/v1/policies')}/${id}/preview${large ? '?size=large' : ''}`;
