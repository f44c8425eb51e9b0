/** Two versions of a document beside each other: what is shown of them, and where the changes are. */
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Comparison = Schemas['Comparison'];
export type Change = Schemas['Change'];
export type Unit = Schemas['Unit'];
export type UnitLine = Schemas['UnitLine'];
export type Piece = Schemas['Piece'];
export type Span = Schemas['Span'];

/** Which of the two versions. */
export type Side = 'old' | 'new';

/** A row of the comparison; what is the same in both stands together, folded. */
export type Row = { kind: 'change'; at: number; change: Change } | { kind: 'same'; at: number; changes: Change[] };

/** Whether somebody has to look at it: another number alone changes nothing. */
export const isChanged = (c: Change): boolean => c.kind !== 'same' && c.kind !== 'renumbered';

/** Nothing was ever public that the new version could be compared with. */
export const isFirst = (c: Comparison): boolean => c.from.version === 0 && c.from.saved_at === null;

/** All rows, or the changed ones with the rest folded; what stands in `opened` by its place is not. */
export function rowsOf(changes: readonly Change[], folded: boolean, opened: ReadonlySet<number> = new Set()): Row[] {
  const rows: Row[] = [];
  let fold: Extract<Row, { kind: 'same' }> | undefined;
  changes.forEach((change, at) => {
    if (!folded || isChanged(change)) {
      rows.push({ kind: 'change', at, change });
      fold = undefined;
      return;
    }
    fold ??= start(rows, at);
    fold.changes.push(change);
  });
  return rows.flatMap((row) => (row.kind === 'same' && opened.has(row.at) ? unfolded(row) : [row]));
}

function start(rows: Row[], at: number): Extract<Row, { kind: 'same' }> {
  const fold = { kind: 'same' as const, at, changes: [] };
  rows.push(fold);
  return fold;
}

const unfolded = (row: Extract<Row, { kind: 'same' }>): Row[] =>
  row.changes.map((change, n) => ({ kind: 'change', at: row.at + n, change }));

/** The places of the changes, in their order. */
export const placesOf = (changes: readonly Change[]): number[] =>
  changes.flatMap((change, at) => (isChanged(change) ? [at] : []));

/** Where n or p leads from a place: the next or the last one round, undefined where there is none. */
export function placeAfter(places: readonly number[], from: number, way: 1 | -1): number | undefined {
  if (way === 1) return places.find((at) => at > from) ?? places[0];
  return places.findLast((at) => at < from) ?? places.at(-1);
}

const spoken = (text: string): string => text.replace(/\s/g, '');
const saysNow = (unit: Unit): string =>
  unit.lines.map((l) => (l.label ?? '') + [l.pieces, ...(l.rows ?? []).flatMap((r) => r.cells)].map(joined).join('')).join('');
const joined = (pieces: readonly Piece[] | undefined): string =>
  piecesOf(pieces, 'new')
    .map((p) => p.text)
    .join('');

/** Where a passage of the new version stands; spaces do not count. -1 where it is not found. */
export function placeOfText(changes: readonly Change[], passage: string): number {
  const wanted = spoken(passage);
  return wanted ? changes.findIndex((c) => spoken((c.new ?? []).map(saysNow).join('')).includes(wanted)) : -1;
}

/** What a version says in pieces; on its side, what the other one has instead is not there. */
export const piecesOf = (pieces: readonly Piece[] | undefined, side: Side): Piece[] =>
  (pieces ?? []).filter((p) => p.mark !== (side === 'old' ? 'come' : 'gone'));

export interface Cell {
  pieces: Piece[];
  rows: number;
  columns: number;
}

/** The cells of a row of a table that are there: what a merged cell covers is not. */
export function cellsOf(line: UnitLine, row: number): Cell[] {
  const spans = line.spans ?? [];
  return (line.rows?.[row]?.cells ?? []).flatMap((pieces, column) => {
    const own = spans.find((s) => s.row === row && s.column === column);
    if (own) return [{ pieces, rows: own.rows, columns: own.columns }];
    return spans.some((s) => covers(s, row, column)) ? [] : [{ pieces, rows: 1, columns: 1 }];
  });
}

const covers = (s: Span, row: number, column: number): boolean =>
  row >= s.row && row < s.row + s.rows && column >= s.column && column < s.column + s.columns;

/** From which article to which a fold goes: both "" where there are none. */
export function endsOf(changes: readonly Change[]): [string, string] {
  const labels = changes.flatMap((c) => (c.new ?? []).map((u) => u.label ?? '')).filter(Boolean);
  return [labels[0] ?? '', labels.at(-1) ?? ''];
}
