import { describe, expect, it } from 'vitest';
import { bordersOn, cutAt, gapsOf, lineBeside, mergeWithNext, moveBorder, newId, pieceAt, putEdge, snapped } from './borders';
import type { PieceDraft } from '@/api/gazettes';

const piece = (id: string, [first, top]: [number, number], [last, bottom]: [number, number]): PieceDraft => {
  return { id, title: id, first, top, last, bottom };
};
const issue = (): PieceDraft[] => [
  piece('甲', [1, 0.1], [2, 0.4]),
  piece('乙', [2, 0.4], [4, 1]),
  piece('丙', [5, 0.2], [5, 0.8]),
];
const borders = (list: PieceDraft[], page: number) => bordersOn(list, page);

describe('the borders of pieces', () => {
  it('are one line where one piece ends and the next begins', () => {
    expect(borders(issue(), 2)).toEqual([{ key: 'start 乙', at: 0.4, starts: 1, ends: 0 }]);
    expect(borders(issue(), 3)).toEqual([]);
    expect(borders(issue(), 5).map((b) => b.at)).toEqual([0.2, 0.8]);
  });

  it('go together, and turn no piece over', () => {
    const [line] = borders(issue(), 2);
    if (!line) throw new Error('no line');
    const moved = moveBorder(issue(), line, { page: 2, at: 0.55 });
    expect([moved[0]?.bottom, moved[1]?.top, moved[2]]).toEqual([0.55, 0.55, issue()[2]]);
    const [start] = borders(issue(), 5);
    if (!start) throw new Error('no line');
    expect(moveBorder(issue(), start, { page: 5, at: 0.9 })[2]?.top).toBeCloseTo(0.795);
  });

  it('come to another page with what ends there', () => {
    const moved = putEdge(issue(), 1, 'start', { page: 3, at: 0 });
    expect(moved[0]).toMatchObject({ last: 3, bottom: 0 });
    expect(moved[1]).toMatchObject({ first: 3, top: 0, last: 4 });
  });

  it('stand above lines, not on them', () => {
    const lines = [{ box: [0.1, 0.1, 0.9, 0.12] }, { box: [0.1, 0.124, 0.9, 0.144] }, { box: [0.5, 0.13, 0.9, 0.15] }];
    expect(gapsOf(lines)).toEqual([0.094, 0.122, 0.13]);
  });

  it('are drawn to a line of the page that is near', () => {
    expect(snapped(0.305, [0.1, 0.3, 0.5])).toBe(0.3);
    expect(snapped(0.4, [0.1, 0.3, 0.5])).toBe(0.4);
    expect(snapped(0.995, [0.1])).toBe(1);
    const lines = [0.1, 0.3, 0.5];
    expect([lineBeside(0.3, lines, 1), lineBeside(0.3, lines, -1), lineBeside(0.5, lines, 1)]).toEqual([0.5, 0.1, 1]);
  });
});

describe('pieces', () => {
  it('are parted where a new one begins', () => {
    const cut = cutAt(issue(), { page: 3, at: 0.5 }, '新');
    expect(cut).toMatchObject({ at: 2, split: true });
    expect(cut.pieces[1]).toMatchObject({ id: '乙', first: 2, last: 3, bottom: 0.5 });
    expect(cut.pieces[2]).toMatchObject({ id: '新', title: '', first: 3, top: 0.5, last: 4, bottom: 1 });
  });

  it('begin where nothing stood, until the next or the end of the page', () => {
    expect(cutAt(issue(), { page: 5, at: 0.05 }, '新')).toMatchObject({ at: 2, split: false });
    expect(cutAt(issue(), { page: 5, at: 0.05 }, '新').pieces[2]).toMatchObject({ last: 5, bottom: 0.2 });
    expect(cutAt(issue(), { page: 6, at: 0.3 }, '新').pieces[3]).toMatchObject({ first: 6, top: 0.3, last: 6, bottom: 1 });
    expect(cutAt([], { page: 1, at: 0 }, '新').pieces).toHaveLength(1);
  });

  it('are made one with the next, which fills in what is not said', () => {
    const list = issue();
    list[1] = { ...piece('乙', [2, 0.4], [4, 1]), doc_number: '鸢政发〔2019〕1号' };
    const one = mergeWithNext(list, 0);
    expect(one).toHaveLength(2);
    expect(one[0]).toMatchObject({ id: '甲', title: '甲', doc_number: '鸢政发〔2019〕1号', first: 1, top: 0.1, last: 4, bottom: 1 });
    expect(mergeWithNext(list, 2)).toEqual(list);
  });

  it('are found by a place', () => {
    expect(pieceAt(issue(), { page: 2, at: 0.4 })).toBe(1);
    expect(pieceAt(issue(), { page: 5, at: 0.9 })).toBe(-1);
  });

  it('get an ID as the server makes them', () => {
    const id = newId(1_469_918_176_385, () => new Uint8Array(16).fill(255));
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(id.slice(0, 10)).toBe('01ARYZ6S41');
  });
});
