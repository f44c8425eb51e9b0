/** The minutes of a meeting, as the server reads them in a Word file that was handed in. */
import { answer, api, once } from './client';
import type { components } from './schema';

export type MinutesRead = components['schemas']['MinutesRead'];

/** Reads minutes; nothing of them is kept. */
export const readMinutes = (id: string, key: string): Promise<MinutesRead> =>
  answer(api.POST('/admin/v1/meetings/minutes', { body: { file_id: id }, params: { header: once(key) } }));
