/** What the console knows of the kinds of blocks; of one that is new it shows the plain lines. */
import type { RouteLocationRaw } from 'vue-router';

/** Where what a block shows is kept. */
export const keptAt: Record<string, RouteLocationRaw> = {
  topics: { name: 'topics' },
  words: { name: 'words', params: { list: 'hot' } },
};

/** Kinds whose lines are short and stand side by side. */
export const sideBySide = new Set(['topics', 'words']);
