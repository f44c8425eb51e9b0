/** What a reviewer fills in, what of it is said to the server, and what is wrong with it. */
import type { DeskRecord, SignFields } from '@/api/documents';
import { signingWords as say } from '@/locale/zh-CN';
import { addDays, dayOf, longMoment, weekdayNumber } from '@/model/day';

export interface Signature {
  no_secret: boolean;
  attribute: SignFields['attribute'];
  ground: string;
  later: boolean;
  at: string; // a moment with its zone, '' where none is chosen
  tell: boolean | null; // asked each time, so that nobody is told, or not told, by oversight
  why: string;
  hurry: boolean;
  urgent: string; // why it is told before all else
  note: string;
  close_older: boolean;
}

export const blankSignature = (): Signature => ({
  no_secret: false,
  attribute: 'open',
  ground: '',
  later: false,
  at: '',
  tell: null,
  why: '',
  hurry: false,
  urgent: '',
  note: '',
  close_older: false,
});

/** Nine in the morning of a day in Shanghai. */
const morning = (day: string): string => `${day}T09:00:00+08:00`;

/** The next day, at nine. */
export const tomorrow = (now: Date): string => morning(addDays(dayOf(now), 1));

/** The Monday after today, at nine. */
export function nextMonday(now: Date): string {
  const today = dayOf(now);
  return morning(addDays(today, (8 - weekdayNumber(today)) % 7 || 7));
}

const unless = (right: unknown, field: string, sentence: string): Record<string, string> =>
  right ? {} : { [field]: sentence };

function wrongTime(s: Signature, now: Date): Record<string, string> {
  if (!s.later) return {};
  if (!s.at) return { at: say.atMissing };
  return new Date(s.at) <= now ? { at: say.atPast } : {};
}

/** How many characters the reason has at least for telling of something before all else. */
const leastUrgent = 4;

const isUrgent = (s: Signature): boolean => s.tell === true && s.hurry;

/** What can be seen to be wrong, by field. */
export function wrongWith(s: Signature, isPublic: boolean, now: Date): Record<string, string> {
  const secrecy = unless(s.no_secret, 'no_secret', say.noSecretMissing);
  if (s.attribute !== 'open') return { ...secrecy, ...unless(s.ground.trim(), 'ground', say.groundMissing) };
  return {
    ...secrecy,
    ...wrongTime(s, now),
    ...unless(s.tell !== null, 'tell', say.tellMissing),
    ...unless(s.why.trim(), 'why', say.whyMissing),
    ...unless(!isUrgent(s) || s.urgent.trim().length >= leastUrgent, 'urgent', say.urgentMissing),
    ...unless(!isPublic || s.note.trim(), 'note', say.noteMissing),
  };
}

/** What is not shown is not said: a ground belongs to what is kept, all else to what becomes public. */
export function signatureOf(s: Signature, isPublic: boolean): SignFields {
  const { no_secret, attribute } = s;
  if (attribute !== 'open') return { no_secret, attribute, ground: s.ground.trim() };
  const correction = isPublic ? { note: s.note.trim(), close_older: s.close_older } : {};
  const at = s.later && s.at ? { at: new Date(s.at).toISOString() } : {};
  const urgent = isUrgent(s) ? { urgent: s.urgent.trim() } : {};
  return { no_secret, attribute, tell: s.tell === true, why: s.why.trim(), ...urgent, ...correction, ...at };
}

/** How it will be done, in a word. */
export function wayOf(s: Signature): 'now' | 'later' | 'kept' {
  if (s.attribute !== 'open') return 'kept';
  return s.later ? 'later' : 'now';
}

/** What will happen, in the sentences that are read before it does. */
export function consequences(s: Signature, record: Pick<DeskRecord, 'title' | 'public'>, effects: number): string {
  const { confirm, attributes } = say;
  const way = wayOf(s);
  if (way === 'kept') return confirm.kept(record.title, attributes[s.attribute] ?? '');
  const now = record.public ? confirm.correction(record.title) : confirm.now(record.title);
  return [
    way === 'later' && s.at ? confirm.later(record.title, longMoment(new Date(s.at))) : now,
    s.tell ? confirm.told : confirm.untold,
    isUrgent(s) ? confirm.urgent : '',
    record.public && s.close_older ? confirm.closed : '',
    effects ? confirm.effects(effects) : '',
  ].join('');
}
