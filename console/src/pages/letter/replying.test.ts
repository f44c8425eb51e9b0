import { afterEach, expect, it, vi } from 'vitest';
import { createApp, defineComponent, h, nextTick, reactive } from 'vue';
import { bodyOf, longest, missing, useReply, type Replying } from './replying';
import type { LetterRecord } from '@/api/letters';
import { answered, tidy } from '@/testing';

afterEach(() => {
  tidy();
  window.sessionStorage.clear();
  vi.unstubAllGlobals();
});

const record = (changed: Partial<LetterRecord> = {}) =>
  ({ id: '01L', version: 3, draft: null, rights: { draft: true }, ...changed }) as LetterRecord;

function sit(of = record()): Replying {
  let box: Replying | undefined;
  const page = defineComponent(() => {
    box = useReply(() => of);
    return () => h('p');
  });
  createApp(page).mount(document.createElement('div'));
  if (!box) throw new Error('no box');
  return box;
}

const wrote = { text: '已维修，谢谢您。', basis: '', outcome: 'solved' } as const;
const draft = { text: '同事写的答复。', basis: '', outcome: 'explained', by: '李强', at: '2026-11-23T06:05:00Z' } as const;

it('wants a text that is not too long, and an outcome', () => {
  expect(Object.keys(missing({ text: ' ', basis: '', outcome: '' })).sort()).toEqual(['outcome', 'text']);
  expect(missing({ ...wrote, text: '字'.repeat(longest + 2) }).text).toContain('2');
  expect(missing(wrote)).toEqual({});
  expect(bodyOf({ ...wrote, basis: ' 鸢政发〔2022〕11号 ' })).toMatchObject({ basis: '鸢政发〔2022〕11号' });
});

it('keeps what was typed when sending fails, for who comes back too', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answered(503, { status: 503, code: 'cache.away', detail: '请稍后再试' })));
  const box = sit();
  Object.assign(box.form.draft, wrote);
  await nextTick();
  expect(await box.form.submit()).toBe(false);
  const later = sit();
  expect(later.found).toBe(true);
  expect(later.form.draft).toMatchObject(wrote);
});

it('begins with the reply that was sent back, and keeps nothing that is as it was', async () => {
  const box = sit(record({ draft }));
  expect(box.form.draft).toMatchObject({ text: draft.text, outcome: 'explained' });
  box.form.draft.text = '改过的';
  await nextTick();
  expect(sit(record({ draft })).form.draft.text).toBe('改过的');
  box.form.draft.text = draft.text;
  await nextTick();
  expect(sit(record({ draft })).found).toBe(false);
});

it('shows both texts to who was overtaken, and sends over what is there now', async () => {
  const shown = reactive(record());
  const now = record({ version: 4, draft });
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    if (request.method === 'PUT') sent.push(request.headers.get('If-Match'));
    if (sent.length > 1) return Promise.resolve(answered(200, { ...now, version: 5 }));
    return Promise.resolve(answered(412, { status: 412, code: 'edit.stale', detail: '刚才有人改过', current: now }));
  });
  const box = sit(shown);
  Object.assign(box.form.draft, wrote);
  expect(await box.form.submit()).toBe(false);
  expect(box.overtaken.value).toBe(true);
  expect(box.theirs.value?.text).toBe(draft.text);
  expect(box.form.draft.text).toBe(wrote.text);
  Object.assign(shown, now); // as the page does
  expect(await box.form.submit()).toBe(true);
  expect(sent).toEqual(['"3"', '"4"']);
  expect(sit(record()).found).toBe(false);
});

it('takes the other text where the clerk says so', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answered(412, { status: 412, code: 'edit.stale', current: record({ draft }) })));
  const box = sit();
  Object.assign(box.form.draft, wrote);
  await box.form.submit();
  box.useTheirs();
  expect(box.form.draft).toMatchObject({ text: draft.text, outcome: 'explained' });
  expect(box.theirs.value).toBeUndefined();
});
