/** Where the pieces of an issue begin and end on its pages, and what becomes of them when a border is moved. */
import type { PieceDraft } from '@/api/gazettes';

/** A place in an issue: on a page, so far from its upper edge, from 0 to 1. */
export interface Spot {
  page: number;
  at: number;
}

export type Edge = 'start' | 'end';

/** A line across a page, at which a piece ends, another one begins, or both. */
export interface Border {
  key: string;
  at: number;
  ends?: number; // the place of the piece in the list
  starts?: number;
}

/** Borders that are nearer than this are one. */
const near = 0.004;
/** No piece is lower than this. */
const least = 0.005;
/** A border that is this near to a line of the page goes there. */
const pull = 0.012;

export const startOf = (p: PieceDraft): Spot => ({ page: p.first, at: p.top });
export const endOf = (p: PieceDraft): Spot => ({ page: p.last, at: p.bottom });

/** Negative where a comes before b. */
export const order = (a: Spot, b: Spot): number => a.page - b.page || a.at - b.at;
const same = (a: Spot, b: Spot): boolean => a.page === b.page && Math.abs(a.at - b.at) <= near;
/** Borders are kept as finely as a page can be looked at. */
export const fine = (at: number): number => Math.round(Math.min(1, Math.max(0, at)) * 10_000) / 10_000;

export const isOn = (p: PieceDraft, page: number): boolean => p.first > 0 && p.first <= page && page <= p.last;

/** Whether a piece ends where the server would take it to end. */
export const isWhole = (p: PieceDraft, pages: number): boolean =>
  p.first >= 1 && p.last >= p.first && (!pages || p.last <= pages) && order(startOf(p), endOf(p)) < 0;

/** The part of a page that a piece takes. */
export function bandOn(p: PieceDraft, page: number): { from: number; to: number } {
  return { from: p.first === page ? p.top : 0, to: p.last === page ? p.bottom : 1 };
}

/** The borders on a page, from above; where one piece ends and another begins there is one line. */
export function bordersOn(pieces: readonly PieceDraft[], page: number): Border[] {
  const list: Border[] = [];
  pieces.forEach((p, n) => {
    if (p.first === page) list.push({ key: `start ${p.id}`, at: p.top, starts: n });
  });
  pieces.forEach((p, n) => {
    if (p.last !== page) return;
    const begins = (b: Border) => b.starts !== undefined && b.starts !== n && b.ends === undefined;
    const joined = list.find((b) => begins(b) && Math.abs(b.at - p.bottom) <= near);
    if (joined) joined.ends = n;
    else list.push({ key: `end ${p.id}`, at: p.bottom, ends: n });
  });
  return list.sort((a, b) => a.at - b.at);
}

/** The pieces with one of them changed. */
export const changedAt = (pieces: readonly PieceDraft[], n: number, by: Partial<PieceDraft>): PieceDraft[] =>
  pieces.map((p, at) => (at === n ? { ...p, ...by } : p));

const startingAt = ({ page, at }: Spot): Partial<PieceDraft> => ({ first: page, top: fine(at) });
const endingAt = ({ page, at }: Spot): Partial<PieceDraft> => ({ last: page, bottom: fine(at) });

/** How far a border of a page can go up and down without turning a piece over. */
export function roomOf(pieces: readonly PieceDraft[], border: Border, page: number): [number, number] {
  const ends = pieces[border.ends ?? -1];
  const starts = pieces[border.starts ?? -1];
  const from = ends?.first === page ? ends.top + least : 0;
  const to = starts?.last === page ? starts.bottom - least : 1;
  return [Math.min(from, to), to];
}

/** Moves a border of a page: what ends there and what begins there go along. */
export function moveBorder(pieces: readonly PieceDraft[], border: Border, spot: Spot): PieceDraft[] {
  const [from, to] = roomOf(pieces, border, spot.page);
  const goal = { page: spot.page, at: Math.min(to, Math.max(from, spot.at)) };
  return pieces.map((p, n) => ({
    ...p,
    ...(n === border.ends ? endingAt(goal) : {}),
    ...(n === border.starts ? startingAt(goal) : {}),
  }));
}

/** Puts an edge of a piece on another page, and with it what ends or begins at the same place. */
export function putEdge(pieces: readonly PieceDraft[], n: number, edge: Edge, spot: Spot): PieceDraft[] {
  const own = pieces[n];
  if (!own) return [...pieces];
  const was = edge === 'start' ? startOf(own) : endOf(own);
  return pieces.map((p, at) => {
    if (at === n) return { ...p, ...(edge === 'start' ? startingAt(spot) : endingAt(spot)) };
    const isBeside = was.page && same(edge === 'start' ? endOf(p) : startOf(p), was);
    if (isBeside && edge === 'start' && order(startOf(p), spot) < 0) return { ...p, ...endingAt(spot) };
    if (isBeside && edge === 'end' && order(spot, endOf(p)) < 0) return { ...p, ...startingAt(spot) };
    return p;
  });
}

