/** How pages of the gazette lie on a screen: their size, their pictures, what stands on them, how they are cited. */
import type { Hit, Issue, Line, Picture, PieceItem, Sheet } from '@/api/gazette';

export interface Size {
  width: number;
  height: number;
}

/** A place on a page; x and y from 0 to 1. */
export interface Spot {
  page: number;
  x: number;
  y: number;
}

/** left, top, right, bottom on a page, from 0 to 1. */
export type Box = readonly number[];

/** From this width on, in px, two pages lie side by side. */
const wide = 900;
/** The narrowest that one of two pages is drawn, in px: below, its type could not be read. */
const narrowest = 420;
/** How much a picture may be stretched before a wider one is loaded. */
const stretch = 1.12;

export const isDouble = (room: Size): boolean => room.width >= wide && room.width > room.height;

/** The pages that lie side by side: the first one alone, as in print. */
export function leafOf(page: number, double: boolean): number {
  return double ? Math.floor(page / 2) : page - 1;
}

export function pagesOn(leaf: number, of: number, double: boolean): number[] {
  if (!double) return [leaf + 1];
  return [leaf * 2, leaf * 2 + 1].filter((page) => page >= 1 && page <= of);
}

export const leaves = (of: number, double: boolean): number => leafOf(of, double) + 1;

/** How many leaves stand in the swiper at a time. */
export const mostLeaves = 121;

/** The leaves in the swiper while one of them is read. */
export function spanAround(leaf: number, of: number): { from: number; count: number } {
  const count = Math.min(of, mostLeaves);
  return { from: Math.min(Math.max(0, leaf - Math.floor(count / 2)), of - count), count };
}

/** Whether one is so near the end of a span that another one is wanted. */
export function atEdge(leaf: number, span: { from: number; count: number }, of: number): boolean {
  const margin = 2;
  return (leaf - span.from < margin && span.from > 0) ||
    (span.from + span.count - leaf <= margin && span.from + span.count < of);
}

/** A page as it lies in its room; left and top are what is free beside it. */
export interface Laid extends Size {
  page: number;
  left: number;
  top: number;
}

export interface Layout extends Size {
  pages: Laid[];
}

const printed = (sheet: Sheet | undefined) => (sheet && sheet.width > 0 ? sheet.height / sheet.width : Math.SQRT2);

/** One page is as wide as its room; two are both seen whole, where they can be read so. */
export function laidOut(sheets: readonly Sheet[], pages: readonly number[], room: Size, zoom: number): Layout {
  const double = isDouble(room);
  const shapes = pages.map((page) => printed(sheets[page - 1]));
  const fits = Math.min(...shapes.map((shape) => room.height / shape));
  const once = double ? Math.min(Math.max(fits, narrowest), room.width / 2) : room.width;
  const width = Math.round(once * zoom);
  const heights = shapes.map((shape) => Math.round(width * shape));
  const whole = { width: width * pages.length, height: Math.max(...heights) };
  const left = Math.max(0, (room.width - whole.width) / 2);
  const all = pages.map((page, i) => {
    const height = heights[i] ?? 0;
    return { page, width, height, left: left + i * width, top: Math.max(0, (room.height - height) / 2) };
  });
  return { ...whole, pages: all };
}

/**
 * The narrowest picture that is sharp at a width in px on a screen of so many dots each, and at hand if any is: others
 * are drawn when somebody first asks, who would wait.
 */
export function sharpEnough(pictures: readonly Picture[], width: number, dots: number): Picture | undefined {
  const wanted = (width * dots) / stretch;
  const sharp = pictures.filter((one) => one.width >= wanted);
  return sharp.find((one) => one.ready) ?? sharp[0] ?? pictures[pictures.length - 1];
}

