import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { usePolling } from './usePolling';

let away = false;
Object.defineProperty(document, 'hidden', { configurable: true, get: () => away });

beforeEach(() => {
  vi.useFakeTimers();
  away = false;
});
afterEach(() => void vi.useRealTimers());

const turn = (from: boolean) => {
  away = from;
  document.dispatchEvent(new Event('visibilitychange'));
};

it('asks again while there is work, and not while nobody looks', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(); // there is no component to unmount here
  const working = ref(true);
  const again = vi.fn(() => Promise.resolve());
  const scope = effectScope();
  scope.run(() => usePolling(() => working.value, again, 2_000));

  await vi.advanceTimersByTimeAsync(4_100);
  expect(again).toHaveBeenCalledTimes(2);
  turn(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(again).toHaveBeenCalledTimes(2);
  turn(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(again).toHaveBeenCalledTimes(3);
  working.value = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(again.mock.calls.length).toBeLessThanOrEqual(4); // one may have been under way
  const asked = again.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(again).toHaveBeenCalledTimes(asked);
  scope.stop();
  warn.mockRestore();
});
