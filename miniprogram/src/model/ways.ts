/** How one gets from page to page. Pages name where they lead; the addresses stand here. */
import type { SearchText } from '@/api/keeping';
import type { Channel } from '@/api/letter';
import type { Filters } from '@/api/policy';

/** How many pages lie on each other, this one included. */
export const depth = (): number => getCurrentPages().length;

const mostDeep = 10; // WeChat opens no more pages on each other

/** Opens a page on this one; '' leads nowhere. */
export function open(url: string): void {
  if (!url) return;
  if (depth() >= mostDeep) uni.redirectTo({ url });
  else uni.navigateTo({ url });
}

/** Goes where one came from; to the first page where somebody came in by a link. */
export function back(): void {
  if (depth() > 1) uni.navigateBack();
  else home();
}

export const home = (): void => void uni.switchTab({ url: '/pages/home/home' });
export const toTab = (url: string): void => void uni.switchTab({ url });

const query = (asked: Record<string, string | undefined>): string => {
  const parts = Object.entries(asked).filter(([, value]) => value);
  return parts.length ? `?${parts.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}` : '';
};

/** Filters in an address: a filter's values stand behind one another. */
const joined = (chosen: Partial<Filters>): Record<string, string> =>
  Object.fromEntries(Object.entries(chosen).map(([name, values]) => [name, (values ?? []).join(',')]));

const filterNames = ['department', 'topic', 'category', 'year', 'validity'] as const;

/** The filters that an address names, none where it names none. */
export function filtersOf(asked: Record<string, string | undefined>): Partial<Filters> | undefined {
  const named = filterNames.filter((name) => asked[name]);
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map((name) => [name, (asked[name] ?? '').split(',')]));
}

export const ways = {
  policy: (id: string, at?: { anchor?: string; tab?: string }) => `/packages/policy/policy${query({ id, ...at })}`,
  interpretation: (id: string) => `/packages/policy/interpretation${query({ id })}`,
  revisions: (kind: string, id: string) => `/packages/policy/revisions${query({ kind, id })}`,
  comparison: (kind: string, id: string, from: number, to: number) =>
    `/packages/policy/comparison${query({ kind, id, from: String(from), to: String(to) })}`,
  search: (q = '', filters: Record<string, string> = {}) => `/packages/policy/search${query({ q, ...filters })}`,
  savedSearch: ({ text, ...chosen }: SearchText) => ways.search(text, joined(chosen)),
  topic: (id: string) => `/packages/directory/topic${query({ id })}`,
  department: (id: string) => `/packages/directory/department${query({ id })}`,
  signin: () => '/packages/account/signin',
  favourites: () => '/packages/account/favourites',
  follows: () => '/packages/account/follows',
  notices: () => '/packages/account/notices',
  wishes: () => '/packages/account/wishes',
  history: () => '/packages/account/history',
  reading: () => '/packages/account/reading',
  privacy: () => '/packages/account/privacy',
  privacyText: () => '/packages/account/policy',
  erase: () => '/packages/account/erase',
  about: () => '/packages/account/about',
  write: (asked: { kind?: string; about?: string; id?: string; anchor?: string } = {}) =>
    `/packages/feedback/write${query(asked)}`,
  writeLetter: (channel: Channel) => `/packages/letter/write${query({ channel })}`,
  letters: () => '/packages/letter/mine',
  letter: (id: string) => `/packages/letter/letter${query({ id })}`,
  publicLetters: (asked: { q?: string; topic?: string } = {}) => `/packages/letter/published${query(asked)}`,
  publicLetter: (id: string) => `/packages/letter/public${query({ id })}`,
  letterFigures: (month = '') => `/packages/letter/figures${query({ month })}`,
  matter: (id: string) => `/packages/matter/matter${query({ id })}`,
  meetings: (asked: { column?: string; year?: string } = {}) => `/packages/meeting/meetings${query(asked)}`,
  meeting: (id: string) => `/packages/meeting/meeting${query({ id })}`,
  agendaItem: (id: string) => `/packages/meeting/item${query({ id })}`,
  consultations: (asked: { phase?: string } = {}) => `/packages/consultation/consultations${query(asked)}`,
  consultation: (id: string) => `/packages/consultation/consultation${query({ id })}`,
  opinion: (id: string, clause: string) => `/packages/consultation/opinion${query({ id, clause })}`,
  opinions: (id: string, clause = '') => `/packages/consultation/opinions${query({ id, clause })}`,
  adoption: (id: string) => `/packages/consultation/adoption${query({ id })}`,
  survey: (id: string) => `/packages/consultation/survey${query({ id })}`,
  myOpinions: () => '/packages/consultation/mine',
  events: (asked: { past?: string } = {}) => `/packages/event/events${query(asked)}`,
  event: (id: string) => `/packages/event/event${query({ id })}`,
  joinEvent: (id: string) => `/packages/event/join${query({ id })}`,
  eventDraw: (id: string) => `/packages/event/draw${query({ id })}`,
  signUps: () => '/packages/event/mine',
  signUp: (event: string) => `/packages/event/signup${query({ id: event })}`,
  gazettes: () => '/packages/gazette/gazettes',
  /** An issue; opened where something is found, with the words by which it was found. */
  gazette: (id: string, at: { page?: number; piece?: string; q?: string } = {}) =>
    `/packages/gazette/reader${query({ id, ...at, page: at.page ? String(at.page) : '' })}`,
  gazettePlace: (at: { year: number; number: number; page: number }) =>
    `/packages/gazette/reader${query({ year: String(at.year), number: String(at.number), page: String(at.page || '') })}`,
  gazettePiece: (id: string, piece: string, page = 0) =>
    `/packages/gazette/piece${query({ id, piece, page: page ? String(page) : '' })}`,
  feedbacks: () => '/packages/feedback/mine',
  feedback: (id: string) => `/packages/feedback/feedback${query({ id })}`,
};

/** A document by its kind, '' for a kind that this version does not know. */
export function toDocument(kind: string, id: string, anchor = ''): string {
  switch (kind) {
    case 'policy':
      return ways.policy(id, { anchor });
    case 'interpretation':
      return ways.interpretation(id);
    case 'letter':
      return ways.publicLetter(id);
    case 'meeting':
      return ways.meeting(id);
    case 'consultation':
      return ways.consultation(id);
    case 'agenda_item':
      return ways.agendaItem(id);
    case 'event':
      return ways.event(id);
    case 'gazette':
      return ways.gazette(id);
    case 'gazette_piece':
      return ways.gazettePiece('', id);
    case 'sign_up':
      return ways.signUp(id);
    case 'matter':
      return ways.matter(id);
    case 'own_letter':
      return ways.letter(id);
    default:
      return '';
  }
}
