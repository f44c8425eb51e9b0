/** Answers come at a pause of typing, the newest question wins, and nothing moves under a finger. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { questionOf, steady, useRelated } from './related';
import type { Related } from '@/api/letter';
import { newPhone, type Phone } from '@/testing';

vi.mock('@/platform/shelf', () => ({ shelf: { read: async () => undefined, write: async () => undefined, remove: async () => undefined } }));

const answer = (id: string): Related => ({ kind: 'letter', id, anchor: '' }) as Related;
const ids = (list: readonly Related[]) => list.map((item) => item.id).join(' ');

let phone: Phone;
const house = (...found: string[]) => (phone = newPhone({ status: 200, body: { items: found.map(answer) } }));

function writing() {
  const text = ref('');
  const scope = effectScope();
  const here = scope.run(() => useRelated(() => questionOf('', text.value), () => 'housing'));
  if (!here) throw new Error('the scope is closed');
  const type = async (typed: string, then = 0) => {
    text.value = typed;
    await nextTick();
    await vi.advanceTimersByTimeAsync(then);
  };
  return { ...here, type, leave: () => scope.stop() };
}

beforeEach(() => {
  vi.useFakeTimers();
  house('a', 'b');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what is asked', () => {
  test('is the title and the beginning of the text, and nothing where there are only signs', () => {
    expect(questionOf('暖气', ' 不热 ')).toBe('暖气\n不热');
    expect(questionOf('', '暖气？😡😡😡😡！！')).toBe('');
    expect(Array.from(questionOf('长', '暖'.repeat(3000)))).toHaveLength(200);
  });

  test('is asked at a pause and not for each letter, in no address', async () => {
    const { answers, type } = writing();
    for (const text of ['我家暖气', '我家暖气不', '我家暖气不热']) await type(text, 300);
    expect(phone.asked).toHaveLength(0);
    await type('我家暖气不热了', 1000);
    expect(phone.asked).toHaveLength(1);
    expect(phone.asked[0]?.url).not.toContain('?');
    expect(phone.asked[0]?.data).toEqual({ text: '我家暖气不热了', topic: 'housing' });
    expect(ids(answers.value)).toBe('a b');
  });

  test('is not asked again where only what nobody looks at has changed', async () => {
    const { type } = writing();
    await type('暖'.repeat(300), 1000);
    await type('暖'.repeat(400), 1000);
    expect(phone.asked).toHaveLength(1);
  });

  test('is given up where the page is left or the text is gone', async () => {
    const { answers, type, leave } = writing();
    await type('我家暖气不热', 1000);
    await type('', 0);
    expect(ids(answers.value)).toBe('');
    await type('我家暖气不热', 100);
    leave();
    await vi.advanceTimersByTimeAsync(2000);
    expect(phone.asked).toHaveLength(1);
  });
});

describe('what is shown', () => {
  test('keeps its place while it is still found', () => {
    const now = ['c', 'b', 'd', 'e'].map(answer);
    expect(ids(steady(['a', 'b'].map(answer), now))).toBe('c b d');
    expect(ids(steady([], now))).toBe('c b d');
    expect(ids(steady(['a', 'b'].map(answer), [answer('b')]))).toBe('b');
    expect(ids(steady(['a', 'b'].map(answer), []))).toBe('');
  });

  test('does not change under a finger, nor is it opened by a tap that came too early', async () => {
    const { answers, type, touch, release, isStray } = writing();
    await type('我家暖气不热', 1000);
    expect(isStray()).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(isStray()).toBe(false);
    touch();
    house('x', 'y');
    await type('小区电梯坏了', 1000);
    expect(ids(answers.value)).toBe('a b');
    release();
    await vi.advanceTimersByTimeAsync(100);
    expect(ids(answers.value)).toBe('a b');
    await vi.advanceTimersByTimeAsync(400);
    expect(ids(answers.value)).toBe('x y');
  });

  test('stays where the network is away', async () => {
    const { answers, type } = writing();
    await type('我家暖气不热', 1000);
    newPhone({ fails: 'offline' });
    await type('我家暖气不热，怎么办', 1000);
    expect(ids(answers.value)).toBe('a b');
  });
});
