/** The trail of who did what, for auditors. */
import { useInfiniteQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from './client';
import { Problem } from './problem';
import { useReading } from './query';
import type { components } from './schema';

export type AuditLine = components['schemas']['AuditItem'];

export interface AuditQuestion {
  actor?: string;
  object?: string;
  act?: string;
  from?: string;
  until?: string;
}

/** The trail from the newest line back; `more` reads what is older. */
export function useAudit(question: MaybeRefOrGetter<AuditQuestion>) {
  const query = useInfiniteQuery({
    queryKey: computed(() => ['audit', 'list', toValue(question)]),
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/admin/v1/audit', {
          params: { query: { ...toValue(question), before: pageParam || undefined, limit: 50 } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next || undefined,
    gcTime: 0,
  });
  return {
    get data(): AuditLine[] | undefined {
      return query.data.value?.pages.flatMap((page) => page.items);
    },
    get problem() {
      return query.error.value ? Problem.of(query.error.value) : undefined;
    },
    get busy() {
      return query.isFetching.value;
    },
    get old() {
      return false;
    },
    get hasMore() {
      return query.hasNextPage.value;
    },
    get reachingBack() {
      return query.isFetchingNextPage.value;
    },
    again: () => query.refetch(),
    more: () => query.fetchNextPage(),
  };
}

export function useAuditState() {
  return useReading({ key: ['audit', 'state'], read: () => answer(api.GET('/admin/v1/audit/state')) });
}

/** Where the trail is downloaded as a table. */
export function exportAddress(question: AuditQuestion): string {
  const query = new URLSearchParams(
    Object.entries(question).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
  return `/admin/v1/audit/export?${query}`;
}
