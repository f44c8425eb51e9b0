import { expect, it } from 'vitest';
import { firstBox, waitingIn } from './opening';
import type { BoxName, LetterBox } from '@/api/letters';

const boxes = (counts: Partial<Record<BoxName, number>>): LetterBox[] =>
  Object.entries(counts).map(([box, count]) => ({ box: box as BoxName, name: box, count: count ?? 0 }));

it('opens the first box with work in it, and the first of all where there is none', () => {
  expect(firstBox(boxes({ taken: 0, todo: 3, due: 1 }))).toBe('todo');
  expect(firstBox(boxes({ centre: 2, doubted: 1 }))).toBe('centre');
  expect(firstBox(boxes({ taken: 0, todo: 0, overdue: 4 }))).toBe('taken');
  expect(firstBox([])).toBeUndefined();
});

it('counts what waits once, however many boxes show it', () => {
  expect(waitingIn(boxes({ taken: 2, todo: 5, signing: 1, due: 3, overdue: 2, all: 0 }))).toBe(6);
  expect(waitingIn(boxes({ supervised: 2, signing: 40 }))).toBe(2);
  expect(waitingIn([])).toBe(0);
});
