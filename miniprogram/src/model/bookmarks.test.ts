import { expect, test } from 'vitest';
import { bookmark, bookmarkOf, bookmarks } from './bookmarks';
import { newPhone } from '@/testing';

test('the page where one stopped stays on the phone, one for each issue', () => {
  newPhone();
  expect(bookmarkOf('g1')).toBe(0);
  bookmark('g1', 12);
  bookmark('g2', 3);
  bookmark('g1', 14);
  expect(bookmarkOf('g1')).toBe(14);
  expect([...bookmarks()]).toEqual([['g1', 14], ['g2', 3]]);
});

test('back on the cover one begins anew', () => {
  newPhone();
  bookmark('g1', 12);
  bookmark('g1', 1);
  expect(bookmarkOf('g1')).toBe(0);
});

test('so many are kept, the newest', () => {
  newPhone();
  for (let i = 0; i < 130; i++) bookmark(`g${i}`, 2);
  expect(bookmarks().size).toBe(100);
  expect(bookmarkOf('g129')).toBe(2);
  expect(bookmarkOf('g0')).toBe(0);
});

test('a phone that is full forgets, and nothing breaks', () => {
  newPhone().full = true;
  bookmark('g1', 12);
  expect(bookmarkOf('g1')).toBe(0);
});
