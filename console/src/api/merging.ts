/** Merging what is there twice: departments, and policies. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type DepartmentMerging = components['schemas']['DepartmentMerging'];
export type PolicyMerging = components['schemas']['PolicyMerging'];
export type Double = components['schemas']['DoubleItem'];
export type MergeSide = components['schemas']['MergeSideItem'];

/** Which one ends, and which one stays; "" before one is chosen. */
export interface Pair {
  id: string;
  into: string;
}

export function useDepartmentMerging(pair: MaybeRefOrGetter<Pair>) {
  return useReading<DepartmentMerging>({
    key: () => ['departments', 'merging', toValue(pair)],
    read: () => {
      const { id, into } = toValue(pair);
      return answer(api.GET('/admin/v1/departments/{id}/merge', { params: { path: { id }, query: { into } } }));
    },
    when: () => Boolean(toValue(pair).into),
  });
}

/** How far search may be behind, in ms: the counts of documents come from there. */
const indexed = 3_000;

export const mergeDepartment = async (input: Pair & { version: number }, key: string) => {
  const { id, into, version } = input;
  const merged = await answer(
    api.POST('/admin/v1/departments/{id}/merge', {
      body: { into },
      params: { path: { id }, header: once(key, tag(version)) },
    }),
  );
  await changed('departments', 'staff');
  window.setTimeout(() => void changed('departments'), indexed);
  return merged;
};

export function usePolicyMerging(pair: MaybeRefOrGetter<Pair>) {
  return useReading<PolicyMerging>({
    key: () => ['policies', 'merging', toValue(pair)],
    read: () => {
      const { id, into } = toValue(pair);
      return answer(api.GET('/admin/v1/policies/{id}/merge', { params: { path: { id }, query: { into } } }));
    },
    when: () => Boolean(toValue(pair).into),
  });
}

export interface PolicyMerge extends Pair {
  version: number;
  reason: string;
  attachments: string[];
}

export const mergePolicy = async (input: PolicyMerge, key: string) => {
  const { id, version, ...body } = input;
  const merged = await answer(
    api.POST('/admin/v1/policies/{id}/merge', { body, params: { path: { id }, header: once(key, tag(version)) } }),
  );
  await changed('policies', 'doubles');
  return merged;
};

/** How many pairs a page shows. */
export const doublesPage = 10;

export function useDoubles(page: MaybeRefOrGetter<number>) {
  return useReading({
    key: () => ['doubles', toValue(page)],
    read: () =>
      answer(
        api.GET('/admin/v1/policies/doubles', {
          params: { query: { offset: (toValue(page) - 1) * doublesPage, limit: doublesPage } },
        }),
      ),
  });
}

export const sayDistinct = async (body: { a: string; b: string; distinct: boolean }, key: string) => {
  await answer(api.POST('/admin/v1/policies/doubles/distinct', { body, params: { header: once(key) } }));
  await changed('doubles');
};

/** Where residents read a policy. */
export const publicAddress = (id: string): string => `/policies/${id}`;
/** Where residents search. */
export const searchAddress = (q: string): string => `/policies?q=${encodeURIComponent(q)}`;
/** Where residents read what a topic is about. */
export const topicAddress = (id: string): string => `/policies?topic=${id}`;
