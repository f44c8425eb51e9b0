/** Letters on which several people work, and several letters about one matter. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once } from './client';
import { useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
type Alike = Omit<Schemas['AlikeLetter'], 'department'> & { department: Schemas['Ref'] | null };

const root = '/admin/v1/letters';
const one = `${root}/{id}` as const;

export type LetterColleague = Schemas['LetterColleague'];
export type Successor = Schemas['LetterColleagueItem'];
export type LetterLeft = Schemas['LetterLeft'];
export interface AlikeLetters {
  first: Alike;
  items: Alike[];
}

/** Says that one is at a letter, or leaves it, and reads who else is there. That one leaves arrives behind the page. */
export const meetAt = async (id: string, as: { writing?: boolean; leaving?: boolean }): Promise<LetterColleague[]> => {
  const params = { path: { id }, query: as };
  return (await answer(api.GET(`${one}/company`, { params, keepalive: as.leaving === true }))).items;
};

export function useAlike(id: MaybeRefOrGetter<string>, when: MaybeRefOrGetter<boolean>) {
  const read = (): Promise<AlikeLetters> => answer(api.GET(`${one}/alike`, { params: { path: { id: toValue(id) } } }));
  return useReading<AlikeLetters>({ key: () => ['letters', 'alike', toValue(id)], read, when });
}

/** Matters about which several letters came. */
export function useMatters(when: MaybeRefOrGetter<boolean>) {
  const read = async (): Promise<AlikeLetters[]> => (await answer(api.GET(`${root}/alike`))).items;
  return useReading<AlikeLetters[]>({ key: ['letters', 'list', 'alike'], read, when });
}

export const mergeInto = (id: string, ids: string[], key: string): Promise<{ merged: number; left: LetterLeft[] }> =>
  answer(api.POST(`${one}/merges`, { body: { ids }, params: { path: { id }, header: once(key) } }));

/** Those to whom letters of one's own office can be given. */
export function useSuccessors(when: MaybeRefOrGetter<boolean>) {
  const read = async (): Promise<Successor[]> => (await answer(api.GET(`${root}/colleagues`))).items;
  return useReading<Successor[]>({ key: ['letters', 'colleagues'], read, when });
}

export interface HandingOver {
  ids: string[];
  to: string;
  why: string;
}
export const handOver = (body: HandingOver, key: string): Promise<{ moved: number; left: LetterLeft[] }> =>
  answer(api.POST(`${root}/handover`, { body, params: { header: once(key) } }));
