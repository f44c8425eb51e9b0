import { get } from './client';
import type { components } from './schema';

export type Matter = components['schemas']['Matter'];
export type MatterStep = components['schemas']['MatterStep'];
export type PartKind = 'policy' | 'interpretation' | 'meeting' | 'agenda_item' | 'consultation' | 'event';

export const matters = {
  one: (id: string) => get('/api/v1/matters/{id}', { path: { id }, keep: `matter:${id}` }),
  /** The matters that a document, or an item of a meeting, is a part of. */
  of: (kind: PartKind, id: string) => get('/api/v1/matters', { query: { of: `${kind}:${id}` } }),
};
