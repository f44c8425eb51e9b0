/** Gives several letters to one office, one after the other: each by the version that is there, none of them twice. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { Intent } from '@/api/act';
import { dispatchLetter, listsChanged, readLetter, type Dispatching, type LetterListed } from '@/api/letters';
import { Problem } from '@/api/problem';
import { letterBulk as say } from '@/locale/zh-CN';

export interface Failed {
  id: string;
  number: string;
  why: string;
}

export interface Bulk {
  run: (letters: readonly LetterListed[], body: Dispatching) => Promise<void>;
  busy: ComputedRef<boolean>;
  done: Ref<number>;
  total: Ref<number>;
  failed: ShallowRef<Failed[]>;
}

/** `given` hears of each letter that went. What failed can be tried again: under the same key, lest it goes twice. */
export function useBulk(given: (id: string) => void): Bulk {
  const done = ref(0);
  const total = ref(0);
  const running = ref(false);
  const failed = shallowRef<Failed[]>([]);
  const intents = new Map<string, Intent>();

  async function give(id: string, body: Dispatching): Promise<void> {
    const record = await readLetter(id);
    // Somebody else has dispatched it since the list was read: it is not ours to give elsewhere.
    if (record.state !== 'received') throw new Problem({ status: 409, code: 'letter.moved', detail: say.moved });
    const intent = intents.get(id) ?? new Intent();
    intents.set(id, intent);
    try {
      await dispatchLetter({ record, body }, intent.keyFor(body));
      intent.settle();
    } catch (thrown) {
      if (Problem.of(thrown).isFinal) intent.settle();
      throw thrown;
    }
  }

  async function run(letters: readonly LetterListed[], body: Dispatching): Promise<void> {
    if (running.value) return;
    running.value = true;
    [done.value, total.value, failed.value] = [0, letters.length, []];
    try {
      for (const { id, number } of letters) {
        await give(id, body).then(
          () => given(id),
          (thrown: unknown) => (failed.value = [...failed.value, { id, number, why: Problem.of(thrown).message }]),
        );
        done.value++;
      }
    } finally {
      running.value = false;
      void listsChanged();
    }
  }

  return { run, busy: computed(() => running.value), done, total, failed };
}
