/** The voices of documents (在线听): how they stand, and having one made anew. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type VoicePage = components['schemas']['VoicePage'];
export type VoiceItem = components['schemas']['VoiceItem'];

/** How many a page of the list has. */
export const voicesPage = 20;

export interface VoiceQuery {
  state: string;
  q: string;
  page: number;
}

export const useVoices = (query: MaybeRefOrGetter<VoiceQuery>) =>
  useReading<VoicePage>({
    key: () => ['voices', { ...toValue(query) }],
    read: () => {
      const { state, q, page } = toValue(query);
      const asked = { state: (state || undefined) as VoiceItem['state'], q, offset: (page - 1) * voicesPage };
      return answer(api.GET('/admin/v1/voices', { params: { query: { ...asked, limit: voicesPage } } }));
    },
  });

export async function makeAnew({ kind, id }: Pick<VoiceItem, 'kind' | 'id'>, key: string): Promise<void> {
  await answer(api.POST('/admin/v1/voices/{kind}/{id}/anew', { params: { path: { kind, id }, header: once(key) } }));
  await changed('voices');
}
