/** Days and moments as people here read them; always Shanghai's, wherever the browser is. */

const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** A day, 2026-11-23, from which everything here starts. */
export type Day = string;

/** The day on which a moment falls. */
export const dayOf = (at: Date): Day => clock(at).slice(0, 10);

/** 14:05 */
export const timeOf = (at: Date): string => clock(at).slice(11);

function clock(at: Date): string {
  const p = Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value]));
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

function numbers(day: Day): [number, number, number] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}

/** 2026年11月23日 */
export function longDay(day: Day): string {
  const [year, month, date] = numbers(day);
  return `${year}年${month}月${date}日`;
}

/** 11月23日 周一 */
export function shortDay(day: Day): string {
  const [, month, date] = numbers(day);
  return `${month}月${date}日 ${weekday(day)}`;
}

export const weekday = (day: Day): string => weekdays[weekdayNumber(day)] ?? '';

/** 0 for Sunday. */
export const weekdayNumber = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** 2026年11月23日 14:05 */
export const longMoment = (at: Date): string => `${longDay(dayOf(at))} ${timeOf(at)}`;

/** As short as can be read today: 14:05, 昨天 14:05, 11月20日 14:05, 2025年11月20日. */
export function shortMoment(at: Date, now: Date): string {
  const day = dayOf(at);
  const today = dayOf(now);
  if (day === today) return timeOf(at);
  if (day === addDays(today, -1)) return `昨天 ${timeOf(at)}`;
  const [year, month, date] = numbers(day);
  return year === numbers(today)[0] ? `${month}月${date}日 ${timeOf(at)}` : longDay(day);
}

export function addDays(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Every day from one to another, both among them; none where they stand the wrong way round, 400 at most. */
export function daysBetween(from: Day, until: Day): Day[] {
  const days: Day[] = [];
  if (!isDay(from) || !isDay(until)) return days;
  for (let day = from; day <= until && days.length < 400; day = addDays(day, 1)) days.push(day);
  return days;
}

/** 1月1日至3日, 1月31日至2月6日, 2025年12月31日至2026年1月2日: the year only where it changes. */
export function span(from: Day, until: Day): string {
  const [y1, m1, d1] = numbers(from);
  const [y2, m2, d2] = numbers(until);
  if (from === until) return `${m1}月${d1}日`;
  if (y1 !== y2) return `${longDay(from)}至${longDay(until)}`;
  return m1 === m2 ? `${m1}月${d1}日至${d2}日` : `${m1}月${d1}日至${m2}月${d2}日`;
}

/** The days of a month in weeks from Monday on; undefined before the first and after the last. */
export function weeksOf(year: number, month: number): (Day | undefined)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const cells: (Day | undefined)[] = Array.from({ length: (weekdayNumber(first) + 6) % 7 }, () => undefined);
  for (let day = first; numbers(day)[1] === month; day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
