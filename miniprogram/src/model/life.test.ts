import { expect, test } from 'vitest';
import { isHere, pageOf } from './life';
import type { MatterStep } from '@/api/matter';

const step = (change: Partial<MatterStep> = {}): MatterStep => ({
  step: 'meeting', name: '会议审议', kind: 'meeting', id: 'm1', item: 'a1', title: '审议办法', within: '第63次常务会议', day: '2026-11-20', ...change,
});

test('a step leads to its document, an item to its own page', () => {
  expect(pageOf(step())).toBe('/packages/meeting/item?id=a1');
  expect(pageOf(step({ item: '' }))).toBe('/packages/meeting/meeting?id=m1');
  expect(pageOf(step({ kind: 'policy', id: 'p1', item: '' }))).toBe('/packages/policy/policy?id=p1');
  expect(pageOf(step({ step: 'event', kind: 'event', id: 'e1', item: '' }))).toBe('/packages/event/event?id=e1');
  expect(pageOf(step({ step: 'gazette', kind: 'gazette', id: 'g1', item: 'q1' }))).toBe('/packages/gazette/reader?id=g1&piece=q1');
  expect(pageOf(step({ kind: 'yearbook' as never, item: '' }))).toBe('');
});

test('what is being read is marked', () => {
  expect(isHere(step(), { kind: 'agenda_item', id: 'a1' })).toBe(true);
  expect(isHere(step(), { kind: 'agenda_item', id: 'a2' })).toBe(false);
  expect(isHere(step(), { kind: 'meeting', id: 'm1' })).toBe(true);
  expect(isHere(step(), undefined)).toBe(false);
});
