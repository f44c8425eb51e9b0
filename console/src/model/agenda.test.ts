import { expect, it } from 'vitest';
import { countsOf, dayBy, daysFrom, mondayOf, monthAfter, stillDue, weeksOfDue } from './agenda';

const due = (day: string, what = 'expiry') => ({ day, what });

it('what is due stands by week, from Monday on, and by day', () => {
  const weeks = weeksOfDue([due('2026-11-27'), due('2026-11-29'), due('2026-11-29'), due('2026-11-30'), due('2027-01-01')]);
  expect(weeks.map((w) => [w.monday, w.days.map((d) => d.items.length)])).toEqual([
    ['2026-11-23', [1, 2]],
    ['2026-11-30', [1]],
    ['2026-12-28', [1]],
  ]);
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
});

it('an interpretation is owed until it is there; a day that has passed is no work', () => {
  expect(stillDue(due('2026-11-20', 'interpretation'), '2026-11-26')).toBe(true);
  expect(stillDue(due('2026-11-20'), '2026-11-26')).toBe(false);
  expect(stillDue(due('2026-11-26'), '2026-11-26')).toBe(true);
});

it('a month knows how much each day holds, and its keys', () => {
  expect(countsOf([due('2026-11-27'), due('2026-11-27')]).get('2026-11-27')).toBe(2);
  expect([dayBy('ArrowDown', '2026-11-27'), dayBy('ArrowLeft', '2026-12-01'), dayBy('x', '2026-12-01')]).toEqual([
    '2026-12-04',
    '2026-11-30',
    undefined,
  ]);
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  expect(daysFrom('2026-11-26', '2026-12-01')).toBe(5);
});
