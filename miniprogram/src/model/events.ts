/** What is said of the places of an event. */
import type { EventSignUp } from '@/api/event';
import { events as words } from '@/locale/zh-CN';
import { moment, short } from './day';

/** When something is, to the minute: 今天 18:00, 11月29日 周日 18:00. */
export function clock(at: string, now = Date.now()): string {
  const said = moment(at, now);
  const time = new Date(Date.parse(at) + 8 * 3600_000).toISOString().slice(11, 16);
  return said.endsWith(time) ? said : `${short(at, now)} ${time}`;
}

/** Whether one can sign up, how many places there are, and until when; '' where nobody signs up. */
export function placesSaid(of: EventSignUp | null | undefined, now = Date.now()): string {
  if (!of) return '';
  const parts: Record<EventSignUp['phase'], string[]> = {
    soon: [words.opens(clock(of.opens_at, now))],
    open: [leftSaid(of), words.closes(clock(of.closes_at, now))],
    closed: [of.phase_name, of.how === 'lottery' && of.draws_at ? words.draws(clock(of.draws_at, now)) : ''],
    drawn: [of.phase_name],
    off: [],
  };
  return parts[of.phase].filter(Boolean).join('，');
}

function leftSaid(of: EventSignUp): string {
  if (of.how === 'lottery') return words.lot(of.people, of.places);
  return of.full ? words.full(of.waiting) : words.left(of.left);
}
