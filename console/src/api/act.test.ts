import { expect, it, vi } from 'vitest';
import { newKey, useAct } from './act';
import { Problem } from './problem';
import { pending } from '@/testing';

const refusal = new Problem({ status: 422, code: 'input.invalid', detail: '请按提示改好后再提交。' });
const keysOf = (send: ReturnType<typeof vi.fn>) => send.mock.calls.map((call) => call[1] as string);

it('pressing twice sends once', async () => {
  const answer = pending<void>();
  const send = vi.fn(() => answer.promise);
  const { run, busy } = useAct(send);
  const first = run({ name: '李强' });
  expect(busy.value).toBe(true);
  expect(await run({ name: '李强' })).toBe(false);
  answer.keep();
  expect(await first).toBe(true);
  expect(send).toHaveBeenCalledOnce();
});

it('trying again after a lost answer carries the same key, so that it is done once', async () => {
  const send = vi.fn().mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValueOnce(undefined);
  const { run, problem } = useAct(send);
  expect(await run({ name: '李强' })).toBe(false);
  expect(problem.value?.code).toBe('offline');
  expect(await run({ name: '李强' })).toBe(true);
  const [first, second] = keysOf(send);
  expect(second).toBe(first);
});

it('what was typed anew is another intent, and gets another key', async () => {
  const send = vi.fn().mockRejectedValue(new TypeError('fetch failed'));
  const { run } = useAct(send);
  await run({ name: '李强' });
  await run({ name: '李刚' });
  const [first, second] = keysOf(send);
  expect(second).not.toBe(first);
});

it('after a refusal for good, and after success, the next key is new', async () => {
  const send = vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue(undefined);
  const { run } = useAct(send);
  for (let i = 0; i < 3; i++) await run('same');
  expect(new Set(keysOf(send)).size).toBe(3);
});

it('keys are made where browsers withhold randomUUID, as they do without https', () => {
  const real = crypto;
  vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) });
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
  vi.unstubAllGlobals();
});
