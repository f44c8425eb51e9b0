import { get, newKey, write } from './client';
import type { components } from './schema';

export type Favourite = components['schemas']['Favourite'];
export type Follow = components['schemas']['Follow'];
export type Marks = components['schemas']['Marks'];
export type KeptKind = 'policy' | 'interpretation' | 'topic' | 'department';

const at = (kind: string, id: string) => ({ path: { kind, id } as never, key: newKey() });

export const keeping = {
  favourites: (q: string, offset: number) => get('/api/v1/me/favourites', { query: { q, offset, limit: 20 } }),
  follows: (offset: number) => get('/api/v1/me/follows', { query: { offset, limit: 50 } }),
  marks: (kind: KeptKind, id: string) => get('/api/v1/me/marks/{kind}/{id}', { path: { kind, id } as never }),
  keep: (kind: KeptKind, id: string) => write('put', '/api/v1/me/favourites/{kind}/{id}', at(kind, id)),
  unkeep: (kind: KeptKind, id: string) => write('delete', '/api/v1/me/favourites/{kind}/{id}', at(kind, id)),
  follow: (kind: KeptKind, key: string) =>
    write('put', '/api/v1/me/follows/{kind}/{key}', { path: { kind, key } as never, key: newKey() }),
  unfollow: (kind: KeptKind, key: string) =>
    write('delete', '/api/v1/me/follows/{kind}/{key}', { path: { kind, key } as never, key: newKey() }),
};
