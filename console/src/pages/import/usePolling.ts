/** Asks again and again while the house is at work. */
import { onBeforeUnmount, watch } from 'vue';

/** How long after an answer the next is asked for, in ms. */
const pause = 1_200;

export function usePolling(working: () => boolean, again: () => Promise<unknown>): void {
  let clock = 0;
  let over = false;

  async function ask(): Promise<void> {
    await again();
    next();
  }
  function next(): void {
    clearTimeout(clock);
    if (!over && working()) clock = window.setTimeout(ask, pause);
  }
  watch(working, next, { immediate: true });
  onBeforeUnmount(() => {
    over = true;
    clearTimeout(clock);
  });
}
