/** What waits for whoever is signed in, and what is due on which day. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type WaitingItem = Schemas['WaitingItem'];
export type DueItem = Schemas['DueItem'];
export type DuePage = Schemas['DuePage'];

export function useWaitingDocuments() {
  return useReading({
    key: ['documents.waiting'],
    read: async () => (await answer(api.GET('/admin/v1/waiting'))).items,
  });
}

/** Counts the waiting anew. On a clock this would keep the session of somebody who has left alive. */
export const recountWaiting = () => changed('documents.waiting');

export function useDue(span: MaybeRefOrGetter<{ from: string; until: string }>) {
  return useReading({
    key: () => ['documents.due', toValue(span)],
    read: () => answer(api.GET('/admin/v1/due', { params: { query: toValue(span) } })),
  });
}
