/** One thing that a page reads, and what it shows meanwhile. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Read } from '@/api/client';
import { Problem } from '@/api/problem';
import { NoAnswer } from '@/platform/network';

/** Before that, the shape of what comes would only flicker. In ms. */
export const shapeAfter = 200;

/** What the page is showing. One word, never three booleans. */
export type Phase = 'loading' | 'ready' | 'empty' | 'failed';

export interface Reading<T> {
  phase: Ref<Phase>;
  value: ShallowRef<T | undefined>;
  problem: ShallowRef<Problem | undefined>;
  /** Shown is what the phone kept: the house can't be reached. */
  old: Ref<boolean>;
  /** Reads once more; what is shown stays until the answer is there. */
  again: () => Promise<void>;
  /** Reads for another question: what is shown goes when the answer is late, or does not come. */
  anew: () => Promise<void>;
  /** Reads once more when it had failed: the house answers again. */
  retry: () => void;
}

export function useReading<T>(read: () => Promise<Read<T>>, isEmpty: (value: T) => boolean = () => false): Reading<T> {
  const phase = ref<Phase>('loading');
  const value = shallowRef<T>();
  const problem = shallowRef<Problem>();
  const old = ref(false);
  let last = 0;

  async function again(): Promise<void> {
    const mine = ++last; // the last question wins
    if (value.value === undefined) phase.value = 'loading';
    try {
      const answer = await read();
      if (mine !== last) return;
      value.value = answer.value;
      old.value = answer.old;
      problem.value = undefined;
      phase.value = isEmpty(answer.value) ? 'empty' : 'ready';
    } catch (thrown) {
      if (mine !== last || thrown instanceof NoAnswer) return;
      problem.value = Problem.of(thrown);
      old.value = value.value !== undefined;
      if (value.value === undefined || problem.value.isFinal) phase.value = 'failed';
    }
  }

  async function anew(): Promise<void> {
    const before = value.value;
    const forget = () => {
      if (before === undefined || value.value !== before) return;
      value.value = undefined;
      old.value = false;
      phase.value = problem.value ? 'failed' : 'loading';
    };
    problem.value = undefined;
    const clock = setTimeout(forget, shapeAfter);
    await again();
    clearTimeout(clock);
    if (problem.value) forget();
  }

  const retry = () => void (phase.value === 'failed' && again());

  return { phase, value, problem, old, again, anew, retry };
}
