import { expect, it } from 'vitest';
import { tellDue } from './due';
import type { LetterListed } from '@/api/letters';

const told = (left: number, colour: LetterListed['colour']) =>
  tellDue({ due_day: '2026-11-27', left, colour, overdue: colour === 'red' });

it('is told in working days, in the colour that the server gives', () => {
  expect(told(2, 'none')).toMatchObject({ text: '还剩2个工作日', tone: 'plain', hint: '2026年11月27日到期' });
  expect(told(10, 'yellow')).toMatchObject({ text: '还剩10个工作日', tone: 'warn' });
  expect(told(0, 'yellow')).toMatchObject({ text: '今天到期', tone: 'warn' });
  expect(told(-3, 'red')).toMatchObject({ text: '逾期3个工作日', tone: 'bad' });
});

it('is not told of what nobody waits for', () => {
  expect(tellDue({ due_day: '', left: 0, overdue: false, colour: 'none' })).toBeUndefined();
});
