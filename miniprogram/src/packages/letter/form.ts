/** A letter while it is written: what it holds, what is wrong with it, and how it is sent. */
import type { Channel, LetterFile, LetterForm, LetterRules } from '@/api/letter';

export interface Form {
  channel: Channel;
  title: string;
  text: string;
  topic: string; // its ID, '' for none
  office?: { id: string; name: string }; // none: 不知道找谁
  place: string;
  point?: { lat: number; lng: number };
  name: string;
  phone: string;
  mayPublish: boolean;
  anonymous: boolean;
  files: LetterFile[];
}

export const emptyForm = (channel: Channel): Form => ({
  channel, title: '', text: '', topic: '', place: '', name: '', phone: '', mayPublish: false, anonymous: true, files: [],
});

/** The steps, one question each. */
export const steps = ['words', 'about', 'where', 'who', 'check'] as const;
export type Step = (typeof steps)[number];

/** The fields that can be wrong, as the house names them, and the step on which each of them stands. */
const stepOf: Record<string, Step> = {
  title: 'words', text: 'words', topic: 'about', department: 'about', place: 'where', point: 'where', files: 'where',
  contact: 'who', name: 'who', phone: 'who',
};

export type Field = 'title' | 'text' | 'topic' | 'department' | 'place' | 'files' | 'contact';
export type Wrongs = Partial<Record<Field, string>>;

/** What the house found wrong, by field: body.title and title are the same to who writes. */
export function fieldOf(said: string): Field | undefined {
  const [name = ''] = said.replace(/^body\.?/, '').split(/[.[]/);
  if (name === 'point') return 'place';
  if (name === 'name' || name === 'phone') return 'contact';
  return name in stepOf ? (name as Field) : undefined;
}

export const stepWith = (field: Field): Step => stepOf[field] ?? 'words';

/** Characters as people and the house count them. */
export const count = (text: string): number => Array.from(text).length;

/** As much of a text as may be, and how many characters were too many. */
export function cut(text: string, most: number): { text: string; over: number } {
  const all = Array.from(text);
  return all.length <= most ? { text, over: 0 } : { text: all.slice(0, most).join(''), over: all.length - most };
}

/** Letters and figures: what is left are signs and faces. */
const wordsIn = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;

/** A telephone number: a mobile one, or one with its area. */
const isPhone = (text: string): boolean => /^[\d +-]+$/.test(text) && /^\d{7,15}$/.test(text.replace(/\D/g, ''));

type Words = Record<'noTitle' | 'noText' | 'onlySigns' | 'phoneWrong', string> & { tooShort: (least: number) => string };

/** What can be said at once of a step; the house has the last word. */
export function wrongsOf(form: Form, step: Step, least: number, words: Words): Wrongs {
  const text = form.text.trim();
  if (step === 'words') {
    const title = form.title.trim() ? undefined : words.noTitle;
    const short = wordsIn(text) < least ? words.tooShort(least) : undefined;
    const wrong = !text ? words.noText : wordsIn(text) === 0 ? words.onlySigns : short;
    return { ...(title && { title }), ...(wrong && { text: wrong }) };
  }
  if (step === 'who' && form.phone.trim() && !isPhone(form.phone.trim())) return { contact: words.phoneWrong };
  return {};
}

/** Whether anything was written that would be a pity to lose. */
export const isBlank = (form: Form): boolean =>
  !form.title.trim() && !form.text.trim() && !form.place.trim() && form.files.length === 0;

/** The form as the house takes it. */
export function bodyOf(form: Form): LetterForm {
  const some = (text: string) => text.trim() || undefined;
  return {
    channel: form.channel, title: form.title.trim(), text: form.text.trim(), may_publish: form.mayPublish,
    anonymous: form.anonymous, topic: some(form.topic), department: form.office?.id, place: some(form.place),
    point: form.point as LetterForm['point'], name: some(form.name), phone: some(form.phone), files: form.files.map((f) => f.id),
  };
}

/** Why a file need not be sent at all; undefined where the house may judge. */
export function whyNotFile(name: string, size: number, most: number): 'heic' | 'video' | 'large' | 'empty' | undefined {
  if (/\.(heic|heif)$/i.test(name)) return 'heic';
  if (/\.(mp4|mov|m4v|avi|mkv|wmv|3gp|flv)$/i.test(name)) return 'video';
  if (size > most) return 'large';
  return size === 0 ? 'empty' : undefined;
}

export const isPicture = (f: { media_type: string }): boolean => f.media_type.startsWith('image/');

/** How much of a file the house takes, in bytes; where the rules have not arrived, the house says so itself. */
export const bytesOf = (rules: LetterRules | undefined): number => rules?.file_size ?? Infinity;

/** How many files of a letter there may be, where the rules have not arrived. */
export const filesOf = (rules: LetterRules | undefined): number => rules?.files ?? 0;
