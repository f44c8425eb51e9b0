import { expect, it } from 'vitest';
import { feedbackRows } from './waitingFeedback';

const counts = (changed: object) => ({ open: 3, overdue: 0, unassigned: 0, answered: 1, closed: 9, ...changed });

it('tells how many wait, and leads to what is late where something is', () => {
  expect(feedbackRows(counts({}), false)).toMatchObject([
    { said: '3 件', line: '都在期限内', grave: false, to: { query: { state: 'open' } } },
  ]);
  expect(feedbackRows(counts({ overdue: 2 }), false)).toMatchObject([
    { line: '其中 2 件已经逾期，请先办', grave: true, to: { query: { state: 'overdue' } } },
  ]);
});

it('tells who may give it away how much is still to be given', () => {
  expect(feedbackRows(counts({ unassigned: 1 }), true)[0]?.line).toBe('都在期限内，1 件等您交给部门');
  expect(feedbackRows(counts({ unassigned: 1 }), false)[0]?.line).toBe('都在期限内');
});

it('is silent where nothing waits, or nothing is known yet', () => {
  expect(feedbackRows(counts({ open: 0 }), true)).toEqual([]);
  expect(feedbackRows(undefined, true)).toEqual([]);
});
