/** The people who work in the console, as those see them who keep their accounts. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, versioned } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type Staff = components['schemas']['StaffItem'];
export type StaffDetail = components['schemas']['StaffDetail'];
export type StaffFields = Required<components['schemas']['StaffFields']>;
export type Grant = Required<components['schemas']['GrantIn']>;
export type NewStaff = StaffFields & { login: string; grants: Grant[] };

export interface StaffQuestion {
  q?: string;
  department?: string;
  role?: string;
  state?: 'open' | 'closed';
  limit?: number;
  offset?: number;
}

export function useStaffList(question: MaybeRefOrGetter<StaffQuestion>, when: MaybeRefOrGetter<boolean> = true) {
  return useReading({
    key: () => ['staff', 'list', toValue(question)],
    read: () => answer(api.GET('/admin/v1/staff', { params: { query: toValue(question) } })),
    when,
  });
}

export const readStaff = (id: string) => versioned(api.GET('/admin/v1/staff/{id}', { params: { path: { id } } }));

export function useStaff(id: MaybeRefOrGetter<string>) {
  return useReading({ key: () => ['staff', 'one', toValue(id)], read: () => readStaff(toValue(id)) });
}

const staffChanged = () => changed('staff', 'sessions', 'departments');

export const openStaff = async (body: NewStaff, key: string) => {
  const opened = await answer(api.POST('/admin/v1/staff', { body, params: { header: once(key) } }));
  await staffChanged();
  return opened;
};

/** Which account an edit is about, and the version that was read. */
export interface Edited {
  id: string;
  version: string;
}

const params = (of: Edited, key: string) => ({ path: { id: of.id }, header: once(key, of.version) });

export const editStaff = async (edit: Edited & { body: StaffFields }, key: string) => {
  await answer(api.PUT('/admin/v1/staff/{id}', { body: edit.body, params: params(edit, key) }));
  await staffChanged();
};

/** Who takes over what somebody can't do any more, and why. */
export interface Heir {
  to: string;
  why: string;
}

const heirOf = ({ to, why }: Heir) => ({ ...(to ? { to } : {}), ...(why ? { why } : {}) });

export const grantStaff = async (edit: Edited & Heir & { grants: Grant[] }, key: string) => {
  const body = { grants: edit.grants, ...heirOf(edit) };
  await answer(api.PUT('/admin/v1/staff/{id}/grants', { body, params: params(edit, key) }));
  await staffChanged();
};

export const closeStaff = async (edit: Edited & Heir, key: string) => {
  await answer(api.POST('/admin/v1/staff/{id}/close', { body: heirOf(edit), params: params(edit, key) }));
  await staffChanged();
};

export const reopenStaff = async (edit: Edited, key: string) => {
  await answer(api.POST('/admin/v1/staff/{id}/reopen', { params: params(edit, key) }));
  await staffChanged();
};

/** Gives somebody a password that they must change; it is answered once. */
export const resetPassword = async (id: string, key: string) => {
  const { password } = await answer(
    api.POST('/admin/v1/staff/{id}/password', { params: { path: { id }, header: once(key) } }),
  );
  await staffChanged();
  return password;
};

export const resetFactor = async (id: string, key: string) => {
  await answer(api.POST('/admin/v1/staff/{id}/factor/reset', { params: { path: { id }, header: once(key) } }));
  await staffChanged();
};

export const unlockStaff = async (id: string, key: string) => {
  await answer(api.POST('/admin/v1/staff/{id}/unlock', { params: { path: { id }, header: once(key) } }));
  await staffChanged();
};

export function useSessionsOf(id: MaybeRefOrGetter<string>) {
  return useReading({
    key: () => ['sessions', toValue(id)],
    read: () => answer(api.GET('/admin/v1/staff/{id}/sessions', { params: { path: { id: toValue(id) } } })),
  });
}

export const endSessionOf = async (of: { id: string; session: string }, key: string) => {
  await answer(api.DELETE('/admin/v1/staff/{id}/sessions/{session}', { params: { path: of, header: once(key) } }));
  await changed('sessions');
};

export const staffFieldsOf = (s: Staff): StaffFields => ({
  name: s.name,
  title: s.title,
  department_id: s.department_id,
});
export const grantsOf = (s: Staff): Grant[] => s.grants.map((g) => ({ role: g.role, department_id: g.department_id }));
