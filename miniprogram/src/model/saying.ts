/** What the page says in passing, and what it asks before something that can't be undone. */
import { ref, shallowRef } from 'vue';

/** The sentence that stands at the foot of the page for a moment, "" for none. */
export const said = ref('');

const lasts = 3200; // ms: long enough to be read in large type
let clock: ReturnType<typeof setTimeout>;

export function say(sentence: string): void {
  said.value = sentence;
  clearTimeout(clock);
  clock = setTimeout(() => (said.value = ''), lasts);
}

export interface Question {
  title: string;
  text?: string;
  yes: string;
  danger?: boolean;
}

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

/** What is being asked just now. */
export const asked = shallowRef<Asked>();

/** Asks once, in a sentence that says what will happen. */
export function ask(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = undefined;
        resolve(yes);
      },
    };
  });
}
