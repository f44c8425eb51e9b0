import { get } from './client';
import type { components } from './schema';

export type City = components['schemas']['City'];

export const city = {
  get: () => get('/api/v1/city'),
  home: () => get('/api/v1/home', { keep: 'home' }),
  privacy: () => get('/api/v1/privacy', { keep: 'privacy' }),
};
