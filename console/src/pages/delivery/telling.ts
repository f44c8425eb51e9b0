/** Announcements and what became of their messages, as a clerk reads them. */
import type { Announcement, CreditDay, Outcome } from '@/api/deliveries';
import { announcementWords, deliveryWords } from '@/locale/zh-CN';
import { dayOf, shortDay } from '@/model/day';

/** What an announcement is called: by its document, or by the day of a digest. */
export const titleOf = (a: Announcement): string =>
  a.title || announcementWords.digest(a.what, shortDay(dayOf(new Date(a.created_at))));

export const nameOf = ({ state, why }: { state: string; why: string }): string => deliveryWords.of(state, why);

export const stageTone = (a: Announcement): 'brand' | 'bad' | 'plain' | 'good' => {
  if (a.refused) return 'bad';
  if (a.running) return 'brand';
  return a.stage === 'stopped' ? 'plain' : 'good';
};

export type GroupName = 'reached' | 'waiting' | 'missed' | 'unclear';

const groupOf: Record<Outcome['state'], GroupName> = {
  sent: 'reached',
  confirmed: 'reached',
  pending: 'waiting',
  calling: 'waiting',
  no_credit: 'missed',
  refused: 'missed',
  failed: 'missed',
  stopped: 'missed',
  unknown: 'unclear',
};
const order: GroupName[] = ['reached', 'waiting', 'missed', 'unclear'];

export interface Group {
  name: GroupName;
  count: number;
  outcomes: Outcome[]; // the many first
}

/** The outcomes by what they mean; a group without messages is there too. */
export function groupsOf(outcomes: readonly Outcome[]): Group[] {
  return order.map((name) => {
    const of = outcomes.filter((o) => groupOf[o.state] === name).sort((a, b) => b.count - a.count);
    return { name, count: of.reduce((sum, o) => sum + o.count, 0), outcomes: of };
  });
}

export const totalOf = (outcomes: readonly Outcome[]): number => outcomes.reduce((sum, o) => sum + o.count, 0);

/** A share in whole hundredths; what is there at all is never told as none. */
export function shareOf(part: number, of: number): string {
  if (!of || !part) return '0%';
  const share = (part / of) * 100;
  if (share < 1) return '<1%';
  return share > 99 && part < of ? '>99%' : `${Math.round(share)}%`;
}

export const keyOf = ({ state, why }: { state: string; why: string }): string => (why ? `${state}.${why}` : state);

/** Of the messages of some days, those that found no credit: ours, or WeChat's word. */
export function missedOf(days: readonly CreditDay[]): { missed: number; all: number } {
  const sum = (of: (d: CreditDay) => number) => days.reduce((all, d) => all + of(d), 0);
  const missed = sum((d) => d.none + d.refused);
  return { missed, all: missed + sum((d) => d.sent) };
}
