/** What the Centre and the Supervisor watch: figures, supervision, calls, and what offices hear in the morning. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once } from './client';
import { doneWith, params, type LetterListed, type LetterRecord, type On, type Words, type Why } from './letters';
import { changed, useReading } from './query';
import type { components, operations } from './schema';

type Schemas = components['schemas'];
type OrNull<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

const root = '/admin/v1/letters';
const one = `${root}/{id}` as const;

export type OfficeFigures = OrNull<Schemas['OfficeFigures'], 'department'>;
export type LetterFigures = Omit<Schemas['LetterFigures'], 'offices' | 'total'> & { offices: OfficeFigures[]; total: OfficeFigures };
export type FigureName = NonNullable<NonNullable<operations['get-admin-letters']['parameters']['query']>['figure']>;
export const figureNames: readonly FigureName[] = [
  'received', 'answered', 'on_time', 'solved', 'unsolved', 'unrated', 'called', 'explained', 'reopened', 'refused', 'ended',
  'overdue',
];

export const useLetterFigures = (month: MaybeRefOrGetter<string>) =>
  useReading<LetterFigures>({
    key: () => ['letters', 'figures', toValue(month)],
    read: () => answer(api.GET(`${root}/figures`, { params: { query: { month: toValue(month) || undefined } } })),
  });

export type LetterSupervision = OrNull<Schemas['LetterSupervision'], 'department' | 'answered_at' | 'closed_at'>;
export type Cause = LetterSupervision['cause'];
export type Phase = Schemas['WatchedPart']['phase'];
export type Watched = Omit<Schemas['WatchedItem'], 'letter' | 'supervision'> & {
  letter: LetterListed;
  supervision: LetterSupervision | null;
};
export type WatchQuestion = NonNullable<operations['get-admin-letters-watch']['parameters']['query']>;
export interface WatchPage {
  items: Watched[];
  total: number;
  phases: { phase: Phase; count: number }[];
}
export const causes: readonly Cause[] = ['refusing', 'overdue', 'unsolved', 'negative', 'other'];
export const phases: readonly Phase[] = ['found', 'asked', 'late', 'answered', 'closed'];

export const useWatched = (question: MaybeRefOrGetter<WatchQuestion>) =>
  useReading<WatchPage>({
    key: () => ['letters', 'list', 'watch', toValue(question)],
    read: () => answer(api.GET(`${root}/watch`, { params: { query: toValue(question) } })),
  });

export type Supervising = Schemas['SuperviseInBody'];
export type Closing = Schemas['CloseSupervisionInBody'];

export const superviseLetter = ({ record, body }: On<Supervising>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/supervisions`, { body, params: params(record, key) })));
export const setAside = ({ record, body }: On<Why & { cause: Cause }>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/supervisions/aside`, { body, params: params(record, key) })));

type Of<Body> = Body & { supervision: string };
const at = <Body>({ record, body }: On<Of<Body>>, key: string) => {
  const { path, header } = params(record, key);
  return { path: { ...path, supervision: body.supervision }, header };
};
export const answerSupervision = (on: On<Of<Words>>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/supervisions/{supervision}/answer`, { body: { text: on.body.text }, params: at(on, key) })));
export const takeSupervision = (on: On<Of<object>>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/supervisions/{supervision}/take`, { params: at(on, key) })));
export const closeSupervision = (on: On<Of<Closing>>, key: string): Promise<LetterRecord> => {
  const { result, text } = on.body;
  return doneWith(answer(api.POST(`${one}/supervisions/{supervision}/close`, { body: { result, text }, params: at(on, key) })));
};

export const raiseDispute = ({ record, body }: On<Why>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/dispute`, { body, params: params(record, key) })));
export const takeToMeeting = ({ record, body }: On<Schemas['MeetingInBody']>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/dispute/meeting`, { body, params: params(record, key) })));
export const settleDispute = ({ record, body }: On<Schemas['DecisionInBody']>, key: string): Promise<LetterRecord> =>
  doneWith(answer(api.POST(`${one}/dispute/decision`, { body, params: params(record, key) })));

export type CallState = Schemas['CallCount']['state'];
export type LetterSample = Schemas['LetterSample'];
export type Call = Omit<OrNull<Schemas['CallItem'], 'at' | 'rating'>, 'letter'> & { letter: LetterListed };
export type Drawing = Schemas['DrawInBody'];
export type Called = Schemas['KeepCallInBody'];
export type CallQuestion = NonNullable<operations['get-admin-letters-calls']['parameters']['query']>;
export type CallPage = Omit<Schemas['CallPage'], 'items'> & { items: Call[] };
export const callStates: readonly CallState[] = ['waiting', 'reached', 'unreached', 'declined', 'no_number'];

export const useCalls = (question: MaybeRefOrGetter<CallQuestion>) =>
  useReading<CallPage>({
    key: () => ['letters.calls', toValue(question)],
    read: () => answer(api.GET(`${root}/calls`, { params: { query: toValue(question) } })),
  });

export async function drawSample(body: Drawing, key: string): Promise<LetterSample> {
  const drawn = await answer(api.POST(`${root}/samples`, { body, params: { header: once(key) } }));
  await changed('letters.calls');
  return drawn;
}

export async function keepCall({ id, body }: { id: string; body: Called }, key: string): Promise<void> {
  await answer(api.POST(`${root}/calls/{call}`, { body, params: { path: { call: id }, header: once(key) } }));
  await changed('letters.calls');
}

export type OfficeRobot = Omit<OrNull<Schemas['RobotItem'], 'at'>, 'last'> & { last: OrNull<Schemas['MorningOne'], 'at'> | null };
export type RobotPage = Omit<Schemas['RobotPage'], 'items'> & { items: OfficeRobot[] };
export type RobotTrial = Schemas['RobotTrial'];

const robot = '/admin/v1/robots/{department}';
const robotAt = (department: string, key: string) => ({ path: { department }, header: once(key) });

export const useRobots = () =>
  useReading<RobotPage>({ key: ['robots'], read: () => answer(api.GET('/admin/v1/robots')) });

interface Address {
  department: string;
  address: string;
}

export async function setRobot({ department, address }: Address, key: string): Promise<void> {
  await answer(api.PUT(robot, { body: { address }, params: robotAt(department, key) }));
  await changed('robots');
}
export async function dropRobot(department: string, key: string): Promise<void> {
  await answer(api.DELETE(robot, { params: robotAt(department, key) }));
  await changed('robots');
}
export const tryRobot = (department: string, key: string): Promise<RobotTrial> =>
  answer(api.POST(`${robot}/trial`, { params: robotAt(department, key) }));
