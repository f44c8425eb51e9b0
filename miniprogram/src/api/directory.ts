import { get } from './client';
import type { components } from './schema';

export type Topic = components['schemas']['TopicItem'];
export type Department = components['schemas']['DepartmentItem'];

export const directory = {
  topics: () => get('/api/v1/topics', { keep: 'topics' }),
  departments: () => get('/api/v1/departments', { keep: 'departments' }),
};
