/** Residents, as far as staff may know of them: how many, never who. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from './client';
import { useReading } from './query';
import type { components } from './schema';

export type ResidentCounts = components['schemas']['ResidentCounts'];
export type FollowTrend = components['schemas']['TrendPage'];
export type TrendItem = components['schemas']['TrendItem'];
export type TrendKind = 'topic' | 'department';
export type Erasure = components['schemas']['Erasure'];

export function useResidentCounts(when: MaybeRefOrGetter<boolean> = true) {
  return useReading({ key: ['residents', 'counts'], read: () => answer(api.GET('/admin/v1/residents/counts')), when });
}

export function useErasures(
  page: MaybeRefOrGetter<{ limit: number; offset: number }>,
  when: MaybeRefOrGetter<boolean> = true,
) {
  return useReading({
    key: () => ['residents', 'erasures', toValue(page)],
    read: async () => (await answer(api.GET('/admin/v1/erasures', { params: { query: toValue(page) } }))).items,
    when,
  });
}

export const useFollowTrend = (question: MaybeRefOrGetter<{ kind: TrendKind; days: number }>) =>
  useReading<FollowTrend>({
    key: () => ['residents', 'trend', toValue(question)],
    read: () => answer(api.GET('/admin/v1/follows/trend', { params: { query: toValue(question) } })),
  });
