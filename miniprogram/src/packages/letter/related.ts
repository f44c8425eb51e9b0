/** Answers that may spare somebody a letter, found while it is written. */
import { onScopeDispose, ref, watch } from 'vue';
import { related, type Related } from '@/api/letter';
import { Giving } from '@/platform/giving';

/** How many answers are shown, of how much of the text, and from how much on. In characters. */
const most = 3;
const looked = 200;
const least = 4;

/** How long a pause of typing is, and how long a finger takes to hit what it saw. In ms. */
const pause = 700;
const reach = 350;

/** What is asked: the title, then the text. Signs and faces ask nothing. */
export function questionOf(title: string, text: string): string {
  const whole = Array.from(`${title.trim()}\n${text.trim()}`.trim()).slice(0, looked).join('');
  return (whole.match(/[\p{L}\p{N}]/gu) ?? []).length < least ? '' : whole;
}

const name = (item: Related): string => `${item.kind} ${item.id} ${item.anchor}`;

/** New answers in the places of those that are gone; what is still there stays where it was. */
export function steady(before: readonly Related[], now: readonly Related[]): Related[] {
  const found = now.slice(0, most);
  const fresh = found.filter((item) => !before.some((old) => name(old) === name(item)));
  const kept = before.map((old) => found.find((item) => name(item) === name(old)) ?? fresh.shift());
  return [...kept, ...fresh].filter((item): item is Related => item !== undefined);
}

/** Looks for answers at each pause of typing. Whatever fails is as if there were none: nobody waits for them. */
export function useRelated(question: () => string, topic: () => string) {
  const answers = ref<Related[]>([]);
  let clock: ReturnType<typeof setTimeout> | undefined;
  let asking: Giving | undefined;
  let changedAt = 0;
  let held = false; // a finger lies on the list
  let waiting: Related[] | undefined;

  function show(found: readonly Related[]): void {
    if (held) {
      waiting = [...found];
      return;
    }
    const next = steady(answers.value, found);
    const moved = next.map(name).join() !== answers.value.map(name).join();
    answers.value = next;
    if (moved) changedAt = Date.now();
  }

  async function look(text: string): Promise<void> {
    const giving = (asking = new Giving());
    const found = await related(text, topic(), giving).catch(() => undefined);
    if (giving === asking && found) show(found.items ?? []);
  }

  function typed(text: string): void {
    clearTimeout(clock);
    asking?.up();
    asking = undefined;
    if (!text) show([]);
    else clock = setTimeout(() => void look(text), pause);
  }

  function touch(): void {
    held = true;
  }

  function release(): void {
    held = false;
    if (waiting) setTimeout(settle, reach); // the tap comes after the finger has left
  }

  function settle(): void {
    if (!waiting || held) return;
    const found = waiting;
    waiting = undefined;
    show(found);
  }

  watch(question, typed, { immediate: true });
  onScopeDispose(() => {
    clearTimeout(clock);
    asking?.up();
  });
  /** A tap was meant for what stood there before. */
  const isStray = () => Date.now() - changedAt < reach;
  return { answers, touch, release, isStray };
}
