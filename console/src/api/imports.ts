/** Files of many documents that become drafts: looked through first, then confirmed, then done with all at once. */
import { toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api, once } from './client';
import { sendFile, type Parcel } from './parcel';
import { changed, useReading } from './query';
import type { components } from './schema';

export type ImportItem = components['schemas']['ImportItem'];
export type ImportRecord = components['schemas']['ImportRecord'];
export type ImportRow = components['schemas']['ImportRowItem'];
export type ImportTask = components['schemas']['ImportTask'];
export type ImportLeft = components['schemas']['ImportLeftItem'];
export type ImportConfirmation = components['schemas']['ConfirmImportInBody'];
export type ImportExcuse = components['schemas']['ImportExcuse'];
/** The rows that can be asked for apart. */
export type RowState = 'ready' | 'here' | 'wrong' | 'made' | 'warned' | 'left';

const root = '/admin/v1/imports';
export const templateAddress = `${root}/template.xlsx`;
export const meetingTemplateAddress = `${templateAddress}?of=meetings`;
export const wrongRowsAddress = (id: string): string => `${root}/${encodeURIComponent(id)}/rows.xlsx`;

/** Hands in a file, whose drafts a department will own. */
export function bringIn(file: File, department: string, progress: (part: number) => void): Parcel<ImportRecord> {
  const query = new URLSearchParams({ name: file.name, department_id: department });
  return sendFile(`${root}?${query}`, file, progress);
}

export function useImports(page: MaybeRefOrGetter<{ limit: number; offset: number }>) {
  return useReading({
    key: () => ['imports', 'list', toValue(page)],
    read: () => answer(api.GET(root, { params: { query: toValue(page) } })),
  });
}

export function useImport(id: MaybeRefOrGetter<string>) {
  return useReading<ImportRecord>({
    key: () => ['imports', 'one', toValue(id)],
    read: () => answer(api.GET(`${root}/{id}`, { params: { path: { id: toValue(id) } } })),
  });
}

/** Which rows of an import are asked for. */
export interface RowQuestion {
  id: string;
  state: RowState;
  limit: number;
  offset: number;
}

export function useImportRows(question: MaybeRefOrGetter<RowQuestion>) {
  return useReading({
    key: () => ['imports', 'rows', toValue(question)],
    read: () => {
      const { id, ...query } = toValue(question);
      return answer(api.GET(`${root}/{id}/rows`, { params: { path: { id }, query } }));
    },
  });
}

const params = (id: string, key: string) => ({ path: { id }, header: once(key) });

/** Does something to an import, after which it and what hangs on it are read anew. */
async function after(act: Promise<ImportRecord>): Promise<ImportRecord> {
  const record = await act;
  await changed('imports');
  return record;
}

export const confirmImport = ({ id, body }: { id: string; body: ImportConfirmation }, key: string) =>
  after(answer(api.POST(`${root}/{id}/confirm`, { body, params: params(id, key) })));

export const submitImport = ({ id, ...body }: { id: string; excuses: ImportExcuse[]; note: string }, key: string) =>
  after(answer(api.POST(`${root}/{id}/submit`, { body, params: params(id, key) })));

export const recallImport = (id: string, key: string) =>
  after(answer(api.POST(`${root}/{id}/recall`, { params: params(id, key) })));

export const returnImport = ({ id, reason }: { id: string; reason: string }, key: string) =>
  after(answer(api.POST(`${root}/{id}/return`, { body: { reason }, params: params(id, key) })));

export const signImport = ({ id, body }: { id: string; body: components['schemas']['SignFields'] }, key: string) =>
  after(answer(api.POST(`${root}/{id}/sign`, { body, params: params(id, key) })));

export const discardImport = (id: string, key: string) =>
  after(answer(api.POST(`${root}/{id}/discard`, { params: params(id, key) })));
