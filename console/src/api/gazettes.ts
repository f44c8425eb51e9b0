/** The gazette: issues that are brought in, what their files hold page by page, and the years that must be whole. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once, tag } from './client';
import { sendFile, type Parcel } from './parcel';
import { changed, queries, useReading } from './query';
import type { components } from './schema';

type Schemas = components['schemas'];

export type GazetteDraft = Schemas['GazetteDraft'];
export type PieceDraft = Schemas['GazettePieceDraft'];
export type GazetteEntry = Schemas['GazetteEntry'];
export type GazetteImport = Schemas['GazetteImport'];
export type GazetteFile = Schemas['GazetteFile'];
export type GazettePage = Schemas['GazettePage'];
export type GazetteYear = Schemas['GazetteYear'];
export type GazetteCell = Schemas['GazetteCell'];

const imports = '/admin/v1/gazette-imports';
const one = '/admin/v1/gazettes/{id}';
const years = '/admin/v1/gazette-years';

/** What whoever hands in an issue says of it; `into` is the issue whose file it takes the place of. */
export interface Brought {
  department: string;
  year?: string;
  number?: string;
  into?: string;
}

/** Hands in the file of an issue, which is then read page by page. */
export function bringInIssue(file: File, by: Brought, progress: (part: number) => void): Parcel<GazetteImport> {
  const said = { name: file.name, department_id: by.department, year: by.year, number: by.number, into: by.into };
  const query = new URLSearchParams(Object.entries(said).filter((e): e is [string, string] => Boolean(e[1])));
  return sendFile(`${imports}?${query}`, file, progress);
}

export function useGazetteImports(page: MaybeRefOrGetter<{ limit: number; offset: number }>) {
  return useReading({
    key: () => ['gazettes', 'imports', toValue(page)],
    read: () => answer(api.GET(imports, { params: { query: toValue(page) } })),
  });
}

/** One that was handed in, while there is one to ask for. */
export function useGazetteImport(id: MaybeRefOrGetter<string>) {
  return useReading({
    key: () => ['gazettes', 'import', toValue(id)],
    read: () => answer(api.GET(`${imports}/{id}`, { params: { path: { id: toValue(id) } } })),
    when: () => Boolean(toValue(id)),
  });
}

export const gazetteImportsChanged = () => queries.invalidateQueries({ queryKey: ['gazettes', 'imports'] });

/** What the file of a working copy holds; a file that takes its place is asked for anew. */
export function useGazetteFile(of: MaybeRefOrGetter<{ id: string; file: string }>) {
  return useReading({
    key: () => ['gazettes', 'file', toValue(of)],
    read: () => answer(api.GET(`${one}/file`, { params: { path: { id: toValue(of).id } } })),
    when: () => Boolean(toValue(of).file),
  });
}

/** A page of a working copy as it was saved; `mend` is what was saved of its text. */
export interface PageAsked {
  id: string;
  file: string;
  page: number;
  mend: string | undefined;
}

export function useGazettePage(of: MaybeRefOrGetter<PageAsked>, when: MaybeRefOrGetter<boolean>) {
  return useReading({
    key: () => ['gazettes', 'page', toValue(of)],
    read: () => {
      const { id, page } = toValue(of);
      return answer(api.GET(`${one}/pages/{page}`, { params: { path: { id, page } } }));
    },
    when,
  });
}

/** Widths of pictures of pages, in pixels: two are drawn when a file is read, the largest when it is asked for. */
export const pictureWidths = { small: 360, kept: 1080, largest: 1500 } as const;

/** The picture of a page of a working copy; the file stands in it because another one has other pages. */
export const pagePicture = (id: string, file: string, page: number, width: number): string =>
  `/admin/v1/gazettes/${id}/pages/${page}/picture?width=${width}&file=${file}`;

export function useGazetteYears() {
  return useReading({ key: ['gazettes', 'years'], read: async () => (await answer(api.GET(years))).items });
}

/** What a year is to have; gaps are why an issue of it is not here, by number. */
export interface YearEdit {
  year: number;
  version: number;
  issues: number;
  gaps: { number: number; why: string }[];
}

export async function setGazetteYear({ year, version, issues, gaps }: YearEdit, key: string): Promise<void> {
  const params = { path: { year }, header: once(key, tag(version)) };
  await answer(api.PUT(`${years}/{year}`, { body: { issues, gaps }, params }));
  await changed('gazettes');
}
