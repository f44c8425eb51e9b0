/** A letter that is not sent yet: on this phone at each pause, and in the house for who is signed in. */
import { ref, watch, type Ref } from 'vue';
import { isBlank, type Form, type Step } from './form';
import { letters, type Channel, type LetterForm } from '@/api/letter';
import { token } from '@/api/token';
import { isResident, me } from '@/model/resident';
import { unsentAt as place } from '@/model/unsent';
import { forget, recall, remember } from '@/platform/storage';

/** What was sent and not answered: the same again, under the same key, is the same letter. */
export interface Pending {
  key: string;
  body: LetterForm;
}

export interface Draft {
  form: Form;
  step: Step;
  pending?: Pending;
  who: string; // whose it is, '' where nobody was signed in
  at: number;
}

/** How long a pause of typing is, and one after which the house is told. In ms. */
const pause = 400;
const longPause = 3000;

/** What lies on this phone; that of another person, or of one who is not signed in now, is nobody's business. */
export function draftHere(channel: Channel): Draft | undefined {
  const draft = recall<Draft>(place(channel));
  const others = draft?.who && (me.value ? draft.who !== me.value.id : !token.value);
  return draft && !others && readable(draft, channel) ? draft : undefined;
}

/** What lies in the house, of who is signed in. */
export async function draftThere(channel: Channel): Promise<Draft | undefined> {
  if (!isResident()) return undefined;
  const kept = await letters.unsent(channel).catch(() => undefined);
  try {
    const draft = JSON.parse(kept?.value.form ?? '') as Draft;
    return readable(draft, channel) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Written by this version, or one that knew the same form. */
function readable({ form, at }: Draft, channel: Channel): boolean {
  return form?.channel === channel && typeof form.text === 'string' && Array.isArray(form.files) && typeof at === 'number' && !isBlank(form);
}

/** The newer of two. */
export const newer = (one?: Draft, other?: Draft): Draft | undefined =>
  one && other ? (one.at >= other.at ? one : other) : (one ?? other);

export type Kept = '' | 'here' | 'both' | 'not';

/** Keeps a draft while it is written, until it is let go. */
export function useKeeping(draft: () => Omit<Draft, 'who' | 'at'>) {
  const kept = ref<Kept>('');
  const clocks: { here?: ReturnType<typeof setTimeout>; there?: ReturnType<typeof setTimeout> } = {};
  let telling: Promise<unknown> = Promise.resolve();
  let stopped = true;
  let whose = ''; // stays theirs where the house forgets them while they write

  const whole = (): Draft => ({ ...draft(), who: (whose = me.value?.id ?? whose), at: Date.now() });

  function keepHere(): void {
    clearTimeout(clocks.here);
    if (isBlank(draft().form)) return;
    kept.value = remember(place(draft().form.channel), whole()) ? 'here' : 'not';
  }

  function keepThere(): void {
    clearTimeout(clocks.there);
    if (!isResident() || isBlank(draft().form)) return;
    telling = telling.then(() => tellHouse(whole(), kept));
  }

  /** Something was written. */
  function touch(): void {
    clearTimeout(clocks.here);
    clearTimeout(clocks.there);
    clocks.here = setTimeout(keepHere, pause);
    clocks.there = setTimeout(keepThere, longPause);
  }

  /** The page is left, or a step is done: at once. */
  function keepNow(): void {
    if (stopped) return;
    keepHere();
    keepThere();
  }

  /** Keeps no more; what is on its way to the house has arrived when this has ended. */
  async function rest(): Promise<void> {
    stopped = true;
    clearTimeout(clocks.here);
    clearTimeout(clocks.there);
    await telling;
  }

  function begin(): void {
    stopped = false;
    if (token.value) whose = recall<Draft>(place(draft().form.channel))?.who ?? '';
  }
  watch(draft, () => !stopped && touch(), { deep: true });
  return { kept, keepHere, keepNow, rest, begin };
}

/** What the house does not hear of stays on this phone, and is told at the next pause. */
async function tellHouse(draft: Draft, kept: Ref<Kept>): Promise<void> {
  const told = await letters.keepUnsent(draft.form.channel, JSON.stringify(draft)).then(
    () => true,
    () => false,
  );
  if (told && kept.value === 'here') kept.value = 'both';
}

/** It is sent, or nobody wants it any more. */
export function dropHere(channel: Channel): void {
  forget(place(channel));
}

export async function dropThere(channel: Channel): Promise<void> {
  if (isResident()) await letters.keepUnsent(channel, '').catch(() => undefined);
}
