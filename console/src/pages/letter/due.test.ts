import { expect, it } from 'vitest';
import { tellDue } from './due';

const told = (left: number, overdue = false, term?: number) => tellDue({ due_day: '2026-11-27', left, overdue }, term);

it('is told in working days, and turns yellow when a third of the term is left', () => {
  expect(told(2)).toMatchObject({ text: '还剩2个工作日', tone: 'plain', hint: '2026年11月27日到期' });
  expect(told(1)).toMatchObject({ text: '还剩1个工作日', tone: 'warn' });
  expect(told(0)).toMatchObject({ text: '今天到期', tone: 'warn' });
  expect(told(-3, true)).toMatchObject({ text: '逾期3个工作日', tone: 'bad' });
});

it('turns yellow earlier where the law gives more time', () => {
  expect(told(10, false, 30)?.tone).toBe('warn');
  expect(told(11, false, 30)?.tone).toBe('plain');
});

it('is not told of what nobody waits for', () => {
  expect(tellDue({ due_day: '', left: 0, overdue: false })).toBeUndefined();
});
