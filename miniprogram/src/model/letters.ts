/** How one's letters stand, for the pages from which one gets to them. */
import { computed, shallowRef, watch } from 'vue';
import { letters, type LetterItem, type OwnBox } from '@/api/letter';
import { token } from '@/api/token';

/** As many of those under way as are looked through. */
const latest = 100;

const open = ['received', 'assigned', 'signing', 'ending', 'merged'];

const list = shallowRef<LetterItem[]>([]);
const counts = shallowRef<Record<OwnBox, number>>();

watch(token, (given) => {
  if (!given) [list.value, counts.value] = [[], undefined];
});

export const isOpen = (l: LetterItem): boolean => open.includes(l.state);

/** Answered, and its author has not said yet what they think of it. */
export const unrated = computed(() => counts.value?.unrated ?? 0);
export const underWay = computed(() => list.value);

/** Asks the house; who is away sees what was known before. */
export async function lookAtLetters(): Promise<void> {
  if (!token.value) return;
  const page = await letters.mine(0, 'open', latest).catch(() => undefined);
  if (page) [list.value, counts.value] = [page.value.items, page.value.boxes];
}
