/** A letter arrives once, whatever the network does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bodyOf, emptyForm } from './form';
import type { Pending } from './draft';
import { sendOnce, type Came } from './sending';
import { newPhone, type Answered, type Phone } from '@/testing';

vi.mock('@/platform/shelf', () => ({ shelf: { read: async () => undefined, write: async () => undefined, remove: async () => undefined } }));

let phone: Phone;
let kept: Pending | undefined;
const body = bodyOf({ ...emptyForm('ask'), title: '供暖', text: '暖气一直不热' });
const there = { id: 'l1', channel: 'ask', title: body.title, text: body.text, number: '鸢都2026-000318' };

function answers(...list: Answered[]): void {
  phone = newPhone(...list);
}
const send = async (what = body): Promise<Came> => {
  const came = await sendOnce(what, kept, (p) => (kept = p));
  kept = 'problem' in came ? came.pending : undefined;
  return came;
};
const keys = () => phone.asked.filter((a) => a.method === 'POST').map((a) => a.header['Idempotency-Key']);

beforeEach(() => (kept = undefined));
afterEach(() => void vi.unstubAllGlobals());

test('sent again after no answer came, it goes under the same key', async () => {
  answers({ fails: 'offline' }, { body: there });
  expect(await send()).toMatchObject({ problem: { code: 'offline' } });
  expect(kept?.body).toEqual(body);
  expect(await send()).toMatchObject({ letter: { number: there.number }, before: false });
  expect(new Set(keys()).size).toBe(1);
});

test('a server that is busy, and a sign-in that is over, leave the key as it was', async () => {
  answers({ status: 503, body: {} }, { status: 401, body: { code: 'signin.needed' } }, { status: 409, body: { code: 'request.running' } }, { body: there });
  for (let i = 0; i < 4; i += 1) await send();
  expect(new Set(keys()).size).toBe(1);
});

test('what was refused goes anew under another key', async () => {
  answers({ status: 422, body: { code: 'letter.title', errors: [{ field: 'title', message: '标题' }] } }, { body: there });
  expect(await send()).toMatchObject({ problem: { fields: [{ field: 'title' }] }, pending: undefined });
  await send({ ...body, title: '供暖不热' });
  expect(new Set(keys()).size).toBe(2);
});

test('changed after a try that was not answered, and there already: no second letter', async () => {
  answers({ fails: 'timeout' }, { body: { items: [there], total: 1 } }, { body: there });
  await send();
  expect(await send({ ...body, text: '暖气一直不热，楼上也是' })).toMatchObject({ letter: { id: 'l1' }, before: true });
  expect(keys()).toHaveLength(1);
});

test('changed after a try that was not answered, and not there: it is a new one', async () => {
  answers({ fails: 'offline' }, { body: { items: [{ ...there, title: '别的事' }], total: 1 } }, { body: there });
  await send();
  await send({ ...body, title: '供暖不热' });
  expect(new Set(keys()).size).toBe(2);
});

test('as long as the house can’t be asked, nothing is sent twice', async () => {
  answers({ fails: 'offline' });
  await send();
  const first = kept;
  await send({ ...body, text: '改过的内容' });
  expect(keys()).toHaveLength(1);
  expect(kept).toEqual(first);
});
