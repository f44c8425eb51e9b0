import { expect, test } from 'vitest';
import { byPlace, clock, cut, goOnAt, keptSounds, mostStops, nextSleep, nextSpeed } from './heard';
import { sentenceAt, stepped, stopped, type Mark, type Stop } from './heard';

const mark = ([start, end]: [number, number], place: string, [from, to]: [number, number]): Mark => ({
  start,
  end,
  place,
  from,
  to,
});
const marks = [
  mark([50, 900], 'title', [0, 6]),
  mark([1600, 3000], 'b0', [0, 9]),
  mark([3250, 5000], 'b0', [9, 20]),
  mark([5400, 6000], 'b1', [0, 4]),
];

test.each([
  ['before the first', 0, 0],
  ['in the first', 500, 0],
  ['in the silence behind it', 1200, 0],
  ['a moment before the second', 1570, 1],
  ['in the third', 4000, 2],
  ['at the very end', 99_000, 3],
])('the sentence %s', (_, ms, want) => {
  expect(sentenceAt(marks, ms)).toBe(want);
});

test('nothing is heard of nothing', () => {
  expect(sentenceAt([], 100)).toBe(0);
  expect(stepped([], 0, 1)).toBe(0);
});

test('one goes from sentence to sentence, and not beyond', () => {
  expect([stepped(marks, 0, -1), stepped(marks, 0, 1), stepped(marks, 3, 1)]).toEqual([0, 1, 3]);
});

test('speeds and sleep timers go round', () => {
  expect([0.75, 1, 1.25, 1.5, 2, 7].map(nextSpeed)).toEqual([1, 1.25, 1.5, 2, 0.75, 0.75]);
  expect([0, 15, 30, 60].map((minutes) => nextSleep(minutes))).toEqual([15, 30, 60, 0]);
  expect([0, -1, 15, 60].map((minutes) => nextSleep(minutes, true))).toEqual([-1, 15, 30, 0]);
});

test('a time is said as clocks do', () => {
  expect([0, 9.9, 185, 3725, -1].map(clock)).toEqual(['0:00', '0:09', '3:05', '1:02:05', '0:00']);
});

test('a text is cut at its sentences, whatever stands between its label and itself', () => {
  const of = byPlace(marks).get('b0') ?? [];
  const two = [
    { from: 0, to: 8, index: 1 },
    { from: 8, to: 11, index: 2 },
  ];
  expect(cut('（一）　为了规范。本办法', two, { label: 3, gap: 1, labelled: true })).toEqual([
    { text: '（一）　为了规范。', index: 1 },
    { text: '本办法', index: 2 },
  ]);
  expect(cut('为了规范。本办法', two, { label: 3, gap: 0, labelled: false })).toEqual([
    { text: '为了规范。', index: 1 },
    { text: '本办法', index: 2 },
  ]);
  expect(cut('没有人读它', [])).toEqual([{ text: '没有人读它', index: -1 }]);
  expect(cut('前面。中间。', [{ from: 3, to: 6, index: 4 }])).toEqual([
    { text: '前面。', index: -1 },
    { text: '中间。', index: 4 },
  ]);
  expect(of.map((s) => s.index)).toEqual([1, 2]);
});

test('one goes on where one stopped, also in a text that has changed', () => {
  const stop: Stop = { of: 'policy:1', url: '/a.mp3', index: 2, place: 'b0', from: 9 };
  const changed = [mark([0, 1], 'b0', [0, 5]), mark([1, 2], 'b0', [5, 12]), mark([2, 3], 'b0', [12, 20])];
  expect(goOnAt(marks, '/a.mp3', stop)).toBe(2);
  expect(goOnAt(changed, '/b.mp3', stop)).toBe(1);
  expect(goOnAt(marks, '/b.mp3', { ...stop, place: 'b9' })).toBe(0);
  expect(goOnAt(marks, '/a.mp3', { ...stop, index: 3 })).toBe(0); // it was heard to its end
  expect(goOnAt(marks, '/a.mp3', undefined)).toBe(0);
});

test('the newest stops are remembered', () => {
  const stop = (n: number): Stop => ({ of: `policy:${n}`, url: '', index: n, place: '', from: 0 });
  let list: Stop[] = [];
  for (let n = 0; n < mostStops + 5; n += 1) list = stopped(list, stop(n));
  list = stopped(list, stop(20));
  expect(list).toHaveLength(mostStops);
  expect(list[0]?.of).toBe('policy:20');
});

test('the newest sounds stay, as far as there is room', () => {
  const kept = (size: number, at: number) => ({ size, at });
  const { stay, go } = keptSounds([kept(30, 1), kept(40, 3), kept(50, 2)], 100);
  expect([stay.map((s) => s.at), go.map((s) => s.at)]).toEqual([[3, 2], [1]]);
});
