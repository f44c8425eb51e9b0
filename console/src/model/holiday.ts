/** Reads what the State Council announces for a year, as it is pasted from the notice. */
import { addDays, daysBetween, isDay, weekdayNumber, type Day } from './day';

export interface Off {
  name: string;
  from: Day;
  until: Day;
}

export interface Notice {
  off: Off[];
  makeup: Day[];
  unread: string[]; // lines with dates in which nothing was understood
}

const names = ['元旦', '春节', '清明', '劳动节', '端午', '中秋', '国庆'];
const date = String.raw`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:[（(][^）)]*[）)])?`;
const offPattern = new RegExp(
  String.raw`${date}(?:(?:至|到|—|-|~)(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日(?:[（(][^）)]*[）)])?)?[^。；\d]{0,6}(?:放假|休息|补休)`,
  'g',
);
const workedPattern = /[^。；]*上班/g;
const datePattern = new RegExp(date, 'g');

/** The holidays of a year in the words of its notice: 一、元旦：1月1日（周四）至3日（周六）放假，共3天。1月4日（周日）上班。 */
export function readNotice(text: string, year: number): Notice {
  const notice: Notice = { off: [], makeup: [], unread: [] };
  let name = '';
  for (const line of text
    .normalize('NFKC')
    .split(/\n+/)
    .map((l) => l.replace(/\s+/g, ''))
    .filter(Boolean)) {
    name = nameIn(line) || name;
    const before = notice.off.length + notice.makeup.length;
    notice.off.push(...offIn(line, year).map((o) => ({ name, ...o })));
    notice.makeup.push(...workedIn(line, year));
    if (notice.off.length + notice.makeup.length === before && /\d月\d/.test(line)) notice.unread.push(line);
  }
  notice.makeup = [...new Set(notice.makeup)].sort();
  return notice;
}

/** 国庆节、中秋节：both in one holiday keep both names. */
function nameIn(line: string): string {
  const label = /^(?:[一二三四五六七八九十]+、|\d+[.、])?([^:,。\d]{2,16})[:]/.exec(line)?.[1];
  return label ?? names.filter((n) => line.includes(n)).join('、');
}

function offIn(line: string, year: number): Omit<Off, 'name'>[] {
  return [...line.matchAll(offPattern)].flatMap((m) => {
    const from = dayFrom(year, m[1], m[2], m[3]);
    const until = m[6]
      ? dayFrom(year, m[4] ?? (m[5] && Number(m[5]) < Number(m[2]) ? nextYear(m[1], year) : m[1]), m[5] ?? m[2], m[6])
      : from;
    return isDay(from) && isDay(until) && from <= until ? [{ from, until }] : [];
  });
}

/** 2025年12月31日至1月2日 ends in the next year without saying so. */
const nextYear = (said: string | undefined, year: number): string => String(said ? Number(said) + 1 : year);

function workedIn(line: string, year: number): Day[] {
  return [...line.matchAll(workedPattern)].flatMap(([sentence]) => {
    const worked = sentence.split(/放假[^。；]*?(?:天|,)/).at(-1) ?? '';
    return [...worked.matchAll(datePattern)].map((m) => dayFrom(year, m[1], m[2], m[3])).filter(isDay);
  });
}

const dayFrom = (year: number, y?: string, m = '', d = ''): Day =>
  `${y ?? year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;

/** What a day is in a year's calendar. */
export type DayKind = 'off' | 'makeup' | 'weekend' | 'work';

/** What every day is that the year's notice speaks of. */
export function kindsOf(off: readonly Off[], makeup: readonly Day[]): (day: Day) => { kind: DayKind; name: string } {
  const holiday = new Map(off.flatMap((o) => daysBetween(o.from, o.until).map((day) => [day, o.name] as const)));
  const worked = new Set(makeup);
  return (day) => {
    if (worked.has(day)) return { kind: 'makeup', name: '' };
    if (holiday.has(day)) return { kind: 'off', name: holiday.get(day) ?? '' };
    return { kind: weekdayNumber(day) % 6 === 0 ? 'weekend' : 'work', name: '' };
  };
}

/** How many working days a year has. */
export function workdaysIn(year: number, off: readonly Off[], makeup: readonly Day[]): number {
  const kindOf = kindsOf(off, makeup);
  let count = 0;
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
    if (['work', 'makeup'].includes(kindOf(day).kind)) count++;
  }
  return count;
}
