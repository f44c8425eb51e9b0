/** The months that figures are about, and the list that one of them opens. */
import type { FigureName, LetterFigures, OfficeFigures } from '@/api/watch';

/** The month some months on: 2026-01 is one after 2025-12. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n - 1 + months, 1)).toISOString().slice(0, 7);
}

/** Nobody reads of letters before this. */
export const firstMonth = '2020-01';

/** The rows that a figure counts; the whole city names no office. */
export function rowsOf(of: LetterFigures, figure: FigureName, office?: OfficeFigures): Record<string, string> {
  const rows: Record<string, string> = { box: 'all', figure, since: of.from, until: of.until };
  if (office) rows.department = office.department?.id ?? 'none';
  return rows;
}

/** The part of the answers that came in time, undefined where there is none. */
export const rateOf = (o: OfficeFigures): number | undefined =>
  o.answered ? Math.round((o.on_time / o.answered) * 100) : undefined;
