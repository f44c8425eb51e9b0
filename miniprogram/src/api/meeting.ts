import { get } from './client';
import type { components } from './schema';

export type Meeting = components['schemas']['Meeting'];
export type MeetingItem = components['schemas']['MeetingItem'];
export type MeetingColumn = components['schemas']['MeetingColumnItem'];
export type AgendaItem = components['schemas']['AgendaItemPage'];
export type AgendaPart = components['schemas']['AgendaItemDetail'];

export interface MeetingListing {
  column?: string;
  year?: number;
  limit?: number;
  offset?: number;
}

export const meetings = {
  columns: () => get('/api/v1/meeting-columns', { keep: 'meeting-columns' }),
  /** The newest of all stay on the phone. */
  list: (listing: MeetingListing) =>
    get('/api/v1/meetings', {
      query: listing,
      keep: listing.column || listing.year || listing.offset ? undefined : 'meetings',
    }),
  one: (id: string) => get('/api/v1/meetings/{id}', { path: { id }, keep: `meeting:${id}` }),
  item: (id: string) => get('/api/v1/agenda-items/{id}', { path: { id }, keep: `agenda_item:${id}` }),
};
