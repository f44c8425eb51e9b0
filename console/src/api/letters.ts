/** What residents write to the government. How they can be reached is asked for apart, with a reason. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { newKey } from './act';
import { answer, api, once, tag } from './client';
import type { HandedIn, Upload } from './files';
import { sendFile } from './parcel';
import type { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components, operations } from './schema';

type Schemas = components['schemas'];
type OrNull<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

const root = '/admin/v1/letters';
const one = `${root}/{id}` as const;

export type LetterListed = OrNull<Schemas['DeskLetterItem'], 'topic' | 'department' | 'wanted' | 'handler'>;
export type LetterAnswer = OrNull<Schemas['LetterAnswer'], 'rating'>;
export type LetterRecord = Omit<
  OrNull<
    Schemas['LetterRecord'],
    'topic' | 'department' | 'wanted' | 'handler' | 'point' | 'due' | 'extension' | 'refusal' | 'draft'
  >,
  'answers' | 'supervisions' | 'disputes'
> & {
  answers: LetterAnswer[];
  supervisions: OrNull<Schemas['LetterSupervision'], 'department' | 'answered_at' | 'closed_at'>[];
  disputes: OrNull<Schemas['LetterDispute'], 'department' | 'decided_at'>[];
};
export type LetterReceipt = Schemas['LetterReceipt'];
export type LetterBox = Schemas['LetterBox'];
export type BoxName = LetterBox['box'];
export type LetterFile = Schemas['LetterFile'];
export type LetterDraft = Schemas['LetterDraft'];
export type LetterStep = Schemas['DeskLetterStep'];
export type LetterAssist = Schemas['LetterAssist'];
export type LetterInstruction = Schemas['LetterInstruction'];
export type LetterContact = Schemas['LetterContact'];
export type LetterRules = Schemas['LetterRules'];
export type LetterRights = Schemas['LetterRights'];
export type LetterProposal = Schemas['LetterProposal'];
export type LetterQuestion = NonNullable<operations['get-admin-letters']['parameters']['query']>;

export type Dispatching = Schemas['DispatchInBody'];
export type Refusal = Schemas['RefuseLetterInBody'];
export type Ending = Schemas['EndLetterInBody'];
export type LetterReply = Schemas['DraftReplyInBody'];
export type Extending = Schemas['ExtendLetterInBody'];
export type Instructing = Schemas['InstructInBody'];
export type Entering = Schemas['EnterLetterInBody'];

export const boxNames: readonly BoxName[] = [
  'centre', 'doubted', 'ending', 'mayor', 'supervised', 'disputed', 'asked', 'taken', 'todo', 'signing', 'helping', 'instructed', 'due',
  'overdue', 'reopened', 'answered', 'all',
];
export const channels: readonly LetterListed['channel'][] = ['ask', 'mayor'];
export const sources: readonly LetterListed['source'][] = ['mini', 'phone', 'counter', 'paper'];
export const enteredSources: readonly Entering['source'][] = ['phone', 'counter', 'paper'];
export const letterOutcomes: readonly LetterReply['outcome'][] = ['solved', 'partly', 'promised', 'explained'];
export const grounds: readonly Refusal['ground'][] = [
  'litigation', 'foi', 'petition', 'secret', 'concluded', 'emergency', 'not_city',
];

export interface LetterPage {
  items: LetterListed[];
  total: number;
  boxes: LetterBox[];
}

const readPage = (query: LetterQuestion): Promise<LetterPage> => answer(api.GET(root, { params: { query } }));

export function useLetterList(question: MaybeRefOrGetter<LetterQuestion>, when: MaybeRefOrGetter<boolean> = true) {
  return useReading<LetterPage>({
    key: () => ['letters', 'list', toValue(question)],
    read: () => readPage(toValue(question)),
    when,
  });
}

/** The boxes of whoever is signed in, with how much is in each. */
export function useLetterBoxes(when: MaybeRefOrGetter<boolean>) {
  const read = async (): Promise<LetterBox[]> => (await answer(api.GET(`${root}/boxes`))).items;
  return useReading<LetterBox[]>({ key: ['letters.waiting'], read, when });
}

/** Counts the boxes anew. On a clock this would keep the session of somebody who has left alive. */
export const recountLetters = () => changed('letters.waiting');

export function useLetterRules() {
  return useReading<LetterRules>({ key: ['letters', 'rules'], read: () => answer(api.GET('/api/v1/letters/rules')) });
}

const keyOf = (id: string) => ['letters', 'one', id];
export const readLetter = (id: string): Promise<LetterRecord> => answer(api.GET(one, { params: { path: { id } } }));

export function useLetter(id: MaybeRefOrGetter<string>) {
  return useReading<LetterRecord>({ key: () => keyOf(toValue(id)), read: () => readLetter(toValue(id)) });
}

/** What somebody takes home whose letter was entered here. */
export function useLetterReceipt(id: MaybeRefOrGetter<string>) {
  const read = (): Promise<LetterReceipt> => answer(api.GET(`${one}/receipt`, { params: { path: { id: toValue(id) } } }));
  return useReading<LetterReceipt>({ key: () => ['letters', 'receipt', toValue(id)], read });
}

/** Which offices a letter may be for, and why; none where the house is not sure. */
export function useProposal(id: MaybeRefOrGetter<string>, when: MaybeRefOrGetter<boolean>) {
  return useReading<LetterProposal>({
    key: () => ['letters', 'proposal', toValue(id)],
    read: () => answer(api.GET(`${one}/proposal`, { params: { path: { id: toValue(id) } } })),
    when,
  });
}

