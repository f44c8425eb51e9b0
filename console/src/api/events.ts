/** Events beside their desk: who signed up, and who came. */
import { answer, api, once } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type AttendancePage = Schemas['AttendancePage'];
export type AttendanceItem = Schemas['AttendanceItem'];
export type NamedSignUp = Schemas['NamedSignUp'];

const nameOf = (id: string) => ({ path: { id } });

export const useAttendance = (id: () => string) =>
  useReading({
    key: () => ['attendance', id()],
    read: () => answer(api.GET('/admin/v1/events/{id}/sign-ups', { params: nameOf(id()) })),
  });

export const readNames = async ({ id, why }: { id: string; why: string }, key: string): Promise<NamedSignUp[]> => {
  const params = { ...nameOf(id), header: once(key) };
  return (await answer(api.POST('/admin/v1/events/{id}/names', { body: { why }, params }))).items ?? [];
};

export const checkIn = async ({ id, code }: { id: string; code: string }, key: string): Promise<AttendanceItem> => {
  const params = { ...nameOf(id), header: once(key) };
  const came = await answer(api.POST('/admin/v1/events/{id}/check-ins', { body: { code }, params }));
  await changed('attendance');
  return came;
};

/** The consultations that an event can belong to: those that are public, the open ones first. */
export const usePublicConsultations = () =>
  useReading({
    key: () => ['public-consultations'],
    read: async () => (await answer(api.GET('/api/v1/consultations', { params: { query: { limit: 100 } } }))).items,
  });

/** The title of a public consultation; undefined where it is not public. */
export const publicConsultation = async (id: string): Promise<string | undefined> =>
  answer(api.GET('/api/v1/consultations/{id}', { params: nameOf(id) }))
    .then((c) => c.title)
    .catch(() => undefined);

/** The meetings that can be sat in on: those that are public, the newest first. */
export const usePublicMeetings = () =>
  useReading({
    key: () => ['public-meetings'],
    read: async () =>
      (await answer(api.GET('/api/v1/meetings', { params: { query: { limit: 30 } } }))).items ?? [],
  });
