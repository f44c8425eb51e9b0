/** Meetings: where they stand, and what of them has to be made public. */
import type { MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, type Versioned } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type MeetingColumn = Schemas['MeetingColumn'];
export type DisclosureItem = Schemas['DisclosureItem'];

const readColumns = async () => (await answer(api.GET('/api/v1/meeting-columns'))).items;

export const useMeetingColumns = () => useReading({ key: () => ['meeting-columns'], read: readColumns });

export const useDisclosures = (when: MaybeRefOrGetter<boolean> = true) =>
  useReading({
    key: () => ['documents', 'meeting', 'disclosures'],
    when,
    read: () => answer(api.GET('/admin/v1/meetings/disclosures')),
  });

/** What is typed of a column: which one it is, "" for a new one. */
export type ColumnEdit = Pick<MeetingColumn, 'id' | 'name' | 'numbered' | 'position' | 'retired'>;

export async function saveColumn({ value, version }: Versioned<ColumnEdit>, key: string): Promise<void> {
  const { id, numbered, ...body } = value;
  const path = '/admin/v1/meeting-columns';
  await (id
    ? answer(api.PUT(`${path}/{id}`, { body, params: { path: { id }, header: once(key, version) } }))
    : answer(api.POST(path, { body: { name: body.name, numbered }, params: { header: once(key) } })));
  await changed('meeting-columns');
}

export async function rereadColumn(id: string): Promise<Versioned<ColumnEdit>> {
  const now = (await readColumns()).find((c) => c.id === id);
  if (!now) throw new Error('the column is gone');
  return { value: now, version: tag(now.version) };
}
