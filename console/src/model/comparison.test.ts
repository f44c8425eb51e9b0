import { expect, it } from 'vitest';
import { cellsOf, endsOf, isFirst, piecesOf, placeAfter, placeOfText, placesOf, rowsOf, type Change, type Comparison } from './comparison';

const unit = (label: string) => ({ kind: 'article', label, from: 0, to: 1, lines: [] });
const change = (kind: Change['kind'], label = ''): Change => ({
  kind,
  old: kind === 'added' ? [] : [unit(label)],
  new: kind === 'removed' ? [] : [unit(label)],
});
const law = [
  change('same', '第一条'),
  change('renumbered', '第二条'),
  change('changed', '第三条'),
  change('added', '第四条'),
  change('same', '第五条'),
];

const told = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((r) => (r.kind === 'same' ? `${r.changes.length} 条相同` : r.change.kind));

it('shows the changes, and folds what is the same around them', () => {
  expect(told(rowsOf(law, true))).toEqual(['2 条相同', 'changed', 'added', '1 条相同']);
  expect(told(rowsOf(law, true, new Set([0])))).toEqual(['same', 'renumbered', 'changed', 'added', '1 条相同']);
  expect(told(rowsOf(law, false))).toHaveLength(5);
});

it('says which articles a fold holds', () => {
  const [first] = rowsOf(law, true);
  expect(first?.kind === 'same' && endsOf(first.changes)).toEqual(['第一条', '第二条']);
  expect(endsOf([change('same')])).toEqual(['', '']);
});

it('walks from change to change, and round again', () => {
  const places = placesOf(law);
  expect(places).toEqual([2, 3]);
  expect([placeAfter(places, -1, 1), placeAfter(places, 2, 1), placeAfter(places, 3, 1)]).toEqual([2, 3, 2]);
  expect([placeAfter(places, 3, -1), placeAfter(places, 2, -1)]).toEqual([2, 3]);
  expect(placeAfter([], 0, 1)).toBeUndefined();
});

it('a side shows its own words alone', () => {
  const pieces = [
    { text: '补助', mark: 'kept' as const },
    { text: '二十', mark: 'gone' as const },
    { text: '十五', mark: 'come' as const },
  ];
  const text = (side: 'old' | 'new') => piecesOf(pieces, side).map((p) => p.text).join('');
  expect([text('old'), text('new')]).toEqual(['补助二十', '补助十五']);
});

it('a merged cell stands once, over what it covers', () => {
  const cell = (text: string) => [{ text, mark: 'kept' as const }];
  const line = {
    kind: 'table',
    mark: 'kept',
    spans: [{ row: 0, column: 0, rows: 2, columns: 1 }],
    rows: [
      { mark: 'kept', cells: [cell('甲'), cell('乙')] },
      { mark: 'kept', cells: [cell(''), cell('丙')] },
    ],
  };
  expect(cellsOf(line, 0).map((c) => [c.pieces[0]?.text, c.rows])).toEqual([
    ['甲', 2],
    ['乙', 1],
  ]);
  expect(cellsOf(line, 1).map((c) => c.pieces[0]?.text)).toEqual(['丙']);
});

it('knows a first publication by there being nothing before', () => {
  const sides = (from: Comparison['from']) => ({ from, to: from, fields: [], changes: [], counts: {} });
  expect(isFirst(sides({ version: 0, title: '', saved_at: null }))).toBe(true);
  expect(isFirst(sides({ version: 3, title: '甲', saved_at: '2026-11-01T00:00:00Z' }))).toBe(false);
});

it('finds the place of a passage in the new version, whatever the spaces', () => {
  const line = (label: string, text: string): Change['new'] => [
    { ...unit(label), lines: [{ kind: 'article', label, mark: 'kept', pieces: [{ mark: 'gone', text: '旧' }, { mark: 'kept', text }] }] },
  ];
  const changes = [change('same', '第一条'), { ...change('changed'), new: line('第二条', '每部 十五万元。') }];
  expect(placeOfText(changes, '第二条 每部十五万元。')).toBe(1);
  expect(placeOfText(changes, '旧')).toBe(-1);
  expect(placeOfText(changes, '')).toBe(-1);
});
