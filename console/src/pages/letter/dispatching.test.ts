import { expect, it } from 'vitest';
import { bodyOf, dispatchingOf, missing } from './dispatching';
import type { LetterRecord } from '@/api/letters';

const record = (changed: Partial<LetterRecord> = {}) =>
  ({ department: null, wanted: null, assists: [], designated: false, term: { workdays: 5, law: '', article: '' }, ...changed }) as unknown as LetterRecord;
const office = (id: string) => ({ id, name: id });

it('begins with the office that its author thinks of, and with the one that has it', () => {
  expect(dispatchingOf(record({ wanted: office('zj') })).lead).toBe('zj');
  expect(dispatchingOf(record({ wanted: office('zj'), department: office('jt') })).lead).toBe('jt');
  expect(Object.keys(missing(dispatchingOf(record())))).toEqual(['lead']);
});

it('sends no term where the usual one holds, and wants a law where it is longer', () => {
  const draft = { ...dispatchingOf(record({ wanted: office('zj') })), longer: true, workdays: '5' };
  expect(Object.keys(missing(draft)).sort()).toEqual(['law', 'term']);
  Object.assign(draft, { workdays: '60', law: ' 信访工作条例 ', article: '第三十四条' });
  expect(missing(draft)).toEqual({});
  expect(bodyOf(draft).term).toEqual({ workdays: 60, law: '信访工作条例', article: '第三十四条' });
  expect(bodyOf({ ...draft, longer: false }).term).toBeUndefined();
});

it('asks nobody to help itself', () => {
  const draft = { ...dispatchingOf(record()), lead: 'zj', assists: ['zj', 'jt'] };
  expect(bodyOf(draft).assists).toEqual(['jt']);
});
