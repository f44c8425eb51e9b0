import { get, newKey, write } from './client';
import type { Filters } from './policy';
import type { components } from './schema';

export type Favourite = components['schemas']['Favourite'];
export type Follow = components['schemas']['Follow'];
export type Marks = components['schemas']['Marks'];
export type SearchText = NonNullable<Follow['search']>;
export type Pace = Follow['pace'];
export type SavedSearch = components['schemas']['SavedSearch'];
export type KeptKind =
  | 'policy'
  | 'interpretation'
  | 'letter'
  | 'topic'
  | 'department'
  | 'search'
  | 'meeting_column'
  | 'agenda_item'
  | 'consultation'
  | 'meeting'
  | 'event'
  | 'gazette'
  | 'gazette_piece'
  | 'matter';

/** What a search that can be followed looks for. */
export interface Wanted extends Partial<Filters> {
  q?: string;
}

/** As much of what was typed as the search looks at. */
const start = (typed: string) => Array.from(typed).slice(0, 200).join('');

let asked: { of: string; known: (marks: Promise<Marks>) => void }[] = [];

/** What the resident has made of something. What a page asks at the same time goes in one request. */
function marks(kind: KeptKind, id: string): Promise<Marks> {
  if (!asked.length) void Promise.resolve().then(askAll);
  return new Promise((known) => asked.push({ of: `${kind}:${id}`, known }));
}

function askAll(): void {
  const all = asked;
  asked = [];
  const of = [...new Set(all.map((one) => one.of))];
  const answer = get('/api/v1/me/marks', { query: { of } });
  for (const one of all) one.known(answer.then(({ value }) => value.items[of.indexOf(one.of)] as Marks));
}

const at = (kind: string, id: string) => ({ path: { kind, id } as never, key: newKey() });

export const keeping = {
  favourites: (q: string, offset: number) => get('/api/v1/me/favourites', { query: { q, offset, limit: 20 } }),
  follows: (offset: number) => get('/api/v1/me/follows', { query: { offset, limit: 50 } }),
  marks,
  keep: (kind: KeptKind, id: string) => write('put', '/api/v1/me/favourites/{kind}/{id}', at(kind, id)),
  unkeep: (kind: KeptKind, id: string) => write('delete', '/api/v1/me/favourites/{kind}/{id}', at(kind, id)),
  follow: (kind: KeptKind, key: string) =>
    write('put', '/api/v1/me/follows/{kind}/{key}', { path: { kind, key } as never, key: newKey() }),
  unfollow: (kind: KeptKind, key: string) =>
    write('delete', '/api/v1/me/follows/{kind}/{key}', { path: { kind, key } as never, key: newKey() }),
  edit: (f: Follow, change: { pace?: Pace; paused?: boolean }) =>
    write('patch', '/api/v1/me/follows/{kind}/{key}', {
      path: { kind: f.kind, key: f.key },
      key: newKey(),
      body: change,
    }),
  pauseAll: (paused: boolean) =>
    write('post', '/api/v1/me/follows/pause', { key: newKey(), body: { paused } }),
  search: ({ year, validity, ...wanted }: Wanted) =>
    get('/api/v1/me/searches', { query: { ...wanted, year: year?.map(Number), validity: validity as never } }),
  followSearch: ({ q, validity, ...wanted }: Wanted) =>
    write('post', '/api/v1/me/searches', {
      key: newKey(),
      body: { ...wanted, text: start(q ?? ''), validity: validity as never },
    }),
};
