import { get, newKey, versionOf, write } from './client';
import type { components } from './schema';

export type Me = components['schemas']['Me'];
export type Erasure = components['schemas']['Erasure'];
export type Device = components['schemas']['Device'];
type Agreement = components['schemas']['ConsentInBody'];

export const account = {
  login: (code: string, device: string) => write('post', '/api/v1/login', { body: { code, device }, key: newKey() }),
  logout: () => write('post', '/api/v1/logout', { key: newKey() }),
  me: () => get('/api/v1/me'),
  version: () => versionOf('/api/v1/me'),
  agree: (body: Agreement) => write('post', '/api/v1/me/consent', { body, key: newKey() }),
  withdraw: () => write('delete', '/api/v1/me/consent', { key: newKey() }),
  rename: (name: string, version: string) => write('patch', '/api/v1/me', { body: { name }, key: newKey(), version }),
  bindPhone: (code: string) => write('post', '/api/v1/me/phone', { body: { code }, key: newKey() }),
  unbindPhone: () => write('delete', '/api/v1/me/phone', { key: newKey() }),
  devices: () => get('/api/v1/me/devices'),
  endDevice: (id: string) => write('delete', '/api/v1/me/devices/{id}', { path: { id }, key: newKey() }),
  trialCode: () => write('post', '/api/v1/me/trial-code', { key: newKey() }),
  erase: () => write('delete', '/api/v1/me', { key: newKey() }),
};
