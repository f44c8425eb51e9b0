/** The documents that wait for somebody, as rows of the home page. */
import type { RouteLocationRaw } from 'vue-router';
import type { WaitingItem } from '@/api/agenda';
import { homeDocuments as say, lapsedLetters as lapsed } from '@/locale/zh-CN';
import { shortMoment } from '@/model/day';

/** A list that waits for somebody. */
export interface WaitingRow {
  title: string;
  line: string;
  count: number;
  said?: string; // the count in words, where these are no documents
  to: RouteLocationRaw;
  grave: boolean;
}

type What = WaitingItem['what'];

/** What somebody has to act on, and what is under way by itself or at leisure. */
const pressing: readonly What[] = ['failed', 'review', 'returned', 'lapsed'];
const underWay: readonly What[] = ['draft', 'scheduled'];

/** Which list holds them: it counts the same. */
const queries: Record<Exclude<What, 'lapsed'>, Record<string, string>> = {
  failed: { only: 'failed' },
  review: { only: 'waiting' },
  returned: { only: 'returned' },
  draft: { stage: 'draft', only: 'mine' },
  scheduled: { stage: 'scheduled', sort: 'publish_at' },
};

/** The list of each kind. */
const lists: Record<string, string> = {
  policy: 'policies',
  interpretation: 'interpretations',
  letter: 'publicLetters',
  meeting: 'meetings',
  consultation: 'consultations',
  event: 'events',
  gazette: 'gazettes',
};

function rowOf(w: WaitingItem, now: Date): WaitingRow {
  const letter = w.kind === 'letter' ? { said: say.letters(w.count) } : {};
  if (w.what === 'lapsed')
    return { ...lapsed.waiting, ...letter, count: w.count, to: { name: 'publicLetters.lapsed' }, grave: true };
  return {
    ...letter,
    title: say.titles[w.what](say.kinds[w.kind as keyof typeof say.kinds] ?? w.kind),
    line: w.oldest_at ? say.lines[w.what](shortMoment(new Date(w.oldest_at), now)) : '',
    count: w.count,
    to: { name: lists[w.kind] ?? 'policies', query: queries[w.what] },
    grave: w.what === 'failed',
  };
}

const among = (whats: readonly What[]) => (items: readonly WaitingItem[], now: Date) =>
  whats.flatMap((what) => items.filter((w) => w.what === what)).map((w) => rowOf(w, now));

export const pressingRows = among(pressing);
export const underWayRows = among(underWay);

/** How many documents of a kind somebody has to act on; what failed is among what waits for review. */
export const pressingCount = (items: readonly WaitingItem[], kind: string): number =>
  items
    .filter((w) => w.kind === kind && ['review', 'returned', 'lapsed'].includes(w.what))
    .reduce((sum, w) => sum + w.count, 0);
