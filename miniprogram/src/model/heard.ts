/** A document that is read aloud: which sentence is heard when, and where in the text it stands. */
import type { components } from '@/api/schema';

/** start and end in ms; from and to in UTF-16 units of a place of the page. */
export type Mark = components['schemas']['VoiceMark'];

/** A stretch of a text that is one sentence. index: which one of the voice. */
export interface Sentence {
  from: number;
  to: number;
  index: number;
}

/** A text cut at its sentences; index -1 for what none of them says. */
export interface Piece {
  text: string;
  index: number;
}

export const speeds = [0.75, 1, 1.25, 1.5, 2] as const;

/** Minutes after which it stops by itself; 0 for the end of all there is, untilEnd for that of this document. */
export const sleeps = [0, 15, 30, 60] as const;
export const untilEnd = -1;
const sleepsOnward = [0, untilEnd, 15, 30, 60] as const;

/** How far a sentence counts before it begins: a player does not stop at the very millisecond. In ms. */
const early = 40;

/** The sentence that is heard at a moment; between two it is the one before. */
export function sentenceAt(marks: readonly Mark[], ms: number): number {
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle]?.start ?? 0) <= ms + early) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** So many sentences on or back, within the document. */
export function stepped(marks: readonly Mark[], at: number, step: number): number {
  return Math.min(Math.max(0, at + step), Math.max(0, marks.length - 1));
}

/** The speed after one; after the last comes the first. */
export function nextSpeed(now: number): number {
  return speeds[(speeds.indexOf(now as 1) + 1) % speeds.length] ?? 1;
}

/** The sleep timer's minutes after some; onward: after this document there is another one. */
export function nextSleep(now: number, onward = false): number {
  const list: readonly number[] = onward ? sleepsOnward : sleeps;
  return list[(list.indexOf(now) + 1) % list.length] ?? 0;
}

/** 3:05, or 1:02:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** The sentences of each place of a page, in their order. */
export function byPlace(marks: readonly Mark[]): Map<string, Sentence[]> {
  const places = new Map<string, Sentence[]>();
  marks.forEach((m, index) => {
    const there = places.get(m.place) ?? [];
    there.push({ from: m.from, to: m.to, index });
    places.set(m.place, there);
  });
  return places;
}

/**
 * How a text lies in its place. label: how many units of the place stand before it; gap: how many are shown between the
 * two that are not in the place; labelled: whether the label is shown with the text.
 */
export interface Lie {
  label: number;
  gap: number;
  labelled: boolean;
}

const itself: Lie = { label: 0, gap: 0, labelled: true };

/** A text as it is shown, cut at its sentences. */
export function cut(text: string, sentences: readonly Sentence[], lie: Lie = itself): Piece[] {
  const behind = (at: number) => (at > lie.label ? at + lie.gap : at);
  const place = (at: number) => Math.min(text.length, lie.labelled ? behind(at) : Math.max(0, at - lie.label));
  const list: Piece[] = [];
  let at = 0;
  for (const s of sentences) {
    const [from, to] = [Math.max(at, place(s.from)), place(s.to)];
    if (to <= from) continue;
    if (from > at) list.push({ text: text.slice(at, from), index: -1 });
    list.push({ text: text.slice(from, to), index: s.index });
    at = to;
  }
  if (at < text.length) list.push({ text: text.slice(at), index: -1 });
  return list;
}

/** Where somebody stopped listening. */
export interface Stop {
  of: string;
  url: string; // of the sound: another one after the text has changed
  index: number;
  place: string;
  from: number;
}

/** How many documents are remembered. */
export const mostStops = 50;

/** The stops with one more, the newest first. */
export function stopped(list: readonly Stop[], one: Stop): Stop[] {
  return [one, ...list.filter((s) => s.of !== one.of)].slice(0, mostStops);
}

/** The sentence to go on with: where the text has changed, the one that stands where the last one stood. */
export function goOnAt(marks: readonly Mark[], url: string, stop: Stop | undefined): number {
  if (!stop) return 0;
  if (stop.url === url) return stop.index < marks.length - 1 ? stop.index : 0;
  const there = marks.findIndex((m) => m.place === stop.place && m.to > stop.from);
  return Math.max(0, there);
}

/** What is kept of sounds on the phone: the newest, within some bytes. size in bytes. */
export function keptSounds<T extends { size: number; at: number }>(list: readonly T[], most: number) {
  let left = most;
  const stay: T[] = [];
  const go: T[] = [];
  for (const one of [...list].sort((a, b) => b.at - a.at)) {
    left -= one.size;
    (left >= 0 ? stay : go).push(one);
  }
  return { stay, go };
}
