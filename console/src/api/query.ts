/** Reading from the server. What was read lives in the query cache and nowhere else. */
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { Problem } from './problem';

export const queries = new QueryClient({
  defaultOptions: {
    // The client tries again by itself; coming back to a window must not keep a session alive.
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      networkMode: 'always',
      staleTime: 5_000,
    },
  },
});

/** Something that was asked for; getters, so that templates read it plainly. */
export interface Reading<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly busy: boolean;
  /** What is shown belongs to what was asked before. */
  readonly old: boolean;
  again: () => Promise<unknown>;
}

interface Ask<T> {
  key: MaybeRefOrGetter<readonly unknown[]>;
  read: () => Promise<T>;
  when?: MaybeRefOrGetter<boolean>;
}

export function useReading<T>(ask: Ask<T>): Reading<T> {
  const query = useQuery<T>({
    queryKey: computed(() => toValue(ask.key)),
    queryFn: ask.read,
    enabled: computed(() => toValue(ask.when) ?? true),
    placeholderData: keepPreviousData,
  });
  return {
    get data() {
      return query.data.value as T | undefined;
    },
    get problem() {
      return query.error.value ? Problem.of(query.error.value) : undefined;
    },
    get busy() {
      return query.isFetching.value;
    },
    get old() {
      return query.isPlaceholderData.value;
    },
    again: () => query.refetch(),
  };
}

/** Forgets what was read of these nouns, so that pages read it anew. */
export async function changed(...nouns: string[]): Promise<void> {
  await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
}
