/** An endless list: a page at a time, each of the same question. */
import { computed, ref, shallowRef } from 'vue';
import type { Read } from '@/api/client';
import { added, mostListed, pageSize, type PageOf } from './list';
import { useReading } from './reading';

/** How a list goes on: there is more, it is being read, it did not come; it ends; the house lists no further. */
export type End = 'more' | 'busy' | 'failed' | 'end' | 'most';

export function usePages<T>(read: (offset: number) => Promise<Read<PageOf<T>>>, keyOf: (one: T) => string) {
  const items = shallowRef<T[]>([]);
  const total = ref(0);
  const state = ref<'idle' | 'busy' | 'failed'>('idle');
  let asked = 0; // pages of an older question are dropped

  const reading = useReading(
    async () => {
      const mine = ++asked;
      const page = await read(0);
      if (mine === asked) [items.value, total.value, state.value] = [page.value.items, page.value.total, 'idle'];
      return page;
    },
    (page) => page.total === 0,
  );

  const end = computed<End>(() => {
    if (state.value !== 'idle') return state.value;
    if (items.value.length >= total.value) return 'end';
    return items.value.length >= mostListed ? 'most' : 'more';
  });

  async function more(): Promise<void> {
    if (reading.phase.value !== 'ready' || !['more', 'failed'].includes(end.value)) return;
    const mine = asked;
    state.value = 'busy';
    try {
      const page = await read(Math.min(items.value.length, mostListed - pageSize));
      if (mine !== asked) return;
      items.value = [...items.value, ...added(items.value, page.value.items, keyOf)];
      total.value = page.value.items.length === 0 ? items.value.length : page.value.total;
      state.value = 'idle';
    } catch {
      if (mine === asked) state.value = 'failed';
    }
  }

  /** Takes one away that the house holds no longer. */
  function drop(one: T): void {
    items.value = items.value.filter((other) => keyOf(other) !== keyOf(one));
    total.value -= 1;
    if (total.value <= 0) reading.phase.value = 'empty';
  }

  return { items, total, reading, end, more, drop };
}