/** The piece in which a place is, the last of several; -1 for none. */
export const pieceAt = (pieces: readonly PieceDraft[], spot: Spot): number =>
  pieces.findLastIndex((p) => p.first > 0 && order(startOf(p), spot) <= 0 && order(spot, endOf(p)) < 0);

export interface Cut {
  pieces: PieceDraft[];
  at: number; // of the new piece
  split: boolean;
}

/** Begins a new piece: what stood there is parted; where nothing stood it goes on to the next, or to the page's end. */
export function cutAt(pieces: readonly PieceDraft[], spot: Spot, id: string): Cut {
  const n = pieceAt(pieces, spot);
  const own = pieces[n];
  const fresh = { id, title: '', ...startingAt(spot) };
  if (own) {
    const parted = { ...fresh, last: own.last, bottom: own.bottom } as PieceDraft;
    const list = [...changedAt(pieces, n, endingAt(spot))];
    list.splice(n + 1, 0, parted);
    return { pieces: list, at: n + 1, split: true };
  }
  const after = pieces.filter((p) => p.first && order(startOf(p), spot) > 0);
  const next = after.map(startOf).sort(order)[0];
  const end = next?.page === spot.page ? next : { page: spot.page, at: 1 };
  const before = pieces.findIndex((p) => p.first > 0 && order(startOf(p), spot) > 0);
  const at = before < 0 ? pieces.length : before;
  const list = [...pieces];
  list.splice(at, 0, { ...fresh, ...endingAt(end) } as PieceDraft);
  return { pieces: list, at, split: false };
}

/** Makes one of a piece and the next; what the first does not say is taken from the second. */
export function mergeWithNext(pieces: readonly PieceDraft[], n: number): PieceDraft[] {
  const [a, b] = [pieces[n], pieces[n + 1]];
  if (!a || !b) return [...pieces];
  const start = !a.first || (b.first && order(startOf(b), startOf(a)) < 0) ? startOf(b) : startOf(a);
  const end = order(endOf(b), endOf(a)) > 0 ? endOf(b) : endOf(a);
  const one: PieceDraft = {
    ...a,
    title: a.title || b.title,
    doc_number: a.doc_number || b.doc_number,
    issuer: a.issuer || b.issuer,
    category: a.category || b.category,
    ...(a.policy_id || a.link ? {} : { policy_id: b.policy_id, link: b.link }),
    ...startingAt(start),
    ...endingAt(end),
  };
  const list = [...pieces];
  list.splice(n, 2, one);
  return list;
}

/** A border stands this far above a line at most. */
const above = 0.006;

/** Where a border may stand between the printed lines of a page: above each of them, where there is room. */
export function gapsOf(lines: readonly { box: readonly number[] }[]): number[] {
  const list = lines.map(({ box }) => ({ top: box[1] ?? 0, bottom: box[3] ?? 0 })).sort((a, b) => a.top - b.top);
  let end = 0;
  return list.map(({ top, bottom }) => {
    const room = Math.max(0, top - end) / 2;
    end = Math.max(end, bottom);
    return fine(top - Math.min(above, room));
  });
}

/** Where a border goes that is let go: above a line that is near, to an edge of the page, or where it is. */
export function snapped(at: number, tops: readonly number[]): number {
  const places = [0, ...tops, 1];
  const nearest = places.reduce((best, t) => (Math.abs(t - at) < Math.abs(best - at) ? t : best), 0);
  return fine(Math.abs(nearest - at) <= pull ? nearest : at);
}

/** The next line of the page above or below a place. */
export function lineBeside(at: number, tops: readonly number[], way: 1 | -1): number {
  const places = [0, ...tops, 1].sort((a, b) => a - b);
  const found = way === 1 ? places.find((t) => t > at + near / 2) : places.findLast((t) => t < at - near / 2);
  return fine(found ?? at);
}

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const anyBytes = (): Uint8Array => crypto.getRandomValues(new Uint8Array(16));

/** An ID for something new, as the server makes them: the time, and then chance. */
export function newId(now: number, chance = anyBytes): string {
  let time = '';
  for (let left = now, n = 0; n < 10; n++, left = Math.floor(left / 32)) time = (digits[left % 32] ?? '0') + time;
  return time + Array.from(chance(), (n) => digits[n % 32]).join('');
}
