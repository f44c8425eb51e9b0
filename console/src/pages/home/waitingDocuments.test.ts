import { expect, it } from 'vitest';
import { pressingRows, pressingCount, underWayRows } from './waitingDocuments';
import type { WaitingItem } from '@/api/agenda';

const now = new Date('2026-11-26T04:00:00Z');
const item = (what: WaitingItem['what'], kind: string, count: number): WaitingItem => ({
  what,
  kind,
  count,
  oldest_at: '2026-11-20T01:00:00Z',
});
const items = [
  item('review', 'policy', 3),
  item('draft', 'policy', 4),
  item('failed', 'policy', 1),
  item('returned', 'interpretation', 2),
  item('scheduled', 'policy', 1),
];

it('the most pressing comes first, with how many and since when', () => {
  const rows = pressingRows(items, now);
  expect(rows.map((r) => r.count)).toEqual([1, 3, 2]);
  expect(rows[1]).toMatchObject({ to: { name: 'policies', query: { only: 'waiting' } } });
  expect(rows[1]?.line).toContain('11月20日 09:00');
  expect(rows[0]?.grave).toBe(true);
});

it('answers whose policy has lapsed wait in a list of their own, counted as letters', () => {
  const [row] = pressingRows([{ ...item('lapsed', 'letter', 2), oldest_at: null }], now);
  expect(row).toMatchObject({ to: { name: 'publicLetters.lapsed' }, said: '2 封', grave: true });
  expect(pressingCount([item('lapsed', 'letter', 2), item('review', 'letter', 1)], 'letter')).toBe(3);
});

it('what can wait stands apart', () => {
  expect(underWayRows(items, now).map((r) => r.count)).toEqual([4, 1]);
});

it('the menu counts what has to be acted on, each document once', () => {
  expect([pressingCount(items, 'policy'), pressingCount(items, 'interpretation'), pressingCount([], 'policy')]).toEqual([3, 2, 0]);
});
