import { expect, it } from 'vitest';
import { bodyOf, fresh, missing } from './entering';
import type { LetterRules } from '@/api/letters';

const rules = { title: 50, least: 5, text: 3000, files: 2, per_day: 5 } as LetterRules;
const filled = () => ({ ...fresh(), source: 'phone' as const, title: ' 路灯不亮 ', text: '和平路的路灯三天不亮了。' });

it('wants to know where it came from, what it is about, and enough of it', () => {
  expect(Object.keys(missing(fresh(), rules)).sort()).toEqual(['source', 'text', 'title']);
  expect(missing(filled(), rules)).toEqual({});
  expect(missing({ ...filled(), text: '灯坏' }, rules).text).toContain('5');
  expect(missing({ ...filled(), title: '长'.repeat(51) }, rules).title).toContain('50');
  expect(missing({ ...filled(), title: '😀'.repeat(50) }, rules)).toEqual({});
});

it('takes no more files than a letter holds', () => {
  const files = ['a', 'b', 'c'].map((id) => ({ id, name: id, size: 1 }));
  expect(missing({ ...filled(), files }, rules).files).toContain('2');
  expect(bodyOf({ ...filled(), files: files.slice(0, 2) }).files).toEqual(['a', 'b']);
});

it('sends what was said, and nothing that was left empty', () => {
  expect(bodyOf({ ...filled(), phone: ' 13800000000 ', anonymous: true })).toEqual({
    source: 'phone',
    channel: 'ask',
    title: '路灯不亮',
    text: '和平路的路灯三天不亮了。',
    phone: '13800000000',
    may_publish: false,
    anonymous: false,
  });
});
