/** How one's letters stand, for the pages from which one gets to them. */
import { computed, shallowRef, watch } from 'vue';
import { letters, type LetterItem } from '@/api/letter';
import { token } from '@/api/token';

/** As many of the latest as are looked through. */
const latest = 100;
const open = ['received', 'assigned', 'signing', 'ending', 'merged'];

const list = shallowRef<LetterItem[]>([]);

watch(token, (given) => {
  if (!given) list.value = [];
});

export const isUnrated = (l: LetterItem): boolean => l.state === 'answered' && !l.rated;
export const isOpen = (l: LetterItem): boolean => open.includes(l.state);

/** Answered, and its author has not said yet what they think of it. */
export const unrated = computed(() => list.value.filter(isUnrated).length);
export const underWay = computed(() => list.value.filter(isOpen));

/** Asks the house; who is away sees what was known before. */
export async function lookAtLetters(): Promise<void> {
  if (!token.value) return;
  const page = await letters.mine(0, latest).catch(() => undefined);
  if (page) list.value = page.value.items;
}
