/** Who is signed in, how far, and what they may do. */
import { computed } from 'vue';
import { answer, api, once } from './client';
import { newKey } from './act';
import { Problem } from './problem';
import { queries, useReading } from './query';
import type { components } from './schema';
import { tellSignedOut } from './traffic';
import { forgetAll } from '@/model/keeping';

export type Session = components['schemas']['SessionOfMine'];
export type Stage = Session['stage'];
export type Enrolment = components['schemas']['Enrolment'];

/** The acts that pages ask about; the words of model/permission.go. */
export type ActName =
  | 'letter.open'
  | 'letter.enter'
  | 'letter.dispatch'
  | 'letter.read'
  | 'letter.publish'
  | 'letter.release'
  | 'letter.supervise'
  | 'letter.call'
  | 'letter.robot'
  | 'letter.hand_over'
  | 'knowledge.read'
  | 'knowledge.write'
  | 'knowledge.confirm'
  | 'knowledge.ask'
  | 'reply_template.write'
  | 'feedback.read'
  | 'feedback.answer'
  | 'feedback.assign'
  | 'document.read'
  | 'document.write'
  | 'document.review'
  | 'document.withdraw'
  | 'document.assign'
  | 'department.read'
  | 'department.edit'
  | 'staff.read'
  | 'staff.open'
  | 'staff.edit'
  | 'staff.close'
  | 'staff.password'
  | 'staff.grant'
  | 'staff.factor'
  | 'staff.sessions'
  | 'settings.read'
  | 'settings.edit'
  | 'calendar.edit'
  | 'document.merge'
  | 'topic.read'
  | 'meeting_column.edit'
  | 'gazette_year.edit'
  | 'opinion.read'
  | 'opinion.answer'
  | 'event.attend'
  | 'matter.write'
  | 'matter.release'
  | 'topic.edit'
  | 'words.read'
  | 'words.edit'
  | 'home.read'
  | 'home.edit'
  | 'template.read'
  | 'template.edit'
  | 'delivery.read'
  | 'push.read'
  | 'push.steer'
  | 'voice.read'
  | 'audit.read'
  | 'audit.export'
  | 'resident.count'
  | 'resident.erasures';

/** What opens a page: an act, or one of several. */
export type Opener = ActName | readonly ActName[];

export const opensTo = (may: (act: ActName) => boolean, by: Opener | undefined): boolean =>
  by === undefined || [by].flat().some((act) => may(act as ActName));

const key = ['session'];
const read = () => answer(api.GET('/admin/v1/session'));

export function useSession() {
  return useReading<Session>({ key, read });
}

/** What the session may do, for templates: may('staff.open'). */
export function useMay(): (act: ActName) => boolean {
  const session = useSession();
  const acts = computed(() => session.data?.acts ?? {});
  return (act) => act in acts.value;
}

/** The session, undefined where nobody is signed in. */
export async function findSession(): Promise<Session | undefined> {
  try {
    return await queries.ensureQueryData({ queryKey: key, queryFn: read });
  } catch (thrown) {
    const problem = Problem.of(thrown);
    if (problem.status === 401) return undefined;
    throw problem;
  }
}

/** Asks anew who is signed in; that also tells the server that somebody is here. */
export const touchSession = () => queries.fetchQuery({ queryKey: key, queryFn: read, staleTime: 0 });

/** Forgets everything that was read for somebody. */
export function forgetSession(): void {
  queries.clear();
}

type Hook = () => Promise<void>;
const hooks = new Set<Hook>();

/** Before somebody signs out; what throws keeps them here. Returns how to be asked no more. */
export function beforeSignOut(hook: Hook): () => void {
  hooks.add(hook);
  return () => hooks.delete(hook);
}

export async function signOut(): Promise<void> {
  const staff = queries.getQueryData<Session>(key)?.staff.id;
  for (const hook of hooks) await hook();
  await answer(api.POST('/admin/v1/sign-out', { params: { header: once(newKey()) } }));
  if (staff) forgetAll(staff);
  tellSignedOut();
  forgetSession();
}

export interface Credentials {
  login: string;
  password: string;
}

export const signIn = (body: Credentials) => answer(api.POST('/admin/v1/sign-in', { body }));
export const signInByCode = (code: string) => answer(api.POST('/admin/v1/sign-in/code', { body: { code } }));
export const signInByRecovery = (code: string) => answer(api.POST('/admin/v1/sign-in/recovery', { body: { code } }));
