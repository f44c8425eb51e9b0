import { get, write } from './client';
import type { components } from './schema';

export type Event = components['schemas']['Event'];
export type EventItem = components['schemas']['EventItem'];
export type EventSignUp = components['schemas']['EventSignUp'];
export type EventDraw = components['schemas']['EventDraw'];
export type SignUp = components['schemas']['SignUp'];
export type SignUpIn = components['schemas']['SignUpInBody'];

export const events = {
  /** The next of all stay on the phone. */
  list: (listing: { past?: boolean; limit?: number; offset?: number }) =>
    get('/api/v1/events', { query: listing, keep: listing.past || listing.offset ? undefined : 'events' }),
  one: (id: string) => get('/api/v1/events/{id}', { path: { id }, keep: `event:${id}` }),
  draw: (id: string) => get('/api/v1/events/{id}/draw', { path: { id } }),
};

export const signUps = {
  mine: () => get('/api/v1/me/sign-ups', {}),
  /** One's own, by the event; what lets one in stays on the phone, as the place may have no network. */
  one: (id: string) => get('/api/v1/me/sign-ups/{id}', { path: { id }, keep: `sign_up:${id}` }),
  join: (id: string, body: SignUpIn, key: string) => write('post', '/api/v1/events/{id}/sign-ups', { path: { id }, body, key }),
  leave: (id: string, key: string) => write('delete', '/api/v1/me/sign-ups/{id}', { path: { id }, key }),
};
