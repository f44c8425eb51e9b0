/** Matters: what the government is about, and what is linked to it. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag, type Versioned } from './client';
import { changed, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Matter = Schemas['DeskMatter'];
export type MatterLink = Schemas['DeskMatterLink'];
export type MatterProposal = Schemas['MatterProposal'];
export type LinkKind = MatterLink['kind'];
export type LinkedKind = Exclude<LinkKind, 'own_letter'>;

const path = '/admin/v1/matters';
const one = `${path}/{id}` as const;

export interface MatterQuestion {
  q?: string | undefined;
  waiting?: boolean | undefined;
  offset: number;
  limit: number;
}

export const useMatters = (asked: MaybeRefOrGetter<MatterQuestion>) =>
  useReading({
    key: () => ['matters', toValue(asked)],
    read: () => answer(api.GET(path, { params: { query: toValue(asked) } })),
  });

/** A matter in the version that it has now. */
export const readMatter = (id: string) => answer(api.GET(one, { params: { path: { id } } }));

export const useMatter = (id: () => string) =>
  useReading({ key: () => ['matters', 'one', id()], read: () => readMatter(id()) });

export const useMatterProposals = (id: () => string) =>
  useReading({
    key: () => ['matters', 'proposals', id()],
    read: async () => (await answer(api.GET(`${one}/proposals`, { params: { path: { id: id() } } }))).items,
  });

export const useLinkable = (text: MaybeRefOrGetter<string>) =>
  useReading({
    key: () => ['matters', 'linkable', toValue(text)],
    read: async () => (await answer(api.GET(`${path}/linkable`, { params: { query: { q: toValue(text) } } }))).items,
    when: () => toValue(text).length > 1,
  });

export const useBelonging = (kind: LinkedKind, id: () => string) =>
  useReading({
    key: () => ['matters', 'of', kind, id()],
    read: () => answer(api.GET(`${path}/of/{kind}/{id}`, { params: { path: { kind, id: id() } } })),
  });

/** What is typed of a matter: which one it is, "" for a new one. */
export interface MatterEdit {
  id: string;
  title: string;
  summary: string;
  topics: string[];
  department: string;
}

export const editOf = (m: Matter): MatterEdit => ({
  id: m.id,
  title: m.title,
  summary: m.summary,
  topics: m.topics,
  department: m.department?.id ?? '',
});

export async function saveMatter({ value, version }: Versioned<MatterEdit>, key: string): Promise<Matter> {
  const { id, department, ...face } = value;
  const saved = await (id
    ? answer(api.PUT(one, { body: face, params: { path: { id }, header: once(key, version) } }))
    : answer(api.POST(path, { body: { ...face, department }, params: { header: once(key) } })));
  await changed('matters');
  return saved;
}

export async function rereadMatter(id: string): Promise<Versioned<MatterEdit>> {
  const now = await readMatter(id);
  return { value: editOf(now), version: tag(now.version) };
}

/** A matter as it was read when somebody does something to it. */
type Read = Pick<Matter, 'id' | 'version'>;

const header = (m: Read, key: string) => ({ path: { id: m.id }, header: once(key, tag(m.version)) });

export interface Linking {
  matter: Read;
  kind: LinkKind;
  id: string;
  item: string;
}

export async function linkMatter({ matter, ...body }: Linking, key: string): Promise<Matter> {
  const now = await answer(api.POST(`${one}/links`, { body, params: header(matter, key) }));
  await changed('matters');
  return now;
}

export async function unlinkMatter({ matter, link }: { matter: Read; link: string }, key: string): Promise<Matter> {
  const params = { path: { id: matter.id, link }, header: once(key, tag(matter.version)) };
  const now = await answer(api.DELETE(`${one}/links/{link}`, { params }));
  await changed('matters');
  return now;
}

export async function releaseMatter(matter: Read, key: string): Promise<Matter> {
  const now = await answer(api.POST(`${one}/release`, { params: header(matter, key) }));
  await changed('matters');
  return now;
}

export async function mergeMatter({ matter, into }: { matter: Read; into: string }, key: string): Promise<Matter> {
  const now = await answer(api.POST(`${one}/merge`, { body: { into }, params: header(matter, key) }));
  await changed('matters');
  return now;
}

export async function removeMatter(matter: Read, key: string): Promise<void> {
  await answer(api.DELETE(one, { params: header(matter, key) }));
  await changed('matters');
}
