import { expect, it } from 'vitest';
import { moved, placeFor } from './order';

it('takes an item to its new place and lets the others close up', () => {
  expect(moved(['教育', '就业', '养老'], 2, 0)).toEqual(['养老', '教育', '就业']);
  expect(moved(['教育', '就业', '养老'], 0, 2)).toEqual(['就业', '养老', '教育']);
});

it('leaves a list alone where there is no such place', () => {
  for (const [from, to] of [[0, 0], [-1, 1], [0, 3], [5, 0]] as const) {
    expect(moved(['教育', '就业', '养老'], from, to)).toEqual(['教育', '就业', '养老']);
  }
});

it('moves by keys, and never past an end', () => {
  expect(placeFor('ArrowUp', 1, 3)).toBe(0);
  expect(placeFor('ArrowUp', 0, 3)).toBe(0);
  expect(placeFor('ArrowDown', 2, 3)).toBe(2);
  expect(placeFor('Home', 2, 3)).toBe(0);
  expect(placeFor('End', 0, 3)).toBe(2);
  expect(placeFor('Enter', 0, 3)).toBeUndefined();
});
