import { afterEach, expect, it, vi } from 'vitest';
import { createApp, defineComponent, h, nextTick, reactive } from 'vue';
import { missing, replyOf, useAnswer, type Answering } from './answering';
import type { FeedbackRecord } from '@/api/feedback';
import { queries } from '@/api/query';
import { answered, tidy } from '@/testing';

afterEach(() => {
  tidy();
  window.localStorage.clear();
  vi.unstubAllGlobals();
});

const record = (changed: Partial<FeedbackRecord> = {}) =>
  ({ id: '01F', version: 3, may_answer: true, ...changed }) as FeedbackRecord;

/** Somebody at the box. */
function sit(of = record()): Answering {
  let box: Answering | undefined;
  const page = defineComponent(() => {
    box = useAnswer(() => of, '01S');
    return () => h('p');
  });
  createApp(page).mount(document.createElement('div'));
  if (!box) throw new Error('no box');
  return box;
}

const wrote = { text: '已更正，谢谢您。', outcome: 'corrected', reason: '' } as const;

it('wants a text, an outcome, and a reason for what is not accepted', () => {
  expect(Object.keys(missing({ text: ' ', outcome: '', reason: '' })).sort()).toEqual(['outcome', 'text']);
  expect(Object.keys(missing({ ...wrote, outcome: 'not_accepted' }))).toEqual(['reason']);
  expect(missing(wrote)).toEqual({});
});

it('sends a reason with what is not accepted alone', () => {
  expect(replyOf({ ...wrote, reason: '改主意之前写的' })).toEqual({ text: wrote.text, outcome: 'corrected' });
  expect(replyOf({ ...wrote, outcome: 'not_accepted', reason: ' 另有规定 ' })).toMatchObject({ reason: '另有规定' });
});

it('keeps what was typed when sending fails, also for who comes back', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(answered(503, { code: 'cache.away', detail: '请稍后再试' })));
  const box = sit();
  Object.assign(box.form.draft, wrote);
  await nextTick();
  expect(await box.form.submit()).toBe(false);
  expect(box.form.draft.text).toBe(wrote.text);
  expect(box.overtaken.value).toBe(false);
  const later = sit();
  expect(later.found).toBe(true);
  expect(later.form.draft).toMatchObject(wrote);
});

it('shows what is there now to who was overtaken, keeps what they typed, and sends it over that', async () => {
  const now = record({ version: 4, text: '还有一处' });
  const shown = reactive(record());
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request.headers.get('If-Match'));
    if (sent.length > 1) return Promise.resolve(answered(200, { ...now, version: 5 }));
    return Promise.resolve(answered(412, { status: 412, code: 'edit.stale', detail: '刚才有人改过', current: now }));
  });
  const box = sit(shown);
  Object.assign(box.form.draft, wrote);
  expect(await box.form.submit()).toBe(false);
  expect(box.overtaken.value).toBe(true);
  expect(queries.getQueryData<FeedbackRecord>(['feedback', 'one', '01F'])?.text).toBe('还有一处');
  expect(box.form.draft.text).toBe(wrote.text);
  Object.assign(shown, now); // as the page does
  expect(await box.form.submit()).toBe(true);
  expect(sent).toEqual(['"3"', '"4"']);
  expect(box.form.draft.text).toBe('');
  await nextTick();
  expect(sit().found).toBe(false);
});
