import { expect, it } from 'vitest';
import { blankSignature, consequences, nextMonday, signatureOf, tomorrow, wrongWith } from './signature';

const now = new Date('2026-11-26T02:00:00Z'); // a Thursday, ten in Shanghai
const filled = () => ({ ...blankSignature(), no_secret: true, tell: false, why: '新政策' });

it('nothing is signed before somebody has looked for secrets and said who is told', () => {
  expect(Object.keys(wrongWith(blankSignature(), false, now)).sort()).toEqual(['no_secret', 'tell', 'why']);
  expect(wrongWith(filled(), false, now)).toEqual({});
});

it('a correction says to its readers what was corrected', () => {
  expect(Object.keys(wrongWith(filled(), true, now))).toEqual(['note']);
  expect(signatureOf({ ...filled(), note: ' 笔误 ', close_older: true }, true)).toMatchObject({
    note: '笔误',
    close_older: true,
  });
  expect(signatureOf({ ...filled(), note: '笔误', close_older: true }, false)).not.toHaveProperty('note');
});

it('what is urgent has its reason, and only where somebody is told', () => {
  const urgent = { ...filled(), tell: true, hurry: true, urgent: '台风' };
  expect(Object.keys(wrongWith(urgent, false, now))).toEqual(['urgent']);
  expect(signatureOf({ ...urgent, urgent: ' 台风今晚登陆 ' }, false)).toMatchObject({ urgent: '台风今晚登陆' });
  expect(consequences(urgent, { title: '甲办法', public: false }, 0)).toContain('排在别的提醒前面');
  const untold = { ...urgent, tell: false };
  expect(wrongWith(untold, false, now)).toEqual({});
  expect(signatureOf(untold, false)).not.toHaveProperty('urgent');
});

it('what is kept needs a ground, and tells nobody', () => {
  const kept = { ...filled(), attribute: 'not_open' as const, tell: true };
  expect(Object.keys(wrongWith(kept, true, now))).toEqual(['ground']);
  expect(signatureOf({ ...kept, ground: '第十六条' }, true)).toEqual({
    no_secret: true,
    attribute: 'not_open',
    ground: '第十六条',
  });
});

it('a time is one that comes', () => {
  const at = (later: string) => Object.keys(wrongWith({ ...filled(), later: true, at: later }, false, now));
  expect([at(''), at(now.toISOString()), at(tomorrow(now))]).toEqual([['at'], ['at'], []]);
  expect(tomorrow(now)).toBe('2026-11-27T09:00:00+08:00');
  expect(nextMonday(now)).toBe('2026-11-30T09:00:00+08:00');
  expect(nextMonday(new Date('2026-11-30T00:30:00Z'))).toBe('2026-12-07T09:00:00+08:00');
});

it('says what will happen before it does', () => {
  const timed = { ...filled(), later: true, at: tomorrow(now) };
  expect(consequences(timed, { title: '甲办法', public: false }, 0)).toBe(
    '《甲办法》将在2026年11月27日 09:00自动公开。在那以前可以取消。不会告诉关注的人。',
  );
  const corrected = consequences({ ...filled(), close_older: true }, { title: '甲办法', public: true }, 2);
  expect(corrected).toContain('替换居民现在看到的');
  expect(corrected).toContain('不再提供查阅');
  expect(corrected).toContain('2 份文件');
});
