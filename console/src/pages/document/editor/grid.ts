/** Tables in two shapes: a full grid with spans, and rows of cells that may be wide or high, as HTML has them. */
import type { components } from '@/api/schema';

export type Span = components['schemas']['Span'];

/** Every place of a table holds a text; the places that a span covers, but its first, hold none. */
export interface Grid {
  rows: readonly (readonly string[])[];
  spans: readonly Span[];
}

export interface Cell {
  text: string;
  rows: number;
  columns: number;
}

/** The cells of a grid. A span that leaves the table, meets another or would hide a text is not followed. */
export function laidOut({ rows, spans }: Grid): Cell[][] {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const full = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  const taken = new Set<number>(); // places that belong to a span
  const sized = new Map<number, Span>(); // spans, by the place where they begin
  for (const span of spans.filter((s) => fits(s, full.length, width))) {
    const places = placesOf(span, width);
    const hides = places.slice(1).some((at) => full[Math.floor(at / width)]?.[at % width]);
    if (hides || places.some((at) => taken.has(at))) continue;
    places.forEach((at) => taken.add(at));
    sized.set(span.row * width + span.column, span);
  }
  return full.map((row, r) =>
    row.flatMap((text, c) => {
      const span = sized.get(r * width + c);
      if (span) return [{ text, rows: span.rows, columns: span.columns }];
      return taken.has(r * width + c) ? [] : [{ text, rows: 1, columns: 1 }];
    }),
  );
}

const fits = (s: Span, rows: number, columns: number): boolean =>
  Math.min(s.row, s.column) >= 0 &&
  Math.min(s.rows, s.columns) > 0 &&
  s.row + s.rows <= rows &&
  s.column + s.columns <= columns;

/** The places of a span, its first one first. */
function placesOf(s: Span, width: number): number[] {
  return Array.from(
    { length: s.rows * s.columns },
    (_, n) => (s.row + Math.floor(n / s.columns)) * width + s.column + (n % s.columns),
  );
}

/** The grid that rows of cells make; places that nothing fills are empty. */
export function readOff(cells: readonly (readonly Cell[])[]): { rows: string[][]; spans: Span[] } {
  const rows: (string | undefined)[][] = cells.map(() => []);
  const spans: Span[] = [];
  cells.forEach((row, r) => {
    let column = 0;
    for (const cell of row) {
      while (rows[r]?.[column] !== undefined) column++;
      const span = { row: r, column, rows: Math.min(cell.rows, cells.length - r), columns: cell.columns };
      cover(rows, span);
      rows[r]![column] = cell.text;
      if (span.rows > 1 || span.columns > 1) spans.push(span);
      column += cell.columns;
    }
  });
  const width = Math.max(1, ...rows.map((row) => row.length));
  return { rows: rows.map((row) => Array.from({ length: width }, (_, c) => row[c] ?? '')), spans };
}

function cover(rows: (string | undefined)[][], s: Span): void {
  for (let r = s.row; r < s.row + s.rows; r++) {
    for (let c = s.column; c < s.column + s.columns; c++) rows[r]![c] ??= '';
  }
}
