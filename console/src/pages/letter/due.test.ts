import { expect, it } from 'vitest';
import { tellDue } from './due';

const told = (left: number, colour: '' | 'yellow' | 'red' = '') =>
  tellDue({ due_day: '2026-11-27', left, overdue: left < 0, colour });

it('is told in working days, in the colour that the city gives', () => {
  expect(told(2)).toMatchObject({ text: '还剩2个工作日', tone: 'plain', hint: '2026年11月27日到期' });
  expect(told(1, 'yellow')).toMatchObject({ text: '还剩1个工作日', tone: 'warn' });
  expect(told(1, 'red')).toMatchObject({ text: '还剩1个工作日', tone: 'bad' });
  expect(told(0)).toMatchObject({ text: '今天到期', tone: 'warn' });
  expect(told(-3, 'red')).toMatchObject({ text: '逾期3个工作日', tone: 'bad' });
});

it('is not told of what nobody waits for', () => {
  expect(tellDue({ due_day: '', left: 0, overdue: false, colour: '' })).toBeUndefined();
});
