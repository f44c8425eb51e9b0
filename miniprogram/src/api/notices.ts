import { get, newKey, versionOf, write } from './client';
import type { components } from './schema';

export type Notice = components['schemas']['Notice'];
export type Wishes = components['schemas']['PushSettings'];

export const notices = {
  list: (offset: number, digest = '') => get('/api/v1/me/notices', { query: { digest, offset, limit: 20 } }),
  unread: () => get('/api/v1/me/notices', { query: { limit: 1, unread: true } }),
  read: (id: string) => write('post', '/api/v1/me/notices/{id}/read', { path: { id }, key: newKey() }),
  readAll: (upTo: string) => write('post', '/api/v1/me/notices/read', { body: { up_to: upTo }, key: newKey() }),
  remove: (id: string) => write('delete', '/api/v1/me/notices/{id}', { path: { id }, key: newKey() }),
  wishes: () => get('/api/v1/me/push-settings'),
  version: () => versionOf('/api/v1/me/push-settings'),
  setWishes: (body: Wishes, version: string) =>
    write('put', '/api/v1/me/push-settings', { body, version, key: newKey() }),
};
