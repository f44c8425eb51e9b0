import { describe, expect, test } from 'vitest';
import {
  atEdge, chosenWith, citation, firstHit, hitsOn, isCited, isDouble, laidOut, leafOf, leaves, lineAt, mostLeaves,
  nextZoom, pagesOn, picturesOf, pieceOn, sharpEnough, spanAround, spotAt, turns, withSource, wordsOf, zoomedAt,
} from './gazette';
import type { Hit, Line, PieceItem, Sheet } from '@/api/gazette';

const a4: Sheet = { width: 595, height: 842, layer: 'text' };
const sheets = Array.from({ length: 273 }, () => a4);
const phone = { width: 375, height: 640 };
const desk = { width: 1280, height: 640 };
const pictures = [360, 750, 1080, 1500].map((width) => ({
  width, url: `/api/v1/gazettes/g1/pages/1/picture?width=${width}&v=ab`, ready: width === 360 || width === 1080,
}));

describe('a picture', () => {
  test('is as wide as the screen has dots for it, and wider when it is enlarged', () => {
    expect(sharpEnough(pictures, 160, 2)?.width).toBe(360);
    expect(sharpEnough(pictures, 375, 2)?.width, 'what would have to be drawn first is not asked for').toBe(1080);
    expect(sharpEnough(pictures, 375, 3)?.width).toBe(1080);
    expect(sharpEnough(pictures, 750, 2)?.width).toBe(1500);
    expect(sharpEnough(pictures, 1500, 3)?.width).toBe(1500);
    expect(sharpEnough([], 375, 2)).toBeUndefined();
  });

  test('of any page is known by that of the cover', () => {
    expect(picturesOf(12, pictures)[1]?.url).toBe('/api/v1/gazettes/g1/pages/12/picture?width=750&v=ab');
  });
});

describe('pages', () => {
  test('lie one by one on a phone, and in pairs after the cover on a wide screen', () => {
    expect(isDouble(phone)).toBe(false);
    expect(isDouble(desk)).toBe(true);
    expect(isDouble({ width: 1000, height: 1400 })).toBe(false);
    expect([1, 2, 3, 4].map((p) => leafOf(p, true))).toEqual([0, 1, 1, 2]);
    expect(pagesOn(0, 6, true)).toEqual([1]);
    expect(pagesOn(1, 6, true)).toEqual([2, 3]);
    expect(pagesOn(3, 6, true)).toEqual([6]);
    expect(pagesOn(3, 6, false)).toEqual([4]);
    expect([leaves(6, true), leaves(6, false)]).toEqual([4, 6]);
  });

  test('are as wide as the phone; two are both seen whole, and not smaller than can be read', () => {
    const one = laidOut(sheets, [5], phone, 1).pages[0];
    expect([one?.width, one?.height, one?.left]).toEqual([375, 531, 0]);
    expect(one?.top).toBeCloseTo(54.5);
    const two = laidOut(sheets, [2, 3], desk, 1);
    expect(two.pages.map((p) => [p.width, p.height])).toEqual([[452, 640], [452, 640]]);
    expect(two.pages[1]?.left).toBe((two.pages[0]?.left ?? 0) + 452);
    expect(laidOut(sheets, [2, 3], { width: 1000, height: 300 }, 1).pages[0]?.width).toBe(420);
    expect(laidOut([], [1], phone, 1).height).toBe(530);
  });

  test('stand in the swiper by spans, which move before one comes to their end', () => {
    expect(spanAround(0, 23)).toEqual({ from: 0, count: 23 });
    const span = spanAround(200, 273);
    expect(span).toEqual({ from: 140, count: mostLeaves });
    expect(atEdge(200, span, 273)).toBe(false);
    expect(atEdge(141, span, 273)).toBe(true);
    expect(atEdge(259, span, 273)).toBe(true);
    expect(atEdge(272, spanAround(272, 273), 273)).toBe(false);
    expect(atEdge(0, spanAround(0, 273), 273)).toBe(false);
  });
});

