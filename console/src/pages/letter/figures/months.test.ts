import { expect, it } from 'vitest';
import { monthAfter, rateOf, rowsOf } from './months';
import type { LetterFigures, OfficeFigures } from '@/api/watch';

const office = { department: null, answered: 3, on_time: 2 } as OfficeFigures;
const of = { month: '2026-11', from: '2026-11-01', until: '2026-11-30' } as LetterFigures;

it('walks from month to month over the year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});

it('opens the rows of an office, of none yet, and of the city', () => {
  expect(rowsOf(of, 'overdue', office)).toEqual({
    box: 'all', figure: 'overdue', since: '2026-11-01', until: '2026-11-30', department: 'none',
  });
  expect(rowsOf(of, 'solved')).not.toHaveProperty('department');
});

it('has no share of nothing', () => {
  expect(rateOf(office)).toBe(67);
  expect(rateOf({ ...office, answered: 0 })).toBeUndefined();
});
