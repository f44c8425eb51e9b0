/** What a reviewer reads of a document beside itself: what changed, what was public, what publishing it touches. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once } from './client';
import { nouns, type Kind, type Ref } from './documents';
import { changed, queries, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Revision = Schemas['RevisionItem'];
export type Effect = Schemas['EffectItem'];
export type Reach = Schemas['Reach'];

const one = '/admin/v1/policies/{id}';
/** The kinds differ by their noun alone; see api/documents.ts. */
const of = <Path extends string>(kind: Kind, path: Path): Path =>
  path.replace('policies', nouns[kind]) as Path;

/** Which two versions: numbers of revisions, `latest` or `working`. */
export interface Pair {
  from: string;
  to: string;
}

/** `version` is that of the document: another one is read anew. */
export function useComparison(
  kind: Kind,
  asked: MaybeRefOrGetter<Pair & { id: string; version: string }>,
  when: MaybeRefOrGetter<boolean> = true,
) {
  return useReading({
    key: () => ['documents.compare', kind, toValue(asked)],
    read: () => {
      const { id, from, to } = toValue(asked);
      return answer(api.GET(of(kind, `${one}/compare`), { params: { path: { id }, query: { from, to } } }));
    },
    when,
  });
}

export function useRevisions(kind: Kind, id: MaybeRefOrGetter<string>) {
  return useReading({
    key: () => ['documents.revisions', kind, toValue(id)],
    read: async () => {
      const params = { path: { id: toValue(id) } };
      return (await answer(api.GET(of(kind, `${one}/revisions`), { params }))).items;
    },
  });
}

/** How many people would be told of what is being signed, and how. It is counted anew each time it is looked at. */
export function useReach(
  kind: Kind,
  asked: MaybeRefOrGetter<{ id: string; version: string }>,
  when: MaybeRefOrGetter<boolean>,
) {
  return useReading({
    key: () => ['documents.reach', kind, toValue(asked)],
    read: () => answer(api.GET(of(kind, `${one}/rehearsal`), { params: { path: { id: toValue(asked).id } } })),
    when,
  });
}

/** What publishing the working copy of a policy does to others. */
export function useEffects(asked: MaybeRefOrGetter<{ id: string; version: string }>, when: MaybeRefOrGetter<boolean>) {
  return useReading({
    key: () => ['documents.effects', toValue(asked)],
    read: async () => {
      const params = { path: { id: toValue(asked).id } };
      return (await answer(api.GET('/admin/v1/policies/{id}/effects', { params }))).items;
    },
    when,
  });
}

/** Keeps an older version from the public; the reason is shown in its place. */
export async function closeRevision(
  { ref, revision, reason }: { ref: Ref; revision: number; reason: string },
  key: string,
): Promise<void> {
  const params = { path: { id: ref.id, version: revision }, header: once(key, ref.version) };
  await answer(api.POST(of(ref.kind, `${one}/revisions/{version}/close`), { body: { reason }, params }));
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['documents', ref.kind] }),
    changed('documents.revisions', 'documents.history'),
  ]);
}

/** Where anybody can check what was public of a document, and when. */
export const proofPage = (kind: Kind, id: string): string => `/${of(kind, 'policies')}/${id}/proof`;
