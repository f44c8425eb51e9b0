/** The columns of a table, and sorting by them. */

export interface Column<Row> {
  key: string;
  title: string;
  width?: string;
  align?: 'right';
  door?: boolean; // opens the row; the first one, where none says so
  text?: (row: Row) => string;
  by?: (row: Row) => string | number; // what sorting compares
}

const collator = new Intl.Collator('zh-CN', { numeric: true });

/** The rows by a column; as they came where the column is not there or does not sort. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): Row[] {
  const key = sort.replace(/^-/, '');
  const by = columns.find((c) => c.key === key)?.by;
  if (!by) return [...rows];
  const way = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => way * compare(by(a), by(b)));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** What another press on a head means: up, down, and as it was. */
export function turned(sort: string, key: string): string {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? '' : key;
}
