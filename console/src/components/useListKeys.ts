/** j and k walk through a list, as in a mail program; Enter opens, because what they reach is a link. */
import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/** Whether a key belongs to a field, or to a shortcut of the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const at = event.target instanceof HTMLElement ? event.target : undefined;
  return Boolean(at?.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=combobox]'));
}

/** Where a key leads from a place in a list; undefined for keys that lead nowhere. */
export function step(key: string, from: number, length: number): number | undefined {
  if (length === 0) return undefined;
  if (key === 'j') return Math.min(from + 1, length - 1);
  if (key === 'k') return Math.max(from - 1, 0);
  return undefined;
}

/** Listens while the list is shown. `[data-row-door]` is what opens a row. */
export function useListKeys(list: Readonly<Ref<HTMLElement | null>>): void {
  function walk(event: KeyboardEvent): void {
    if (isTyping(event)) return;
    const doors = [...(list.value?.querySelectorAll<HTMLElement>('[data-row-door]') ?? [])];
    const from = doors.findIndex((door) => door === document.activeElement);
    const to = step(event.key, from, doors.length);
    if (to === undefined) return;
    event.preventDefault();
    doors[to]?.focus();
    doors[to]?.scrollIntoView({ block: 'nearest' });
  }
  onMounted(() => window.addEventListener('keydown', walk));
  onBeforeUnmount(() => window.removeEventListener('keydown', walk));
}