/** The pictures of a page, by those of another one: their addresses differ in nothing else. */
export function picturesOf(page: number, cover: readonly Picture[]): Picture[] {
  return cover.map((one) => ({ ...one, url: one.url.replace(/\/pages\/\d+\//, `/pages/${page}/`) }));
}

export const mostZoom = 4;

/** What of a leaf is seen: how much larger, and how far it is scrolled, in px. */
export interface View {
  zoom: number;
  left: number;
  top: number;
}

/** A room, and how pages lie in it at each size. */
export interface Desk {
  room: Size;
  lay: (zoom: number) => Layout;
}

const within = (value: number, most: number) => Math.min(Math.max(0, value), Math.max(0, most));

/** The view that shows the same place under a finger at (x, y) of the room, so many times larger. */
export function zoomedAt(now: View, to: number, finger: { x: number; y: number }, { room, lay }: Desk): View {
  const zoom = Math.min(mostZoom, Math.max(1, to));
  const [before, after] = [lay(now.zoom), lay(zoom)];
  const free = (of: Size, side: 'width' | 'height') => Math.max(0, (room[side] - of[side]) / 2);
  const moved = (scrolled: number, at: number, side: 'width' | 'height') => {
    const share = (scrolled + at - free(before, side)) / before[side];
    return within(share * after[side] + free(after, side) - at, after[side] - room[side]);
  };
  return { zoom, left: moved(now.left, finger.x, 'width'), top: moved(now.top, finger.y, 'height') };
}

/** The zoom that comes after one where it is changed by a key. */
export const nextZoom = (now: number): number => (now < 1.5 ? 2 : now < 2.5 ? 3 : 1);

/** What lies at (x, y) of a scrolled leaf; undefined beside the pages. */
export function spotAt(layout: Layout, view: View, at: { x: number; y: number }): Spot | undefined {
  const [x, y] = [view.left + at.x, view.top + at.y];
  const on = layout.pages.find((p) => x >= p.left && x <= p.left + p.width && y >= p.top && y <= p.top + p.height);
  return on && { page: on.page, x: (x - on.left) / on.width, y: (y - on.top) / on.height };
}

/** How far beside a line a finger may be, of the height of a page: lines are thinner than fingers. */
const nearLine = 0.012;
/** Beside a line there is no other one that could be meant. */
const aside = 1 / 30;

/** The line at a place of a page, -1 for none. */
export function lineAt(lines: readonly Line[], spot: { x: number; y: number }): number {
  const off = (box: Box) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = box;
    const beside = Math.max(left - spot.x, spot.x - right, 0);
    const above = Math.max(top - spot.y, spot.y - bottom, 0);
    return Math.max(beside * aside, above);
  };
  const offs = lines.map((line) => off(line.box));
  const least = Math.min(...offs);
  return least <= nearLine ? offs.indexOf(least) : -1;
}

/** The lines from the first that was tapped to the last, both with them. */
export interface Range {
  page: number;
  from: number;
  to: number;
}

/** The lines that are chosen after a tap on one: they grow to it; the only one is let go. */
export function chosenWith(now: Range | undefined, page: number, line: number): Range | undefined {
  if (!now || now.page !== page) return { page, from: line, to: line };
  if (now.from === line && now.to === line) return undefined;
  if (line < now.from) return { ...now, from: line };
  return { ...now, to: line };
}

/** The words of lines, in paragraphs as the page's text has them. */
export function wordsOf(text: { body: string; lines: readonly Line[] }, range: Range): string {
  let at = 0;
  let words = '';
  text.lines.forEach((line, nth) => {
    const from = Math.max(at, text.body.indexOf(line.text, at));
    const breaks = text.body.slice(at, from).includes('\n');
    if (nth >= range.from && nth <= range.to) words += (words && breaks ? '\n' : '') + line.text.trim();
    at = from + line.text.length;
  });
  return words;
}

/** 《鸢都市人民政府公报》2021年第3期第12页; pages may be several, or none. */
export function citation(issue: { title: string; place: string }, ...pages: number[]): string {
  const name = issue.title.replace(issue.place, '').trim() || issue.title;
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  if (!pages.length) return `《${name}》${issue.place}`;
  return `《${name}》${issue.place}第${first === last ? first : `${first}—${last}`}页`;
}

/** Words with where they come from, as they are pasted elsewhere. */
export const withSource = (words: string, source: string): string => `${words}\n——${source}`;

/** What was found on a page. */
export function hitsOn(hits: readonly Hit[], page: number): { boxes: Box[]; at: number }[] {
  return hits.flatMap((hit, at) => (hit.page === page ? [{ boxes: hit.boxes, at }] : []));
}

/** The place to show first: in the piece that was meant, else from the page on that was meant. */
export function firstHit(hits: readonly Hit[], page: number, piece = ''): number {
  const inPiece = piece ? hits.findIndex((hit) => hit.piece?.id === piece && hit.page >= page) : -1;
  if (inPiece >= 0) return inPiece;
  return Math.max(0, hits.findIndex((hit) => hit.page >= page));
}

/** The piece that is read on a page: the first that begins there, else the one that goes on there. */
export function pieceOn(issue: Pick<Issue, 'pieces'>, page: number): PieceItem | undefined {
  const there = issue.pieces.filter((piece) => piece.first <= page && page <= piece.last);
  return there.find((piece) => piece.first === page) ?? there[0];
}

/** Where paragraphs come to another page: its number before the first of them, 0 before all others. */
export function turns(paragraphs: readonly { page: number }[]): number[] {
  return paragraphs.map((one, i) => (one.page !== paragraphs[i - 1]?.page ? one.page : 0));
}

/** Whether somebody means a place in the gazette, and no words. */
export const isCited = (text: string): boolean => cited.test(text.replace(/\s/g, ''));
const cited = /(\d|[〇○零一二三四五六七八九]){4}年度?第?(\d|[〇○零一二三四五六七八九十])+[期号]/;
