import { expect, it } from 'vitest';
import { isBlank, sameContent } from './content';

it('working copies are equal by what they say', () => {
  expect(sameContent({ title: '甲', body: [] }, { title: '甲' })).toBe(true);
  expect(sameContent({ a: 1, b: [{ y: '2', x: '' }] }, { b: [{ y: '2' }], a: 1 })).toBe(true);
  expect(sameContent({ rows: [['', '甲']] }, { rows: [['甲', '']] })).toBe(false);
  expect(isBlank({ title: '', body: [] })).toBe(true);
});
