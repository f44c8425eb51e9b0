/** What people do: once, however often they press, and whatever becomes of the answer. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { Problem } from './problem';

/**
 * The key of one intent. It stays while the outcome is unknown and the same is
 * asked again; the server then answers what it answered before.
 */
export class Intent {
  private key = '';
  private asked = '';

  keyFor(input: unknown): string {
    const asked = JSON.stringify(input) ?? '';
    if (!this.key || asked !== this.asked) {
      this.key = newKey();
      this.asked = asked;
    }
    return this.key;
  }

  /** It was done, or refused for good: what comes next is another intent. */
  settle(): void {
    this.key = '';
  }
}

/** Browsers know randomUUID on https and on this machine only; an office network may have neither. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, '0')).join('');
}

export interface Act<In> {
  /** Does it, and says whether it went well; while it is under way, pressing again does nothing. */
  run: (input: In) => Promise<boolean>;
  busy: Readonly<Ref<boolean>>;
  problem: ShallowRef<Problem | undefined>;
}

/** An act of somebody; `then` gets the answer. */
export function useAct<In, Out>(
  send: (input: In, key: string) => Promise<Out>,
  then: (out: Out) => unknown = () => undefined,
): Act<In> {
  const intent = new Intent();
  const busy = ref(false);
  const problem = shallowRef<Problem>();

  async function run(input: In): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = undefined;
    try {
      const out = await send(input, intent.keyFor(input));
      intent.settle();
      await then(out);
      return true;
    } catch (thrown) {
      problem.value = Problem.of(thrown);
      if (problem.value.isFinal) intent.settle();
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { run, busy, problem };
}
