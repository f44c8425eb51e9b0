import { expect, test } from 'vitest';
import { placesSaid } from './events';
import type { EventSignUp } from '@/api/event';

const now = Date.parse('2026-11-24T12:00:00+08:00');
const open = {
  phase: 'open',
  phase_name: '正在报名',
  opens_at: '2026-11-23T09:00:00+08:00',
  closes_at: '2026-11-24T18:00:00+08:00',
  draws_at: null,
  how: 'first_come',
  places: 30,
  left: 4,
  people: 26,
  waiting: 0,
  full: false,
} as EventSignUp;

test('whoever reads of an event knows whether there are places', () => {
  expect(placesSaid(open, now)).toBe('还剩 4 个名额，今天 18:00截止');
  expect(placesSaid({ ...open, left: 0, full: true, waiting: 3 }, now)).toBe('已满，3 人候补，今天 18:00截止');
  expect(placesSaid({ ...open, how: 'lottery' }, now)).toBe('抽签，26 人报名，30 个名额，今天 18:00截止');
  expect(placesSaid({ ...open, phase: 'soon', opens_at: '2026-11-24T20:00:00+08:00' }, now)).toBe('今天 20:00开始报名');
  expect(placesSaid({ ...open, phase: 'closed', phase_name: '报名已截止' }, now)).toBe('报名已截止');
  expect(placesSaid({ ...open, phase: 'off' }, now)).toBe('');
  expect(placesSaid(null, now)).toBe('');
});
