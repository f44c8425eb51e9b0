/** Files that editors hand in: sent as they are, with progress; large ones take minutes. */
import { answer, api, once } from './client';
import { sendFile, type Parcel } from './parcel';
import type { components } from './schema';

export type HandedIn = components['schemas']['HandedIn'];
export type WordRead = components['schemas']['WordRead'];

/** Where a file that is kept can be seen by staff. */
export const fileAddress = (id: string): string => `/admin/v1/files/${encodeURIComponent(id)}`;

export type Upload = Parcel<HandedIn>;

/** Sends a file; `progress` hears how much of it is on its way, from 0 to 1. */
export const handIn = (file: Blob, name: string, progress: (part: number) => void): Upload =>
  sendFile(`/admin/v1/files?name=${encodeURIComponent(name)}`, file, progress);

/** Reads a Word file that was handed in; a long one takes a while. */
export const readWord = (id: string, key: string): Promise<WordRead> =>
  answer(api.POST('/admin/v1/word', { body: { file_id: id }, params: { header: once(key) } }));
