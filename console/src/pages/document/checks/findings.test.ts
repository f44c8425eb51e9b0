import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { byGravity, placeOf, useReasons } from './findings';
import type { Finding } from '@/api/documents';

const finding = (part: Partial<Finding>): Finding => ({
  number: '1',
  code: 'x',
  severity: 'ask',
  message: '',
  field: 'body',
  passage: -1,
  row: -1,
  cell: -1,
  from: 0,
  length: 0,
  text: '',
  instead: '',
  reason: '',
  ...part,
});

beforeEach(() => window.sessionStorage.clear());

it('says where a finding stands as people count', () => {
  expect(placeOf(finding({ field: 'title' }))).toBe('标题');
  expect(placeOf(finding({ field: 'attachments:1' }))).toBe('附件 2');
  expect(placeOf(finding({ passage: 11 }))).toBe('第 12 段');
  expect(placeOf(finding({ field: 'answers:0' }))).toBe('回答 1');
  expect(placeOf(finding({ field: 'answers:0' }), 'letter')).toBe('答复');
  expect(placeOf(finding({ field: 'questions:1' }), 'letter')).toBe('追问');
  expect(placeOf(finding({ field: 'title' }), 'letter')).toBe('标题');
  expect(placeOf(finding({ passage: 2, row: 0, cell: 3 }))).toBe('第 3 段 表格第 1 行第 4 列');
});

it('puts what must be mended first', () => {
  const list = ['note', 'ask', 'stop', 'ask'].map((severity, n) => finding({ severity, number: String(n) }));
  expect(byGravity(list).map((f) => f.number)).toEqual(['2', '1', '3', '0']);
});

describe('reasons', () => {
  const found = [
    finding({ number: 'a', severity: 'stop' }),
    finding({ number: 'b' }),
    finding({ number: 'c', reason: '公开的举报电话' }),
    finding({ number: 'd', severity: 'note' }),
  ];

  it('open is what must be mended, and what has no reason yet', () => {
    const reasons = useReasons('wang.policy.1', () => found);
    expect(reasons.open.value.map((f) => f.number)).toEqual(['a', 'b']);
    reasons.give(found[1]!, '单位电话');
    expect(reasons.open.value.map((f) => f.number)).toEqual(['a']);
    reasons.give(found[1]!, '行');
    expect(reasons.open.value.map((f) => f.number)).toEqual(['a', 'b']);
  });

  it('go along with the submission, and are still there when one comes back to the page', async () => {
    const reasons = useReasons('wang.policy.1', () => found);
    reasons.give(found[1]!, ' 单位电话 ');
    await nextTick();
    expect(useReasons('wang.policy.1', () => found).excuses.value).toEqual([
      { finding: 'b', reason: '单位电话' },
      { finding: 'c', reason: '公开的举报电话' },
    ]);
    expect(useReasons('wang.policy.2', () => found).excuses.value).toHaveLength(1);
  });
});
