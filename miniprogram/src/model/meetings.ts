/** What a meeting's page says of it: its agenda in lines, its grounds counted, its neighbours. */
import type { MeetingItem } from '@/api/meeting';
import { meetings as words } from '@/locale/zh-CN';
import { long } from './day';

/** A line of an agenda, and whether what was decided on it can be read. */
export interface AgendaLine {
  id: string;
  title: string;
  decided: boolean;
  state: string;
}

/** The first lines of an agenda; rest says what more there is. */
export function agendaLines(of: MeetingItem, most: number): { lines: AgendaLine[]; rest: string } {
  const lines = of.items.slice(0, most).map(({ id, title, decided }) => {
    return { id, title, decided, state: stateOf(of, decided) };
  });
  const more = of.items.length - lines.length;
  const said = [more ? words.moreItems(more) : '', of.withheld.length ? words.withheldShort(of.withheld.length) : ''];
  return { lines, rest: said.filter(Boolean).join('，') };
}

/** How an item stands: before the meeting nothing is late. */
export function stateOf(within: MeetingItem, decided: boolean): string {
  if (decided) return words.decided;
  return within.phase === 'announced' ? words.coming : words.waiting;
}

/** Where nothing of a meeting is public but that it was held, nothing is waited for. */
export function phaseTone(of: MeetingItem): 'blue' | 'amber' | 'green' | 'plain' {
  if (of.phase === 'held' && !of.due) return 'plain';
  return words.tones[of.phase] ?? 'plain';
}

/** The count of a meeting, where its title does not say it: 十八届第63次 beside 第63次常务会议 says nothing new. */
export function sessionBeside(of: { title: string; session: string }): string {
  const nth = /第\d+次$/.exec(of.session)?.[0] ?? of.session;
  return of.title.includes(nth) ? '' : of.session;
}

/** The grounds on which items are not public, each once with how many it stands behind. */
export function grounds(of: MeetingItem): { law: string; items: number }[] {
  const counted = new Map<string, number>();
  for (const law of of.withheld) counted.set(law, (counted.get(law) ?? 0) + 1);
  return [...counted].map(([law, items]) => ({ law, items }));
}

/** Until when what is not public yet has to be; '' where nothing is waited for. */
export function dueSaid(of: MeetingItem, ofItem = false): string {
  if (!of.due) return '';
  const day = long(of.due);
  if (of.overdue) return words.overdue(day);
  if (of.phase === 'announced') return words.announcedDue(day);
  if (ofItem) return words.itemDue(day);
  return of.phase === 'held' ? words.heldDue(day) : words.restDue(day);
}

/** The items before and after one, and its place; undefined at the ends. */
export function neighbours(of: MeetingItem, id: string) {
  const at = of.items.findIndex((i) => i.id === id);
  return { at: at + 1, of: of.items.length, before: of.items[at - 1], after: at < 0 ? undefined : of.items[at + 1] };
}

/** The years of a column's meetings, or of all, the newest first. */
export function yearsOf(columns: readonly { id: string; years: number[] | null }[], column: string): number[] {
  const held = columns.filter((c) => !column || c.id === column).flatMap((c) => c.years ?? []);
  return [...new Set(held)].sort((a, b) => b - a);
}

/** Meetings under the years in which they were held. */
export function byYear<T extends { day: string }>(items: readonly T[]): { year: string; items: T[] }[] {
  const groups: { year: string; items: T[] }[] = [];
  for (const item of items) {
    const year = item.day.slice(0, 4);
    const last = groups[groups.length - 1];
    if (last?.year === year) last.items.push(item);
    else groups.push({ year, items: [item] });
  }
  return groups;
}
