import { describe, expect, it } from 'vitest';
import { isReason, issuesOf, withIssues, withReason, yearOf } from './years';
import type { GazetteYear } from '@/api/gazettes';

const year: GazetteYear = {
  year: 2019,
  version: 3,
  issues: 4,
  missing: [3],
  grid: [
    { number: 1, state: 'public', id: 'x', why: '' },
    { number: 2, state: 'explained', id: '', why: '当月没有出版' },
    { number: 3, state: 'missing', id: '', why: '' },
  ],
};

describe('a year of the gazette', () => {
  it('is typed in four digits, its issues in up to three', () => {
    expect([yearOf(' 2019 '), yearOf('19'), yearOf('1948')]).toEqual([2019, undefined, undefined]);
    expect([issuesOf('12'), issuesOf('0'), issuesOf('401'), issuesOf('x')]).toEqual([12, 0, undefined, undefined]);
  });

  it('keeps what is explained when something else changes', () => {
    expect(withIssues(year, 6)).toEqual({ year: 2019, version: 3, issues: 6, gaps: [{ number: 2, why: '当月没有出版' }] });
    expect(withReason(year, 3, ' 合并到第 4 期 ').gaps).toEqual([
      { number: 2, why: '当月没有出版' },
      { number: 3, why: '合并到第 4 期' },
    ]);
    expect(withReason(year, 2, '').gaps).toEqual([]);
  });

  it('is explained in two characters or more', () => {
    expect([isReason(''), isReason('缺'), isReason('缺刊'), isReason('缺'.repeat(201))]).toEqual([true, false, true, false]);
  });
});
