/** Years of the gazette as they are written: how many issues, and why some are not here. */
import type { GazetteYear, YearEdit } from '@/api/gazettes';

/** The year that was typed; undefined for none that the gazette can have. */
export function yearOf(text: string): number | undefined {
  const year = Number(text.trim());
  return /^\d{4}$/.test(text.trim()) && year >= 1949 && year <= 2200 ? year : undefined;
}

/** How many issues were typed; undefined for none that a year can have. */
export function issuesOf(text: string): number | undefined {
  const n = Number(text.trim());
  return /^\d{1,3}$/.test(text.trim()) && n <= 400 ? n : undefined;
}

/** A reason says something from two characters on; an empty one is none. */
export const isReason = (why: string): boolean => {
  const length = [...why.trim()].length;
  return length === 0 || (length >= 2 && length <= 200);
};

const gapsOf = (y: GazetteYear): YearEdit['gaps'] =>
  y.grid.flatMap((c) => (c.state === 'explained' ? [{ number: c.number, why: c.why }] : []));

/** The year with another number of issues; what is explained stays. */
export const withIssues = (y: GazetteYear, issues: number): YearEdit => ({
  year: y.year,
  version: y.version,
  issues,
  gaps: gapsOf(y),
});

/** The year with an issue explained, or no longer. */
export function withReason(y: GazetteYear, number: number, why: string): YearEdit {
  const others = gapsOf(y).filter((g) => g.number !== number);
  const gaps = why.trim() ? [...others, { number, why: why.trim() }] : others;
  return { year: y.year, version: y.version, issues: y.issues, gaps: gaps.sort((a, b) => a.number - b.number) };
}