describe('enlarging', () => {
  const around = { room: phone, lay: (zoom: number) => laidOut(sheets, [5], phone, zoom) };
  const whole = { zoom: 1, left: 0, top: 0 };

  test('leaves under the finger what was there', () => {
    const finger = { x: 100, y: 300 };
    const before = spotAt(around.lay(1), whole, finger);
    const view = zoomedAt(whole, 2, finger, around);
    const after = spotAt(around.lay(2), view, finger);
    expect(after?.x).toBeCloseTo(before?.x ?? 0, 2);
    expect(after?.y).toBeCloseTo(before?.y ?? 0, 2);
  });

  test('has bounds, and shows nothing beside the page', () => {
    expect(zoomedAt(whole, 9, { x: 0, y: 0 }, around)).toEqual({ zoom: 4, left: 0, top: 0 });
    expect(zoomedAt({ zoom: 3, left: 300, top: 200 }, 0.3, { x: 10, y: 10 }, around)).toEqual(whole);
    const corner = zoomedAt(whole, 2, { x: 375, y: 600 }, around);
    expect(corner.left).toBe(375);
    expect(corner.top).toBeLessThanOrEqual(1062 - 640);
    expect([1, 2, 3, 4].map(nextZoom)).toEqual([2, 3, 1, 1]);
  });

  test('a finger beside the page is nowhere on it', () => {
    expect(spotAt(around.lay(1), whole, { x: 100, y: 20 })).toBeUndefined();
  });
});

describe('lines', () => {
  const line = (text: string, top: number): Line => ({ text, box: [0.1, top, 0.9, top + 0.02] });
  const lines = [line('第一条 为了规范，', 0.1), line('制定本办法。', 0.14), line('第二条 适用。', 0.18)];
  const body = '第一条 为了规范，制定本办法。\n第二条 适用。';

  test('are met by a finger that is thicker than they are, also beside their end', () => {
    expect(lineAt(lines, { x: 0.5, y: 0.15 })).toBe(1);
    expect(lineAt(lines, { x: 0.97, y: 0.15 })).toBe(1);
    expect(lineAt(lines, { x: 0.5, y: 0.128 })).toBe(0);
    expect(lineAt(lines, { x: 0.5, y: 0.6 })).toBe(-1);
    expect(lineAt([], { x: 0.5, y: 0.6 })).toBe(-1);
  });

  test('are chosen from the first that is tapped to the last', () => {
    const first = chosenWith(undefined, 4, 1);
    expect(first).toEqual({ page: 4, from: 1, to: 1 });
    expect(chosenWith(first, 4, 2)).toEqual({ page: 4, from: 1, to: 2 });
    expect(chosenWith(first, 4, 0)).toEqual({ page: 4, from: 0, to: 1 });
    expect(chosenWith(first, 4, 1)).toBeUndefined();
    expect(chosenWith(first, 5, 0)).toEqual({ page: 5, from: 0, to: 0 });
  });

  test('are copied in paragraphs, with their source', () => {
    const words = wordsOf({ body, lines }, { page: 4, from: 0, to: 2 });
    expect(words).toBe('第一条 为了规范，制定本办法。\n第二条 适用。');
    const issue = { title: '鸢都市人民政府公报 2021年第3期', place: '2021年第3期' };
    expect(withSource(words, citation(issue, 12))).toBe(`${words}\n——《鸢都市人民政府公报》2021年第3期第12页`);
    expect(citation(issue, 13, 12)).toBe('《鸢都市人民政府公报》2021年第3期第12—13页');
    expect(citation({ title: '2021年第3期', place: '2021年第3期' })).toBe('《2021年第3期》2021年第3期');
  });
});

describe('what is found', () => {
  const hit = (page: number, piece = ''): Hit => ({
    page, piece: piece ? { id: piece, name: piece } : (null as never), snippet: '', highlights: [], boxes: [[0, 0, 1, 1]],
  });
  const hits = [hit(2), hit(4, 'a'), hit(4, 'b'), hit(9, 'b')];

  test('stands on its page, with its number', () => {
    expect(hitsOn(hits, 4).map((h) => h.at)).toEqual([1, 2]);
  });

  test('is shown first where one was led: in the piece, else from that page on, else from the start', () => {
    expect(firstHit(hits, 4, 'b')).toBe(2);
    expect(firstHit(hits, 3)).toBe(1);
    expect(firstHit(hits, 20)).toBe(0);
  });
});

test('the piece of a page is the one that begins there, else the one that goes on there', () => {
  const piece = (id: string, first: number, last: number) => ({ id, first, last }) as PieceItem;
  const issue = { pieces: [piece('a', 3, 5), piece('b', 5, 6)] };
  expect([2, 4, 5, 6, 7].map((page) => pieceOn(issue, page)?.id)).toEqual([undefined, 'a', 'b', 'b', undefined]);
});

test('where a text comes to another page, its number is said', () => {
  expect(turns([{ page: 3 }, { page: 3 }, { page: 4 }, { page: 6 }])).toEqual([3, 0, 4, 6]);
});

test('who types a place means no words', () => {
  for (const place of ['公报 2021年第3期 第12页', '2021年3期', '二〇二一年第三期', '《公报》2021 年第 3 期']) expect(isCited(place)).toBe(true);
  for (const words of ['社会保险', '2021年养老金', '第3期']) expect(isCited(words)).toBe(false);
});
