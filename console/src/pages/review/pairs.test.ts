import { expect, it } from 'vitest';
import { choicesOf, pairOf } from './pairs';

const revision = (version: number) => ({
  version,
  at: '2026-11-01T00:00:00Z',
  act: 'published',
  note: '',
  sm3: '',
  closed: '',
});

it('the newest two stand beside each other, unless others are asked for', () => {
  const choices = choicesOf([revision(3), revision(2), revision(1)], true);
  expect(choices).toEqual(['working', '3', '2', '1']);
  expect(pairOf({ from: '', to: '' }, choices)).toEqual({ from: '3', to: 'working' });
  expect(pairOf({ from: '1', to: '3' }, choices)).toEqual({ from: '1', to: '3' });
});

it('a version is never beside itself, nor one that is not there', () => {
  const choices = choicesOf([revision(2), revision(1)], false);
  expect(pairOf({ from: '2', to: '2' }, choices)).toEqual({ from: '1', to: '2' });
  expect(pairOf({ from: '9', to: '9' }, choices)).toEqual({ from: '1', to: '2' });
  expect(pairOf({ from: '', to: '' }, ['1'])).toBeUndefined();
});
