import { expect, test, vi } from 'vitest';
import type { Read } from '@/api/client';
import type { PageOf } from './list';
import { usePages } from './pages';
import { NoAnswer } from '@/platform/network';
import { Problem } from '@/api/problem';

vi.mock('@/api/client', () => ({}));

/** A house that holds numbers, and answers when it is told to. */
function numbers(total: number) {
  const asked: number[] = [];
  const waiting: { answer: () => void; fail: (thrown: unknown) => void }[] = [];
  const read = (offset: number) =>
    new Promise<Read<PageOf<number>>>((done, fail) => {
      asked.push(offset);
      const items = Array.from({ length: Math.max(0, Math.min(20, total - offset)) }, (_, i) => offset + i);
      waiting.push({ answer: () => done({ value: { items, total }, old: false }), fail });
    });
  return { asked, waiting, pages: usePages(read, String) };
}

async function settle(one: { answer: () => void } | undefined): Promise<void> {
  one?.answer();
  await new Promise((done) => setTimeout(done));
}

test('a list goes on page by page and ends', async () => {
  const { asked, waiting, pages } = numbers(45);
  void pages.reading.again();
  await settle(waiting[0]);
  expect([pages.items.value.length, pages.end.value]).toEqual([20, 'more']);
  void pages.more();
  void pages.more(); // while it is being read it is not asked again
  expect(pages.end.value).toBe('busy');
  await settle(waiting[1]);
  void pages.more();
  await settle(waiting[2]);
  expect(asked).toEqual([0, 20, 40]);
  expect([pages.items.value.length, pages.end.value]).toEqual([45, 'end']);
});

test('what does not come can be asked for again, and nothing of before is lost', async () => {
  const { waiting, pages } = numbers(45);
  void pages.reading.again();
  await settle(waiting[0]);
  void pages.more();
  waiting[1]?.fail(Problem.own('offline'));
  await settle(undefined);
  expect([pages.items.value.length, pages.end.value]).toEqual([20, 'failed']);
  void pages.more();
  await settle(waiting[2]);
  expect(pages.items.value).toHaveLength(40);
});

test('the last question wins, also over a page of the one before', async () => {
  const { waiting, pages } = numbers(45);
  void pages.reading.again();
  await settle(waiting[0]);
  void pages.more();
  void pages.reading.again();
  await settle(waiting[2]);
  await settle(waiting[1]); // late
  expect(pages.items.value).toHaveLength(20);
  expect(pages.end.value).toBe('more');
});

test('a question that was given up is no trouble', async () => {
  const { waiting, pages } = numbers(45);
  void pages.reading.again();
  waiting[0]?.fail(new NoAnswer('given up'));
  await settle(undefined);
  expect(pages.reading.phase.value).toBe('loading');
});

test('the last one that is taken away leaves an empty list', async () => {
  const { waiting, pages } = numbers(1);
  void pages.reading.again();
  await settle(waiting[0]);
  pages.drop(0);
  expect(pages.reading.phase.value).toBe('empty');
});
