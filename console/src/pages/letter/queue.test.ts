import { expect, it } from 'vitest';
import { neighbours } from './queue';

it('walks from one letter to the next', () => {
  expect(neighbours(['a', 'b', 'c'], 'b', 1)).toEqual({ before: 'a', next: 'c' });
  expect(neighbours(['a', 'b', 'c'], 'c', 2)).toEqual({ before: 'b', next: undefined });
});

it('goes on where a letter was that is done', () => {
  expect(neighbours(['a', 'c', 'd'], 'b', 1)).toEqual({ before: 'a', next: 'c' });
  expect(neighbours(['a', 'b'], 'c', 2)).toEqual({ before: 'b', next: 'b' });
  expect(neighbours([], 'a', 0)).toEqual({ before: undefined, next: undefined });
});
