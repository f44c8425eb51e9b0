/** The letters before and behind the one that is open, in the box from which it was opened. */
import { computed, ref, watch, type ComputedRef } from 'vue';
import { useRoute, type RouteLocationRaw } from 'vue-router';
import { filterNames, questionOf } from './asking';
import { useLetterList } from '@/api/letters';
import { useFilters } from '@/components/useFilters';

/** How far a walk goes without coming back to the list. */
const far = 100;

/** The neighbours of one in a list; one that has left it has its place between those that were beside it. */
export function neighbours(ids: readonly string[], id: string, place: number): { before?: string; next?: string } {
  const at = ids.indexOf(id);
  if (at >= 0) return { before: ids[at - 1], next: ids[at + 1] };
  return { before: ids[Math.min(place, ids.length) - 1], next: ids[place] ?? ids.at(-1) };
}

interface Queue {
  next: ComputedRef<RouteLocationRaw | undefined>;
  before: ComputedRef<RouteLocationRaw | undefined>;
  back: ComputedRef<RouteLocationRaw>;
}

export function useQueue(id: () => string): Queue {
  const route = useRoute();
  const { values: filters } = useFilters(filterNames);
  const list = useLetterList(
    () => questionOf(filters, far),
    () => filters.box !== '',
  );
  const ids = computed(() => (list.data?.items ?? []).map((l) => l.id));
  const place = ref(0); // where the letter stood when it was last there
  watch(
    [ids, id],
    () => {
      const at = ids.value.indexOf(id());
      if (at >= 0) place.value = at;
    },
    { immediate: true },
  );
  const beside = computed(() => neighbours(ids.value, id(), place.value));
  const to = (id: string | undefined) => id && { name: 'letters.one', params: { id }, query: route.query };
  return {
    next: computed(() => to(beside.value.next) || undefined),
    before: computed(() => to(beside.value.before) || undefined),
    back: computed(() => ({ name: 'letters', query: route.query })),
  };
}
