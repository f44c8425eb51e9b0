/** The life topics: their order, and what each is explained by. */
import { answer, api, once, versioned, type Versioned } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

export type Topic = components['schemas']['TopicItem'];
export type TopicTable = components['schemas']['TopicTable'];

export const readTopics = () => versioned(api.GET('/admin/v1/topics'));

export function useTopics() {
  return useReading<Versioned<TopicTable>>({ key: ['topics'], read: readTopics });
}

export const saveTopics = async ({ value, version }: Versioned<{ items: Topic[] }>, key: string) => {
  const items = value.items.map(({ id, explanation }) => ({ id, explanation }));
  await answer(api.PUT('/admin/v1/topics', { body: { items }, params: { header: once(key, version) } }));
  await changed('topics');
};
