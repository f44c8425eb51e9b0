import { get, newKey, write } from './client';
import type { components } from './schema';

export type Feedback = components['schemas']['Feedback'];
export type FeedbackItem = components['schemas']['FeedbackItem'];
export type FeedbackIn = components['schemas']['FeedbackInBody'];
export type RatingIn = components['schemas']['FeedbackRating'];

export const feedbacks = {
  send: (body: FeedbackIn, key: string) => write('post', '/api/v1/feedback', { body, key }),
  mine: (offset: number) => get('/api/v1/me/feedback', { query: { offset, limit: 20 } }),
  one: (id: string) => get('/api/v1/me/feedback/{id}', { path: { id } }),
  add: (id: string, text: string) =>
    write('post', '/api/v1/me/feedback/{id}/additions', { path: { id }, body: { text }, key: newKey() }),
  rate: (id: string, body: RatingIn) =>
    write('post', '/api/v1/me/feedback/{id}/rating', { path: { id }, body, key: newKey() }),
};
