import { expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, isDay, longDay, longMoment, shortDay, shortMoment, span, weeksOf } from './day';

const at = (utc: string) => new Date(utc);

it("a moment falls on Shanghai's day, wherever the browser is", () => {
  expect(dayOf(at('2026-11-22T16:30:00Z'))).toBe('2026-11-23');
  expect(longMoment(at('2026-11-23T06:05:00Z'))).toBe('2026年11月23日 14:05');
  expect(longMoment(at('2026-11-22T16:00:00Z'))).toBe('2026年11月23日 00:00');
});

it('lists say a moment as short as it can be understood', () => {
  const now = at('2026-11-23T08:00:00Z');
  expect(shortMoment(at('2026-11-23T06:05:00Z'), now)).toBe('14:05');
  expect(shortMoment(at('2026-11-22T06:05:00Z'), now)).toBe('昨天 14:05');
  expect(shortMoment(at('2026-11-01T06:05:00Z'), now)).toBe('11月1日 14:05');
  expect(shortMoment(at('2025-11-01T06:05:00Z'), now)).toBe('2025年11月1日');
});

it('days are written as people write them', () => {
  expect(longDay('2026-03-08')).toBe('2026年3月8日');
  expect(shortDay('2026-11-23')).toBe('11月23日 周一');
  expect(span('2026-10-01', '2026-10-07')).toBe('10月1日至7日');
  expect(span('2026-01-31', '2026-02-06')).toBe('1月31日至2月6日');
  expect(span('2025-12-31', '2026-01-02')).toBe('2025年12月31日至2026年1月2日');
});

it('a day that does not exist is none', () => {
  expect(['2026-02-29', '2026-13-01', '2026-1-1', ''].map(isDay)).toEqual([false, false, false, false]);
  expect(isDay('2028-02-29')).toBe(true);
});

it('counts across the ends of months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
});

it('lays out a month in weeks from Monday', () => {
  const weeks = weeksOf(2026, 11); // begins on a Sunday
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01']);
  expect(weeks.flat().filter(Boolean)).toHaveLength(30);
});
