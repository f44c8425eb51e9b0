/** An endless list of what the house holds for one person: read a page at a time. */
import { computed, ref, shallowRef } from 'vue';
import type { Read } from '@/api/client';
import { added, type PageOf } from './list';
import type { End } from './listing';
import { useReading } from './reading';

export function usePages<T>(read: (offset: number) => Promise<Read<PageOf<T>>>, keyOf: (one: T) => string) {
  const items = shallowRef<T[]>([]);
  const total = ref(0);
  const state = ref<'idle' | 'busy' | 'failed'>('idle');
  let asked = 0;

  const reading = useReading(
    async () => {
      const mine = ++asked;
      const page = await read(0);
      if (mine === asked) [items.value, total.value, state.value] = [page.value.items, page.value.total, 'idle'];
      return page;
    },
    (page) => page.total === 0,
  );

  const end = computed<End>(() =>
    state.value !== 'idle' ? state.value : items.value.length >= total.value ? 'end' : 'more',
  );

  async function more(): Promise<void> {
    if (!['more', 'failed'].includes(end.value) || reading.phase.value !== 'ready') return;
    const mine = asked;
    state.value = 'busy';
    try {
      const page = await read(items.value.length);
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
    items.value = items.value.filter((o) => keyOf(o) !== keyOf(one));
    total.value -= 1;
    if (total.value <= 0) reading.phase.value = 'empty';
  }

  return { items, total, reading, end, more, drop };
}
