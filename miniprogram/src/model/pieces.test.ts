import { describe, expect, test } from 'vitest';
import { long, moment, short } from './day';
import { added, chunks } from './list';
import { pieces, places } from './marks';
import { lines } from './markdown';
import { size } from './size';
import { cellsOf } from './table';
import { branches, named, rootsOpen } from './tree';
import type { Department } from '@/api/directory';

const noon = Date.parse('2026-11-26T12:00:00+08:00');

describe('days', () => {
  test('stand whole in documents, short in lists, and with their year in another one', () => {
    expect(long('2026-11-03')).toBe('2026年11月3日');
    expect(long('')).toBe('');
    expect(short('2026-11-23', noon)).toBe('11月23日 周一');
    expect(short('2025-01-01', noon)).toBe('2025年1月1日');
  });

  test('are those of Beijing: an hour past midnight is today there, whatever the phone thinks', () => {
    expect(moment('2026-11-25T16:30:00Z', noon)).toBe('今天 00:30');
    expect(moment('2026-11-25T15:59:00Z', noon)).toBe('昨天 23:59');
    expect(moment('2026-10-01T01:00:00Z', noon)).toBe('10月1日 周四');
  });
});

describe('marked words', () => {
  test('cut a text at their places', () => {
    expect(
      pieces('居家养老服务', [[2, 2]])
        .map((p) => (p.found ? `[${p.text}]` : p.text))
        .join(''),
    ).toBe('居家[养老]服务');
    expect(pieces('养老', [[0, 2]])).toEqual([{ text: '养老', found: true }]);
    expect(pieces('没有', [])).toEqual([{ text: '没有', found: false }]);
  });

  test('are found again and again, in any case', () => {
    expect(places('PDF 和 pdf', 'pdf')).toEqual([
      [0, 3],
      [6, 3],
    ]);
    expect(places('文字', '')).toEqual([]);
  });
});

describe('a table', () => {
  test('leaves out cells that others took the place of', () => {
    const rows = [
      ['地区', '标准', ''],
      ['', '一档', '二档'],
      ['城区', '10', '20'],
    ];
    const cells = cellsOf(rows, [
      { row: 0, column: 0, rows: 2, columns: 1 },
      { row: 0, column: 1, rows: 1, columns: 2 },
    ]);
    expect(cells.map((row) => row.map((c) => `${c.text}@${c.column}+${c.columns}x${c.rows}`))).toEqual([
      ['地区@0+1x2', '标准@1+2x1'],
      ['一档@1+1x1', '二档@2+1x1'],
      ['城区@0+1x1', '10@1+1x1', '20@2+1x1'],
    ]);
  });
});

describe('offices', () => {
  const office = (id: string, parent: string, name: string, aliases: string[] = []) =>
    ({ id, parent_id: parent, name, short_name: '', aliases, policies: 1 }) as Department;
  const all = [
    office('city', '', '鸢都市人民政府'),
    office('edu', 'city', '鸢都市教育局'),
    office('exam', 'edu', '鸢都市招生考试院', ['考试院']),
  ];

  test('grow as a tree, one level at a time', () => {
    expect(branches(all, new Set()).map((b) => `${b.office.id}/${b.below}`)).toEqual(['city/1']);
    expect(branches(all, new Set(['city', 'edu'])).map((b) => `${b.depth} ${b.office.id}`)).toEqual([
      '0 city',
      '1 edu',
      '2 exam',
    ]);
    expect(rootsOpen(all)).toEqual(new Set(['city']));
    expect(rootsOpen([...all, office('other', '', '另一个')])).toEqual(new Set());
  });

  test('whose parent is not there stand at the root', () => {
    expect(branches([office('edu', 'gone', '教育局')], new Set())).toHaveLength(1);
  });

  test('are found by some characters of their name, or of another one', () => {
    expect(named(all, '教局').map((o) => o.id)).toEqual(['edu']);
    expect(named(all, '考试院').map((o) => o.id)).toEqual(['exam']);
    expect(named(all, '局教')).toEqual([]);
  });
});

test('a list is cut into chunks, and what comes twice is in it once', () => {
  expect(chunks([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
  expect(added([{ id: 'a' }], [{ id: 'a' }, { id: 'b' }], (o) => o.id)).toEqual([{ id: 'b' }]);
});

test('sizes are said as people say them', () => {
  expect([size(512), size(2048), size(3_500_000)]).toEqual(['512 字节', '2 KB', '3.3 MB']);
});

test('a privacy text has headings, paragraphs and items', () => {
  expect(lines('# 隐私政策\n\n我们**不**收集\n- 微信编号\n1. 第一')).toEqual([
    { text: '隐私政策', level: 1, item: false },
    { text: '我们不收集', level: 0, item: false },
    { text: '微信编号', level: 0, item: true },
    { text: '1. 第一', level: 0, item: false },
  ]);
});
