/** Asks again and again while the house is at work and somebody can see it. */
import { onBeforeUnmount, watch } from 'vue';

export function usePolling(
  working: () => boolean,
  again: () => Promise<unknown>,
  /** How long after an answer the next is asked for, in ms. */
  pause = 1_200,
): void {
  let clock = 0;
  let over = false;

  async function ask(): Promise<void> {
    await again();
    next();
  }
  function next(): void {
    clearTimeout(clock);
    if (!over && !document.hidden && working()) clock = window.setTimeout(ask, pause);
  }
  const seen = (): void => (document.hidden ? clearTimeout(clock) : next());

  watch(working, next, { immediate: true });
  document.addEventListener('visibilitychange', seen);
  onBeforeUnmount(() => {
    over = true;
    clearTimeout(clock);
    document.removeEventListener('visibilitychange', seen);
  });
}
