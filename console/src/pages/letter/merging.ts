/** Has many letters go with one, some at a time: whoever waits sees how far it is. */
import { computed, ref, shallowRef } from 'vue';
import { Intent } from '@/api/act';
import { listsChanged } from '@/api/letters';
import { mergeInto, type LetterLeft } from '@/api/lettersTogether';
import { Problem } from '@/api/problem';

/** Letters that go in one request. */
const atOnce = 50;

export const stepsOf = <T>(list: readonly T[], size = atOnce): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));

export function useMerging() {
  const done = ref(0);
  const total = ref(0);
  const running = ref(false);
  const left = shallowRef<LetterLeft[]>([]);
  const problem = shallowRef<Problem>();
  const intents = new Map<string, Intent>(); // tried again, a step is the same one

  async function step(into: string, ids: string[]): Promise<number> {
    const name = ids.join();
    const intent = intents.get(name) ?? new Intent();
    intents.set(name, intent);
    const merged = await mergeInto(into, ids, intent.keyFor(ids));
    intent.settle();
    left.value = [...left.value, ...merged.left];
    return merged.merged;
  }

  /** How many were merged; what failed is in `problem`, and what was merged before stays so. */
  async function run(into: string, ids: readonly string[]): Promise<number> {
    if (running.value) return 0;
    running.value = true;
    [done.value, total.value, left.value, problem.value] = [0, ids.length, [], undefined];
    let merged = 0;
    try {
      for (const some of stepsOf(ids)) {
        merged += await step(into, some);
        done.value += some.length;
      }
    } catch (thrown) {
      problem.value = Problem.of(thrown);
    } finally {
      running.value = false;
      void listsChanged();
    }
    return merged;
  }

  return { run, busy: computed(() => running.value), done, total, left, problem };
}
