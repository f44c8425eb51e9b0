/** What was begun is there again: on this phone at each pause, in the house for who is signed in. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import { draftHere, draftThere, newer, useKeeping, type Draft } from './draft';
import { emptyForm } from './form';
import { signedIn, signedOut } from '@/api/token';
import { me } from '@/model/resident';
import { forgetUnsent } from '@/model/unsent';
import { newPhone, type Phone } from '@/testing';

vi.mock('@/platform/shelf', () => ({ shelf: { read: async () => undefined, write: async () => undefined, remove: async () => undefined } }));

let phone: Phone;
const wang = { id: 'r1', agreed: true } as NonNullable<typeof me.value>;
const draft = (text: string, at: number, who = ''): Draft => ({ form: { ...emptyForm('ask'), text }, step: 'words', who, at });

function keeping() {
  const form = reactive(emptyForm('ask'));
  return { form, ...useKeeping(() => ({ form: { ...form }, step: 'words' as const })) };
}
const put = () => phone.asked.filter((a) => a.method === 'PUT');

beforeEach(() => {
  vi.useFakeTimers();
  phone = newPhone({ status: 204 });
  signedOut();
  me.value = undefined;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a draft', () => {
  test('lies on the phone after a pause, and not for each letter', async () => {
    const { form, begin } = keeping();
    begin();
    for (const text of ['暖', '暖气', '暖气不热']) {
      form.text = text;
      await vi.advanceTimersByTimeAsync(100);
      expect(draftHere('ask')).toBeUndefined();
    }
    await vi.advanceTimersByTimeAsync(400);
    expect(draftHere('ask')?.form.text).toBe('暖气不热');
    expect(draftHere('mayor')).toBeUndefined();
    expect(phone.asked).toEqual([]); // nobody is signed in
  });

  test('is read by nobody else, and goes with whoever signs out', async () => {
    signedIn('token');
    await nextTick();
    me.value = wang;
    const { form, keepHere, begin } = keeping();
    begin();
    form.text = '暖气不热';
    keepHere();
    signedOut();
    await nextTick();
    expect(me.value).toBeUndefined();
    expect(draftHere('ask')).toBeUndefined(); // the session is over: it waits for its author
    form.text = '暖气不热，请派人来';
    keepHere();
    expect(draftHere('ask')).toBeUndefined(); // and stays theirs
    signedIn('another');
    await nextTick();
    me.value = { ...wang, id: 'r2' };
    expect(draftHere('ask')).toBeUndefined();
    me.value = wang;
    expect(draftHere('ask')?.form.text).toBe('暖气不热，请派人来');
    forgetUnsent();
    expect(draftHere('ask')).toBeUndefined();
  });

  test('is told the house after a longer pause, of who is signed in', async () => {
    signedIn('token');
    me.value = wang;
    const { form, kept, begin } = keeping();
    begin();
    form.text = '暖气不热';
    await vi.advanceTimersByTimeAsync(3500);
    expect(put()).toHaveLength(1);
    expect(JSON.parse((put()[0]?.data as { form: string }).form)).toMatchObject({ who: 'r1', form: { text: '暖气不热' } });
    expect(kept.value).toBe('both');
  });

  test('is not told once the letter goes: it would come back after it was sent', async () => {
    signedIn('token');
    me.value = wang;
    const { form, rest, keepNow, begin } = keeping();
    begin();
    form.text = '暖气不热';
    await vi.advanceTimersByTimeAsync(100);
    await rest();
    keepNow();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(put()).toEqual([]);
  });

  test('says that a full phone did not take it', async () => {
    phone.full = true;
    const { form, kept, begin } = keeping();
    begin();
    form.text = '暖气不热';
    await vi.advanceTimersByTimeAsync(500);
    expect(kept.value).toBe('not');
  });
});

test('of another person is not shown on a phone that two use', () => {
  phone.kept.set('draft.letter.ask', JSON.stringify(draft('给市长的悄悄话', 1, 'r2')));
  expect(draftHere('ask')).toBeUndefined(); // nobody is signed in: whoever reads may be anybody
  signedIn('token');
  expect(draftHere('ask')?.who).toBe('r2'); // away from the house, nobody knows whose the token is
  me.value = wang;
  expect(draftHere('ask')).toBeUndefined();
});

test('that nobody can read any more is none', async () => {
  for (const wrong of ['{"form":1}', '{"form":{"channel":"ask"},"at":1}', '"x"', JSON.stringify(draft('', 1))]) {
    phone.kept.set('draft.letter.ask', wrong);
    expect(draftHere('ask'), wrong).toBeUndefined();
  }
  signedIn('token');
  me.value = wang;
  phone.answers = [{ body: { form: 'not JSON', at: '' } }];
  expect(await draftThere('ask')).toBeUndefined();
  phone.answers = [{ body: { form: JSON.stringify(draft('在另一部手机上写的', 2)), at: '' } }];
  expect((await draftThere('ask'))?.form.text).toBe('在另一部手机上写的');
});

test('the newer of two is offered', () => {
  const [old, young] = [draft('旧', 1), draft('新', 2)];
  expect([newer(old, young), newer(young, old)]).toEqual([young, young]);
  expect([newer(undefined, old), newer(old), newer()]).toEqual([old, old, undefined]);
});
