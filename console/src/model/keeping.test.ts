import { beforeEach, expect, it } from 'vitest';
import { forgetAll, Keeping } from './keeping';

const at = new Date('2026-11-23T06:05:00Z');
const hour = 60 * 60 * 1000;

beforeEach(() => window.localStorage.clear());

it('what was not saved is found again, by its writer alone', () => {
  new Keeping('wang', 'policy.1').put({ title: '未保存' }, '"3"', at);
  expect(new Keeping('wang', 'policy.1').find(at)).toEqual({
    at: at.toISOString(),
    version: '"3"',
    content: { title: '未保存' },
  });
  expect(new Keeping('wang', 'policy.2').find(at)).toBeUndefined();
  expect(new Keeping('li', 'policy.1').find(at)).toBeUndefined();
});

it('goes when it is saved, and after a month', () => {
  const keeping = new Keeping('wang', 'policy.1');
  keeping.put({ title: '甲' }, '"1"', at);
  keeping.forget();
  expect(keeping.find(at)).toBeUndefined();
  keeping.put({ title: '乙' }, '"1"', at);
  expect(keeping.find(new Date(at.getTime() + 31 * 24 * hour))).toBeUndefined();
  expect(window.localStorage.length).toBe(0);
});

it('signing out leaves nothing of oneself, and touches nobody else', () => {
  new Keeping('wang', 'policy.1').put({ title: '甲' }, '"1"', at);
  new Keeping('wang', 'interpretation.2').put({ title: '乙' }, '"1"', at);
  new Keeping('li', 'policy.1').put({ title: '丙' }, '"1"', at);
  window.sessionStorage.setItem('yuandu.reasons.wang.policy.1', '{}');
  forgetAll('wang');
  expect(window.sessionStorage.length).toBe(0);
  expect(Object.keys(window.localStorage)).toEqual(['yuandu.draft.li.policy.1']);
});

it('a browser without room says so, and one that keeps rubbish finds nothing', () => {
  const full = {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as unknown as Storage;
  expect(new Keeping('wang', 'policy.1', full).put({ title: '甲' }, '"1"', at)).toBe(false);
  window.localStorage.setItem('yuandu.draft.wang.policy.1', '{');
  expect(new Keeping('wang', 'policy.1').find(at)).toBeUndefined();
});
