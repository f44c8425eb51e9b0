/** What a city sets: its name and boards, the privacy text, the working days. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, versioned, type Versioned } from './client';
import { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type Settings = components['schemas']['SettingsBody'];
export type Board = components['schemas']['BoardItem'];
export type PrivacyText = components['schemas']['Privacy'];
export type HolidayYear = components['schemas']['CalendarYear'];
export type OffDays = components['schemas']['OffDays'];
export type Deadline = components['schemas']['Deadline'];

/** What everybody may know of the city; asked for before anybody is signed in. */
export function useCity() {
  return useReading({ key: ['city'], read: () => answer(api.GET('/api/v1/city')) });
}

export const readSettings = () => versioned(api.GET('/admin/v1/settings'));

export function useSettings(when: MaybeRefOrGetter<boolean> = true) {
  return useReading({ key: ['settings'], read: readSettings, when });
}

export const editSettings = async (edit: Versioned<Settings>, key: string) => {
  await answer(api.PUT('/admin/v1/settings', { body: edit.value, params: { header: once(key, edit.version) } }));
  await changed('settings', 'session');
};

export function usePrivacy(when: MaybeRefOrGetter<boolean> = true) {
  return useReading({ key: ['privacy'], read: async () => (await answer(api.GET('/admin/v1/privacy'))).items, when });
}

export const publishPrivacy = async (body: { text: string; summary: string }, key: string) => {
  const published = await answer(api.POST('/admin/v1/privacy', { body, params: { header: once(key) } }));
  await changed('privacy', 'residents');
  return published;
};

const readCalendar = () => answer(api.GET('/admin/v1/calendar'));

export function useCalendar(when: MaybeRefOrGetter<boolean> = true) {
  return useReading({ key: ['calendar'], read: readCalendar, when });
}

/** The years are versioned each; one that was never loaded has version 0. */
export const versionOf = (year: HolidayYear | undefined): string => tag(year?.version ?? 0);

export const loadYear = async (edit: Versioned<HolidayYear>, key: string) => {
  const { year, notices, off, makeup } = edit.value;
  await answer(
    api.PUT('/admin/v1/calendar/{year}', {
      body: { year, notices, off, makeup },
      params: { path: { year }, header: once(key, edit.version) },
    }),
  );
  await changed('calendar');
};

/** What is there now of a year that somebody else has changed. */
export async function rereadYear(year: number): Promise<Versioned<HolidayYear>> {
  const page = await queries.fetchQuery({ queryKey: ['calendar'], queryFn: readCalendar, staleTime: 0 });
  const now = page.items.find((y) => y.year === year);
  if (!now) throw new Problem({ status: 404, code: 'gone', detail: trouble.gone });
  return { value: now, version: versionOf(now) };
}

export interface DeadlineQuestion {
  from: string;
  days: number;
}

export function useDeadline(question: MaybeRefOrGetter<DeadlineQuestion | undefined>) {
  return useReading<Deadline>({
    key: () => ['calendar', 'deadline', toValue(question)],
    read: () =>
      answer(api.GET('/admin/v1/calendar/deadline', { params: { query: toValue(question) ?? { from: '', days: 1 } } })),
    when: () => toValue(question) !== undefined,
  });
}
