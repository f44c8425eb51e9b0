/** An endless list of policies: read a page at a time, each of the same question. */
import { computed, ref, shallowRef } from 'vue';
import { policies, type Item, type Listing } from '@/api/policy';
import { searching } from '@/locale/zh-CN';
import { added, mostListed, pageSize } from './list';
import { useReading } from './reading';

export type End = 'more' | 'busy' | 'failed' | 'end' | 'most';

export function useListing(question: () => Listing) {
  const items = shallowRef<Item[]>([]);
  const total = ref<number>();
  const hint = ref('');
  const state = ref<'idle' | 'busy' | 'failed'>('idle');
  let asked = 0; // pages of an older question are dropped

  const reading = useReading(
    async () => {
      const mine = ++asked;
      const page = await policies.list({ ...question(), limit: pageSize, offset: 0 });
      if (mine === asked) {
        items.value = page.value.items;
        total.value = page.value.total;
        hint.value = page.value.hint?.text ?? (page.value.degraded ? searching.degraded : '');
        state.value = 'idle';
      }
      return page;
    },
    (page) => page.total === 0,
  );

  const end = computed<End>(() => {
    if (state.value !== 'idle') return state.value;
    if (items.value.length >= (total.value ?? 0)) return 'end';
    return items.value.length >= mostListed ? 'most' : 'more';
  });

  async function more(): Promise<void> {
    if (reading.phase.value !== 'ready' || !['more', 'failed'].includes(end.value)) return;
    const mine = asked;
    state.value = 'busy';
    try {
      const offset = Math.min(items.value.length, mostListed - pageSize);
      const page = await policies.list({ ...question(), limit: pageSize, offset });
      if (mine !== asked) return;
      items.value = [...items.value, ...added(items.value, page.value.items, (i) => i.id)];
      total.value = page.value.items.length === 0 ? items.value.length : page.value.total;
      state.value = 'idle';
    } catch {
      if (mine === asked) state.value = 'failed';
    }
  }

  return { items, total, hint, reading, end, more };
}
