/** The lists of words that the city keeps. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, type Versioned } from './client';
import { Problem } from './problem';
import { changed, queries, useReading } from './query';
import type { components } from './schema';
import { trouble } from '@/locale/zh-CN';

export type WordTable = components['schemas']['WordTable'];
export type WordItem = components['schemas']['WordItem'];
export type WordFields = components['schemas']['WordFields'];
export type ShippedWord = components['schemas']['ShippedWord'];
export type LineItem = components['schemas']['LineItem'];
export type TryAnswer = components['schemas']['TryAnswer'];

export const wordLists = ['synonyms', 'hot', 'forbidden', 'mistyped'] as const;
export type WordList = (typeof wordLists)[number];

const key = (list: WordList) => ['words', list];
const read = (list: WordList) => () =>
  answer(api.GET('/admin/v1/words/{list}', { params: { path: { list } } }));

export function useWords(list: MaybeRefOrGetter<WordList>) {
  return useReading<WordTable>({ key: () => key(toValue(list)), read: () => read(toValue(list))() });
}

/** An entry that is typed: which one it is, "" for a new one. */
export interface WordEdit extends Versioned<WordFields> {
  list: WordList;
  id: string;
}

export const saveWord = async ({ list, id, value: body, version }: WordEdit, key: string) => {
  if (id) {
    const path = { list, id };
    await answer(api.PUT('/admin/v1/words/{list}/{id}', { body, params: { path, header: once(key, version) } }));
  } else {
    await answer(api.POST('/admin/v1/words/{list}', { body, params: { path: { list }, header: once(key) } }));
  }
  await changed('words');
};

export const removeWord = async ({ list, id, version }: Omit<WordEdit, 'value'>, key: string) => {
  const path = { list, id };
  await answer(api.DELETE('/admin/v1/words/{list}/{id}', { params: { path, header: once(key, version) } }));
  await changed('words');
};

/** What an entry says now that somebody else has changed. */
export async function rereadWord(list: WordList, id: string): Promise<Versioned<WordFields>> {
  const table = await queries.fetchQuery({ queryKey: key(list), queryFn: read(list), staleTime: 0 });
  const now = table.items.find((w) => w.id === id);
  if (!now) throw new Problem({ status: 404, code: 'word.not_found', detail: trouble.gone });
  return { value: fieldsOf(now), version: tag(now.version) };
}

/** All that an entry says, with nothing left out: forms need every field. */
export function fieldsOf(w: Partial<WordFields>): Required<WordFields> {
  const { words = [], one_way = false, instead = '', note = '', right_in = [], severity, hidden = false } = w;
  const { position = 0, until = '' } = w;
  return { words, one_way, instead, note, right_in, severity: severity as 'stop', hidden, position, until };
}

export const switchWord = async (input: { list: WordList; name: string; off: boolean }, key: string) => {
  const { list, ...body } = input;
  await answer(api.POST('/admin/v1/words/{list}/shipped', { body, params: { path: { list }, header: once(key) } }));
  await changed('words');
};

export const orderWords = async (ids: string[], key: string) => {
  await answer(api.POST('/admin/v1/words/hot/order', { body: { ids }, params: { header: once(key) } })).finally(() =>
    changed('words'),
  );
};

export const pasteWords = async (input: { list: WordList; text: string; keep: boolean }, key: string) => {
  const { list, ...body } = input;
  const path = { list };
  const read = await answer(
    api.POST('/admin/v1/words/{list}/lines', { body, params: { path, header: once(key) } }),
  );
  if (read.kept) await changed('words');
  return read;
};

/** An entry of the synonyms that is being tried: its ID where it is there already. */
export interface Trial {
  q: string;
  id?: string;
  entry: WordFields;
}

export const trySynonym = (body: Trial, key: string) =>
  answer(api.POST('/admin/v1/words/synonyms/try', { body, params: { header: once(key) } }));

export const exportAddress = (list: WordList, form: 'csv' | 'text'): string =>
  `/admin/v1/words/${list}/export?form=${form}`;
