import { expect, it } from 'vitest';
import { stageSentence, whyNot } from './standing';

const person = (id: string) => ({ id, name: id });
const record = (review: boolean) => ({
  writers: [person('wang')],
  submitted_by: person('li'),
  may: { review, write: false, withdraw: false, assign: false },
  stage: 'review' as const,
  deleted_at: null,
});

it('who may not sign is told why', () => {
  const why = (staff: string) => whyNot(record(false), staff);
  expect(whyNot(record(true), 'zhao')).toBe('');
  expect(why('wang')).toContain('您改过这一稿');
  expect(why('li')).toContain('您送审的');
  expect(why('zhao')).toContain('没有审核的角色');
});

it('what does not wait for review says where it is', () => {
  expect(stageSentence(record(true))).toBe('');
  expect(stageSentence({ ...record(true), stage: 'scheduled' })).toContain('等着到时间公开');
  expect(stageSentence({ ...record(true), stage: 'draft', deleted_at: '2026-11-01T00:00:00Z' })).toContain('已经删除');
});
