import { get, type Read } from './client';
import type { components } from './schema';
import type { AbortLike } from '@/platform/network';

export type Policy = components['schemas']['PolicyDetail'];
export type Interpretation = components['schemas']['InterpretationDetail'];
export type Item = components['schemas']['PolicyItem'];
export type Page = components['schemas']['PolicyPage'];
export type Suggestion = components['schemas']['SuggestionItem'];
export type Facets = Page['facets'];

/** What narrows a list: for each filter the chosen values. */
export interface Filters {
  department: string[];
  topic: string[];
  category: string[];
  year: string[];
  validity: string[];
}

export type Sort = 'relevance' | 'newest' | 'oldest';

export interface Listing extends Partial<Filters> {
  q?: string;
  sort?: Sort;
  limit?: number;
  offset?: number;
}

export const policies = {
  list: (listing: Listing, signal?: AbortLike, keep?: string): Promise<Read<Page>> =>
    get('/api/v1/policies', {
      query: { ...listing, year: listing.year?.map(Number), validity: listing.validity as never },
      signal,
      keep,
    }),
  all: (q: string, signal?: AbortLike) => get('/api/v1/search', { query: { q, limit: 20 }, signal }),
  suggest: (q: string, signal?: AbortLike) => get('/api/v1/policies/suggest', { query: { q }, signal }),
  hot: () => get('/api/v1/search/hot'),
  one: (id: string) => get('/api/v1/policies/{id}', { path: { id }, keep: `policy:${id}` }),
  interpretation: (id: string) => get('/api/v1/interpretations/{id}', { path: { id }, keep: `interpretation:${id}` }),
};

/** A document's versions: their proofs, and what changed between two of them. */
export type DocumentKind = 'policy' | 'interpretation' | 'meeting' | 'event' | 'gazette';

const plural = {
  policy: 'policies', interpretation: 'interpretations', meeting: 'meetings', event: 'events', gazette: 'gazettes',
} as const;

/** A kind that an address names. */
export const kindOf = (named = ''): DocumentKind => (named in plural ? (named as DocumentKind) : 'policy');

export const revisions = {
  list: (kind: DocumentKind, id: string) => get(`/api/v1/${plural[kind]}/{id}/proof`, { path: { id } }),
  compare: (kind: DocumentKind, id: string, query: { from: number; to: number }) =>
    get(`/api/v1/${plural[kind]}/{id}/compare`, { path: { id }, query }),
};
