/** What is due, by week and by month. */
import { addDays, weekdayNumber, type Day } from './day';

interface Dated {
  day: Day;
  what: string;
}

/** A week from Monday on, and the days of it on which something is due. */
export interface Week<T> {
  monday: Day;
  days: { day: Day; items: T[] }[];
}

export const mondayOf = (day: Day): Day => addDays(day, -((weekdayNumber(day) + 6) % 7));

/** What is behind us is only told of what is still owed: the rest has come to pass. */
export const stillDue = (item: Dated, today: Day): boolean => item.day >= today || item.what === 'interpretation';

/** The days that are given, in weeks; they come in their order. */
export function weeksOfDue<T extends Dated>(items: readonly T[]): Week<T>[] {
  const weeks: Week<T>[] = [];
  for (const item of items) {
    const monday = mondayOf(item.day);
    if (weeks.at(-1)?.monday !== monday) weeks.push({ monday, days: [] });
    const days = weeks.at(-1)?.days ?? [];
    if (days.at(-1)?.day !== item.day) days.push({ day: item.day, items: [] });
    days.at(-1)?.items.push(item);
  }
  return weeks;
}

/** How much is due on each day. */
export function countsOf(items: readonly Dated[]): Map<Day, number> {
  const counts = new Map<Day, number>();
  for (const { day } of items) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}

/** Whole days from one to another. */
export const daysFrom = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000);

/** Where an arrow leads in a month; undefined for other keys. Page keys leave the month. */
export function dayBy(key: string, day: Day): Day | undefined {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const step = steps[key];
  return step === undefined ? undefined : addDays(day, step);
}

/** 2026-11 and the months around it. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = new Date(Date.UTC(year, number - 1 + by, 1));
  return at.toISOString().slice(0, 7);
}
