/** The cells of a pasted table. */
import { isDropped, styleOf } from './element';

export interface PastedCell {
  text: string;
  rows: number;
  columns: number;
}

/** More than that is no span but a mistake. */
const widest = 200;

const rowsOf = (table: Element): Element[] =>
  [...table.querySelectorAll(':scope > tr, :scope > thead > tr, :scope > tbody > tr, :scope > tfoot > tr')].filter(
    (row) => !isDropped(row),
  );

const cellElements = (row: Element): Element[] => [...row.querySelectorAll(':scope > td, :scope > th')];

/** Web pages lay out with tables too: those of one cell, and those around other tables. */
export const isLayout = (table: Element): boolean =>
  Boolean(table.querySelector('table')) || rowsOf(table).flatMap(cellElements).length === 1;

const number = (text: string | null): number => Math.min(widest, Math.max(1, Number.parseInt(text ?? '1', 10) || 1));

/** The rows of a table, with what `read` finds in each cell. */
export function cellsOf(table: Element, read: (cell: Element) => string): PastedCell[][] {
  return rowsOf(table).map((row) =>
    cellElements(row).flatMap((e) => {
      const cell = {
        text: isDropped(e) ? '' : read(e),
        rows: number(e.getAttribute('rowspan')),
        columns: number(e.getAttribute('colspan')),
      };
      return overflows(e) ? spread(cell) : [cell];
    }),
  );
}

/** In Excel a long text runs over into the empty cells beside it: they are no part of its own. */
const overflows = (e: Element): boolean => /mso-ignore:\s*colspan/.test(styleOf(e));

const spread = (cell: PastedCell): PastedCell[] =>
  Array.from({ length: cell.columns }, (_, n) => ({ ...cell, text: n ? '' : cell.text, columns: 1 }));
