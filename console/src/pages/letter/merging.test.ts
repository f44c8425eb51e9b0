import { expect, it } from 'vitest';
import { stepsOf } from './merging';

it('goes in steps of which each can be told, and leaves none out', () => {
  const ids = Array.from({ length: 299 }, (_, n) => `L${n}`);
  const steps = stepsOf(ids);
  expect(steps.map((s) => s.length)).toEqual([50, 50, 50, 50, 50, 49]);
  expect(steps.flat()).toEqual(ids);
  expect(stepsOf([])).toEqual([]);
});
