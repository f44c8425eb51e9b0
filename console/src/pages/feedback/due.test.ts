import { expect, it } from 'vitest';
import { tellDue } from './due';

const told = (left: number, overdue = false) => tellDue({ due_day: '2026-11-27', left, overdue });

it('is told in words, and stands out the more the nearer it is', () => {
  expect(told(3)).toMatchObject({ text: '剩 3 天', tone: 'plain' });
  expect(told(1)).toMatchObject({ text: '剩 1 天', tone: 'warn' });
  expect(told(0)).toMatchObject({ text: '今天到期', tone: 'warn' });
  expect(told(-2, true)).toMatchObject({ text: '逾期 2 天', tone: 'bad' });
  expect(told(3)?.hint).toBe('2026年11月27日到期，天数按工作日计');
});

it('is not told of what nobody waits for', () => {
  expect(tellDue({ due_day: '', left: 0, overdue: false })).toBeUndefined();
});
