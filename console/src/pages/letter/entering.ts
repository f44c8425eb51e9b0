/** A letter that came by telephone, over the counter or on paper, as it is filled in. */
import type { Entering, LetterFile, LetterRules } from '@/api/letters';
import { forms, letterEntry as say } from '@/locale/zh-CN';

export interface EntryDraft {
  source: Entering['source'] | '';
  channel: Entering['channel'];
  name: string;
  phone: string;
  title: string;
  text: string;
  topic: string;
  department: string;
  place: string;
  may_publish: boolean;
  anonymous: boolean;
  files: Pick<LetterFile, 'id' | 'name' | 'size'>[];
}

export const fresh = (): EntryDraft => ({
  source: '',
  channel: 'ask',
  name: '',
  phone: '',
  title: '',
  text: '',
  topic: '',
  department: '',
  place: '',
  may_publish: false,
  anonymous: false,
  files: [],
});

const lengthOf = (text: string): number => [...text.trim()].length;

/** What is wrong with a text of so many characters, "" for nothing. */
function bound(text: string, least: number, most: number): string {
  const n = lengthOf(text);
  if (n === 0) return forms.required;
  if (n < least) return say.tooShort(least);
  return n > most ? say.tooLong(most) : '';
}

export function missing(d: EntryDraft, rules: LetterRules | undefined): Record<string, string> {
  const found = {
    source: d.source ? '' : say.choose,
    title: bound(d.title, 1, rules?.title ?? Infinity),
    text: bound(d.text, rules?.least ?? 1, rules?.text ?? Infinity),
    files: rules && d.files.length > rules.files ? say.tooMany(rules.files) : '',
  };
  return Object.fromEntries(Object.entries(found).filter(([, wrong]) => wrong));
}

/** What is sent: what was left empty is not there. Who does not agree to publication is not asked about the name. */
export function bodyOf(d: EntryDraft): Entering {
  const { source, channel, may_publish, title, text } = d;
  const some = { topic: d.topic, department: d.department, name: d.name, phone: d.phone, place: d.place };
  const said = Object.entries(some)
    .map(([field, value]) => [field, value.trim()] as const)
    .filter(([, value]) => value);
  return {
    source: source as Entering['source'],
    channel,
    title: title.trim(),
    text: text.trim(),
    may_publish,
    anonymous: may_publish && d.anonymous,
    ...Object.fromEntries(said),
    ...(d.files.length ? { files: d.files.map((f) => f.id) } : {}),
  };
}
