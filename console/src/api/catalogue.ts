/** What documents are put in order by, and what is public of them. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from './client';
import { useReading } from './query';
import type { components } from './schema';

export type Topic = components['schemas']['TopicItem'];
export type PublicPolicy = components['schemas']['PolicyItem'];

export function useTopics() {
  return useReading({ key: ['topics'], read: async () => (await answer(api.GET('/api/v1/topics'))).items });
}

/** Public policies by their number, their title or the words in them. */
export function usePublicPolicies(q: MaybeRefOrGetter<string>) {
  return useReading({
    key: () => ['policies.public', toValue(q)],
    read: async () =>
      (await answer(api.GET('/api/v1/policies', { params: { query: { q: toValue(q), limit: 10 } } }))).items,
    when: () => toValue(q).length > 1,
  });
}

/** The title and number of a public policy; undefined where it is not public. */
export async function publicPolicy(id: string): Promise<{ title: string; doc_number: string } | undefined> {
  return answer(api.GET('/api/v1/policies/{id}', { params: { path: { id } } })).catch(() => undefined);
}
