import { fetchOwn, get, handIn, inquire, newKey, write } from './client';
import type { components } from './schema';
import type { Chosen } from '@/platform/enclosures';
import type { AbortLike } from '@/platform/network';

export type Letter = components['schemas']['Letter'];
export type LetterItem = components['schemas']['LetterItem'];
export type LetterForm = components['schemas']['LetterForm'];
export type LetterFile = components['schemas']['LetterFile'];
export type LetterRules = components['schemas']['LetterRules'];
export type LetterRating = components['schemas']['LetterRating'];
export type LetterAnswer = components['schemas']['LetterAnswer'];
export type PublicLetter = components['schemas']['PublicLetter'];
export type PublicItem = components['schemas']['PublicLetterItem'];
export type OfficeFigures = components['schemas']['OfficeFigures'];
export type Related = components['schemas']['RelatedItem'];
export type Channel = LetterForm['channel'];
export type HandedIn = components['schemas']['HandedIn'];

export type OwnBox = 'all' | 'open' | 'unrated';

export const letters = {
  rules: () => get('/api/v1/letters/rules', { keep: 'letter-rules' }),
  send: (body: LetterForm, key: string) => write('post', '/api/v1/letters', { body, key }),
  mine: (offset: number, box: OwnBox = 'all', limit = 20) => get('/api/v1/me/letters', { query: { box, offset, limit } }),
  one: (id: string) => get('/api/v1/me/letters/{id}', { path: { id } }),
  add: (id: string, text: string, key: string) =>
    write('post', '/api/v1/me/letters/{id}/additions', { path: { id }, body: { text }, key }),
  ask: (id: string, text: string, key: string) =>
    write('post', '/api/v1/me/letters/{id}/question', { path: { id }, body: { text }, key }),
  withdraw: (id: string, why: string, key: string) =>
    write('post', '/api/v1/me/letters/{id}/withdrawal', { path: { id }, body: { why }, key }),
  rate: (id: string, body: LetterRating, key: string) =>
    write('post', '/api/v1/me/letters/{id}/rating', { path: { id }, body, key }),
  consent: (id: string, mayPublish: boolean) =>
    write('put', '/api/v1/me/letters/{id}/consent', { path: { id }, body: { may_publish: mayPublish }, key: newKey() }),
  unsent: (channel: Channel) => get('/api/v1/me/letter-drafts/{channel}', { path: { channel } }),
  keepUnsent: (channel: Channel, form: string) =>
    write('put', '/api/v1/me/letter-drafts/{channel}', { path: { channel }, body: { form }, key: newKey() }),
};

/** Letters that everybody may read, with their answers. */
export interface PublicListing {
  q?: string;
  topic?: string;
  sort?: 'relevance' | 'newest' | 'oldest';
  limit?: number;
  offset?: number;
}

export const publicLetters = {
  list: ({ topic, ...listing }: PublicListing) =>
    get('/api/v1/letters', { query: { ...listing, ...(topic && { topic: [topic] }) } }),
  popular: (topic: string, limit: number) => get('/api/v1/letters/popular', { query: { topic, limit } }),
  one: (id: string) => get('/api/v1/letters/{id}', { path: { id }, keep: `letter:${id}` }),
  thanks: (id: string) => get('/api/v1/me/useful-letters/{id}', { path: { id } }),
  thank: (id: string, useful: boolean) =>
    write(useful ? 'put' : 'delete', '/api/v1/me/useful-letters/{id}', { path: { id }, key: newKey() }),
};

/** How the city deals with the letters of a month. */
export const letterFigures = (month: string) =>
  get('/api/v1/letters/figures', { query: { month }, keep: `letter-figures:${month}` });

/** What others were answered who asked the like. */
export const related = (text: string, topic: string, signal?: AbortLike): Promise<{ items: Related[] | null }> =>
  inquire('/api/v1/related', { body: { text, topic }, signal });

/** Pictures and files that come with a letter. */
export const enclosures = {
  handIn: (given: Chosen, key: string, told: (part: number) => void): Promise<HandedIn> =>
    handIn('/api/v1/me/letter-files', given, key, told),
  drop: (id: string) => write('delete', '/api/v1/me/letter-files/{id}', { path: { id }, key: newKey() }),
  /** A place on the phone where it can be shown from. */
  fetch: (id: string): Promise<string> => fetchOwn(`/api/v1/me/letter-files/${encodeURIComponent(id)}`),
  /** The same of a picture as lists show it. */
  fetchSmall: (id: string): Promise<string> => fetchOwn(`/api/v1/me/letter-files/${encodeURIComponent(id)}/small`),
};
