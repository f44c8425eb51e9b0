import { expect, it } from 'vitest';
import { groupsOf, keyOf, missedOf, nameOf, shareOf, titleOf } from './telling';
import type { Announcement, Outcome } from '@/api/deliveries';

const outcome = (state: Outcome['state'], why: string, count: number): Outcome => ({ state, why, count, retry: 'never' });

it('puts outcomes together by what they mean, the many first', () => {
  const groups = groupsOf([
    outcome('failed', 'person', 2),
    outcome('no_credit', '', 30),
    outcome('sent', '', 60),
    outcome('confirmed', '', 5),
    outcome('unknown', 'cut', 1),
  ]);
  expect(groups.map((g) => `${g.name} ${g.count}`)).toEqual(['reached 65', 'waiting 0', 'missed 32', 'unclear 1']);
  expect(groups[2]?.outcomes.map(keyOf)).toEqual(['no_credit', 'failed.person']);
});

it('says an outcome with its reason', () => {
  expect(nameOf({ state: 'failed', why: 'text' })).toBe('没有发出：微信认为文字里有敏感词');
  expect(nameOf({ state: 'sent', why: '' })).toBe('微信已收下');
});

it('never tells a few as none, nor nearly all as all', () => {
  expect(shareOf(1, 1000)).toBe('<1%');
  expect(shareOf(999, 1000)).toBe('>99%');
  expect(shareOf(1000, 1000)).toBe('100%');
  expect(shareOf(0, 0)).toBe('0%');
});

it('calls a digest by its day', () => {
  const digest = { title: '', what: 'weekly', created_at: '2026-11-23T00:30:00Z' } as Announcement;
  expect(titleOf(digest)).toBe('11月23日 周一 的每周汇总');
});

it('counts what found no credit, by our count and by WeChat’s', () => {
  const day = { day: '2026-11-24', granted: 9, declined: 1, sent: 6, refused: 1, none: 3 };
  expect(missedOf([day, { ...day, none: 0, refused: 0 }])).toEqual({ missed: 4, all: 16 });
});
