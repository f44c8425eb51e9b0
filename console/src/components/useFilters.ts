/** The filters of a list live in the address: they can be kept, sent, and found again by going back. */
import { computed, reactive, type WritableComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';

export type Filters<K extends string> = Record<K, string> & { page: number };

interface Set<K extends string> {
  values: Filters<K>;
  any: Readonly<{ value: boolean }>;
  clear: () => void;
}

const text = (query: LocationQuery, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value : '';
};

export function useFilters<K extends string>(names: readonly K[]): Set<K> {
  const route = useRoute();
  const router = useRouter();

  const put = (changed: Record<string, string>) => {
    const query = { ...route.query, ...changed };
    void router.replace({ query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) });
  };
  const filter = (name: K): WritableComputedRef<string> =>
    computed({
      get: () => text(route.query, name),
      set: (value) => put({ [name]: value ?? '', page: '' }), // another list begins at its beginning
    });
  const page = computed({
    get: () => Math.max(1, Number.parseInt(text(route.query, 'page'), 10) || 1),
    set: (value: number) => put({ page: value > 1 ? String(value) : '' }),
  });

  const values = reactive({ ...Object.fromEntries(names.map((name) => [name, filter(name)])), page }) as Filters<K>;
  return {
    values,
    any: computed(() => names.some((name) => name !== 'sort' && values[name] !== '')),
    clear: () => put(Object.fromEntries([...names, 'page'].map((name) => [name, '']))),
  };
}
