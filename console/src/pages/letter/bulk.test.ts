import { afterEach, expect, it, vi } from 'vitest';
import { useBulk } from './bulk';
import type { LetterListed } from '@/api/letters';
import { answered, pending, tidy } from '@/testing';

afterEach(() => {
  tidy();
  vi.unstubAllGlobals();
});

const letters = ['01A', '01B', '01C'].map((id) => ({ id, number: `鸢都2026-${id}` }) as LetterListed);
const record = (id: string, state = 'received') => ({ id, state, version: 7 });

/** A house with three letters; `refuse` says what is wrong with one. */
function house(states: Record<string, string> = {}, refuse: (id: string) => Response | undefined = () => undefined) {
  const sent: { id: string; version: string | null; key: string | null }[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    const id = /letters\/(\w+)/.exec(request.url)?.[1] ?? '';
    if (request.method === 'GET') return Promise.resolve(answered(200, record(id, states[id])));
    sent.push({ id, version: request.headers.get('If-Match'), key: request.headers.get('Idempotency-Key') });
    return Promise.resolve(refuse(id) ?? answered(200, record(id, 'assigned')));
  });
  return sent;
}

it('gives each by its own version, and says which went', async () => {
  const sent = house();
  const gone: string[] = [];
  const bulk = useBulk((id) => gone.push(id));
  await bulk.run(letters, { lead: 'zj' });
  expect(gone).toEqual(['01A', '01B', '01C']);
  expect(sent.map((s) => s.version)).toEqual(['"7"', '"7"', '"7"']);
  expect(new Set(sent.map((s) => s.key)).size).toBe(3);
  expect(bulk.failed.value).toEqual([]);
});

it('keeps what failed with the reason, goes on with the rest, and tries again under the same key', async () => {
  let broken = true;
  const sent = house({}, (id) =>
    id === '01B' && broken ? answered(503, { status: 503, code: 'cache.away', detail: '请稍后再试' }) : undefined,
  );
  const gone: string[] = [];
  const bulk = useBulk((id) => gone.push(id));
  await bulk.run(letters, { lead: 'zj' });
  expect(gone).toEqual(['01A', '01C']);
  expect(bulk.failed.value).toEqual([{ id: '01B', number: '鸢都2026-01B', why: '请稍后再试' }]);
  broken = false;
  await bulk.run(letters.slice(1, 2), { lead: 'zj' });
  expect(gone).toEqual(['01A', '01C', '01B']);
  const [first, again] = sent.filter((s) => s.id === '01B');
  expect(again?.key).toBe(first?.key);
});

it('does not take a letter away from whom a colleague gave it to meanwhile', async () => {
  const sent = house({ '01A': 'assigned' });
  const bulk = useBulk(() => undefined);
  await bulk.run(letters.slice(0, 1), { lead: 'zj' });
  expect(sent).toEqual([]);
  expect(bulk.failed.value[0]?.why).toContain('已经不是待分派');
});

it('pressed twice gives once', async () => {
  const late = pending<Response>();
  let asked = 0;
  vi.stubGlobal('fetch', () => {
    asked++;
    return late.promise;
  });
  const bulk = useBulk(() => undefined);
  const first = bulk.run(letters.slice(0, 1), { lead: 'zj' });
  await bulk.run(letters.slice(0, 1), { lead: 'zj' });
  expect(asked).toBe(1);
  late.keep(answered(404, { status: 404, code: 'letter.not_found', detail: '没有这封信。' }));
  await first;
});