/** Puts what the server said of a letter where its readers look. */
function remember(now: LetterRecord): LetterRecord {
  queries.setQueryData(keyOf(now.id), now);
  return now;
}

/** Has the lists and the counts read anew. */
export const listsChanged = () =>
  Promise.all([queries.invalidateQueries({ queryKey: ['letters', 'list'] }), changed('letters.waiting')]);

/** Keeps what an act made of a letter, and has the lists read anew. */
export const doneWith = (asked: Promise<LetterRecord>): Promise<LetterRecord> => done(asked);

async function done(asked: Promise<LetterRecord>): Promise<LetterRecord> {
  const now = remember(await asked);
  void listsChanged(); // the page shows what was answered; the counts may come later
  return now;
}

/** Shows what is there now to somebody who was overtaken; true where that was told. */
export function catchUp(problem: Problem): boolean {
  if (!problem.isStale || typeof problem.current !== 'object' || problem.current === null) return false;
  remember(problem.current as LetterRecord);
  void listsChanged();
  return true;
}

/** A letter as it was read, and what is done to it. */
export interface On<Body> {
  record: Pick<LetterRecord, 'id' | 'version'>;
  body: Body;
}
export interface Why {
  why: string;
}
export interface Words {
  text: string;
}

export const params = ({ id, version }: On<unknown>['record'], key: string) => ({
  path: { id },
  header: once(key, tag(version)),
});

export const dispatchLetter = ({ record, body }: On<Dispatching>, key: string) =>
  done(answer(api.POST(`${one}/dispatch`, { body, params: params(record, key) })));
export const refuseLetter = ({ record, body }: On<Refusal>, key: string) =>
  done(answer(api.POST(`${one}/refusal`, { body, params: params(record, key) })));
export const mergeLetter = ({ record, body }: On<{ into: string }>, key: string) =>
  done(answer(api.POST(`${one}/merge`, { body, params: params(record, key) })));
export const clearLetter = ({ record }: On<null>, key: string) =>
  done(answer(api.POST(`${one}/clear`, { params: params(record, key) })));
export const endLetter = ({ record, body }: On<Ending>, key: string) =>
  done(answer(api.POST(`${one}/end`, { body, params: params(record, key) })));
export const returnLetter = ({ record, body }: On<Why>, key: string) =>
  done(answer(api.POST(`${one}/return`, { body, params: params(record, key) })));
export const takeLetter = ({ record }: On<null>, key: string) =>
  done(answer(api.POST(`${one}/take`, { params: params(record, key) })));
export const helpLetter = ({ record, body }: On<Words & { department?: string }>, key: string) =>
  done(answer(api.POST(`${one}/help`, { body, params: params(record, key) })));
export const draftReply = ({ record, body }: On<LetterReply>, key: string) =>
  done(answer(api.PUT(`${one}/reply`, { body, params: params(record, key) })));
export const signReply = ({ record }: On<null>, key: string) =>
  done(answer(api.POST(`${one}/sign`, { params: params(record, key) })));
export const sendBackReply = ({ record, body }: On<Why>, key: string) =>
  done(answer(api.POST(`${one}/send-back`, { body, params: params(record, key) })));
export const extendLetter = ({ record, body }: On<Extending>, key: string) =>
  done(answer(api.POST(`${one}/extension`, { body, params: params(record, key) })));
export const askToEndLetter = ({ record, body }: On<Why>, key: string) =>
  done(answer(api.POST(`${one}/ending`, { body, params: params(record, key) })));
export const noteOnLetter = ({ record, body }: On<Words>, key: string) =>
  done(answer(api.POST(`${one}/notes`, { body, params: params(record, key) })));
export const instructLetter = ({ record, body }: On<Instructing>, key: string) =>
  done(answer(api.POST(`${one}/instructions`, { body, params: params(record, key) })));
export const reportInstruction = ({ record, body }: On<Words & { instruction: string }>, key: string) => {
  const { path, header } = params(record, key);
  const at = { ...path, instruction: body.instruction };
  return done(answer(api.POST(`${one}/instructions/{instruction}`, { body: { text: body.text }, params: { path: at, header } })));
};

/** How the author can be reached; the reason is written down. It is never kept in the cache. */
export const readContact = ({ id, why }: { id: string; why: string }, key: string): Promise<LetterContact> =>
  answer(api.POST(`${one}/contact`, { body: { why }, params: { path: { id }, header: once(key) } }));

export const enterLetter = (body: Entering, key: string): Promise<LetterRecord> =>
  done(answer(api.POST(root, { body, params: { header: once(key) } })));

const filesRoot = '/admin/v1/letter-files' as const;

/** Where a picture or file of a letter can be seen by staff. */
export const letterFileAddress = (id: string): string => `${filesRoot}/${encodeURIComponent(id)}`;

/** The same picture as lists show it. */
export const smallPictureAddress = (id: string): string => `${letterFileAddress(id)}/small`;

/** Takes back what was handed in and is in no letter yet. */
export const dropLetterFile = async (id: string): Promise<void> => {
  await answer(api.DELETE(`${filesRoot}/{id}`, { params: { path: { id }, header: once(newKey()) } }));
};

/** Hands in what came on paper with a letter. */
export const handInForLetter = (file: Blob, name: string, progress: (part: number) => void): Upload =>
  sendFile<HandedIn>(`${filesRoot}?name=${encodeURIComponent(name)}`, file, progress);
