/** Long texts of which only what is near the window is in the tree: how high their rest is, how a voice is followed. */
import { nextTick, watch, type Ref } from 'vue';
import { heardPlace, listening, sentencesOf } from './listening';
import { manner } from './manner';
import { keepInView } from '@/platform/scroll';

/** How high paragraphs of some lengths will be about, in px: characters in a line, lines, and their height. */
export function guessHeight(lengths: readonly number[]): number {
  const type = 17 * manner.text * (manner.elder ? 1.3 : 1);
  const inLine = Math.max(8, 330 / type);
  return lengths.reduce((sum, length) => sum + (Math.ceil(length / inLine) * 1.8 + 1) * type, 0);
}

/** Whoever has just moved the page looks at something else. In ms. */
const looksAround = 6000;

interface Followed {
  voice: () => string | undefined;
  /** What the ID of a paragraph begins with, before its number. */
  name: string;
  /** How many characters a paragraph has. */
  length: (at: number) => number;
  /** How many paragraphs are put into the tree at once, and which of these heaps has to be. */
  together: number;
  wanted: Ref<number>;
  /** The page's own component. */
  self: Parameters<typeof keepInView>[1];
  before?: () => void;
}

/** Keeps in view what is read aloud; moved tells that somebody moves the page. */
export function useFollowing(text: Followed): { moved: () => void } {
  let last = 0;
  watch(() => listening.turns, async () => {
    const at = Number(/^b(\d+)$/.exec(heardPlace.value)?.[1] ?? -1);
    const said = at < 0 ? undefined : sentencesOf(text.voice(), `b${at}`);
    if (!said || Date.now() - last < looksAround) return;
    text.before?.();
    text.wanted.value = Math.floor(at / text.together);
    await nextTick();
    const from = said.find((s) => s.index === listening.at)?.from ?? 0;
    await keepInView(`#${text.name}-${at}`, text.self, Math.min(1, from / Math.max(1, text.length(at))));
  });
  return { moved: () => (last = Date.now()) };
}
