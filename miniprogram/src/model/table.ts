import type { components } from '@/api/schema';

type Span = components['schemas']['Span'];

/** A cell where it stands: its column, and how many rows and columns it takes. */
export interface Cell {
  text: string;
  column: number;
  rows: number;
  columns: number;
}

/** A table's cells row by row, without those that others took the place of. */
export function cellsOf(rows: readonly (readonly string[])[], spans: readonly Span[]): Cell[][] {
  const covered = (row: number, column: number) =>
    spans.some(
      (s) =>
        row >= s.row &&
        row < s.row + s.rows &&
        column >= s.column &&
        column < s.column + s.columns &&
        (row !== s.row || column !== s.column),
    );
  return rows.map((row, i) =>
    row.flatMap((text, column) => {
      if (covered(i, column)) return [];
      const span = spans.find((s) => s.row === i && s.column === column);
      return [{ text, column, rows: span?.rows ?? 1, columns: span?.columns ?? 1 }];
    }),
  );
}
