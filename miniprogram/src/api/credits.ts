import { get, write } from './client';
import type { components } from './schema';

export type Credits = components['schemas']['CreditPage'];
export type Credit = components['schemas']['Credit'];
export type CreditReport = components['schemas']['CreditReportInBody'];

export const credits = {
  list: () => get('/api/v1/me/credits'),
  report: (body: CreditReport, key: string) => write('post', '/api/v1/me/credits', { body, key }),
};
