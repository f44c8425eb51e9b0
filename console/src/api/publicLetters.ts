/** Letters on their way to the public, beside what every document has: see documents.ts. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { recountWaiting } from './agenda';
import { answer, api, once } from './client';
import { queries, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type MarkedText = Schemas['MarkedText'];
export type LapsedItem = Schemas['LapsedItem'];
export type Original = Schemas['OriginalLetter'];

/** A letter word by word, with what should not be public. */
export const useOriginal = (id: string) =>
  useReading({
    key: () => ['letters', 'original', id],
    read: () => answer(api.GET('/admin/v1/public-letters/{id}/original', { params: { path: { id } } })),
  });

/** Opens the working copy of a letter whose author agrees. */
export async function beginPublicLetter(id: string, key: string): Promise<void> {
  await answer(api.POST('/admin/v1/letters/{id}/publication', { params: { path: { id }, header: once(key) } }));
  await queries.invalidateQueries({ queryKey: ['documents', 'letter', 'list'] });
  await queries.invalidateQueries({ queryKey: ['letters'] });
}

export const useLapsed = (asked: MaybeRefOrGetter<{ limit: number; offset: number }>) =>
  useReading({
    key: () => ['letters', 'lapsed', toValue(asked)],
    read: () => answer(api.GET('/admin/v1/public-letters/lapsed', { params: { query: toValue(asked) } })),
  });

/** Whether a letter that went public is not shown because what its answer rests on has lapsed. */
export const useRetired = (id: () => string, isPublic: () => boolean) =>
  useReading({
    key: () => ['letters', 'retired', id()],
    when: isPublic,
    read: async () => {
      const { error } = await api.GET('/api/v1/letters/{id}', { params: { path: { id: id() } } });
      return error?.code === 'letter.retired';
    },
  });

/** Says that an answer still stands although what it rests on has lapsed. */
export async function confirmAnswer({ id, why }: { id: string; why: string }, key: string): Promise<void> {
  const params = { path: { id }, header: once(key) };
  await answer(api.POST('/admin/v1/public-letters/{id}/confirmation', { body: { why }, params }));
  await queries.invalidateQueries({ queryKey: ['letters', 'lapsed'] });
  await queries.invalidateQueries({ queryKey: ['letters', 'retired'] });
  await recountWaiting();
}
