/** What can be seen to be wrong with a template before the server is asked, and what can fill which field. */
import type { Field, FieldType, Template } from '@/api/templates';

export interface Complaints {
  title: string;
  key: string;
  twice: string;
  label: string;
  source: string;
  text: string;
}

/** How many lines a template of WeChat's has. */
export const lines = { least: 2, most: 5 };

const fits = (text: string, most: number): boolean => {
  const { length } = [...text.trim()];
  return length > 0 && length <= most;
};

export function wrongIn({ title, fields }: Template, say: Complaints): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!fits(title, 20)) wrong['title'] = say.title;
  fields.forEach((f, at) => {
    const name = `fields.${at}`;
    if (!f.key) wrong[`${name}.key`] = say.key;
    else if (fields.findIndex((other) => other.key === f.key) < at) wrong[`${name}.key`] = say.twice;
    if (!fits(f.label, 10)) wrong[`${name}.label`] = say.label;
    if (!f.source) wrong[`${name}.source`] = say.source;
    if (f.source === 'fixed' && !f.text?.trim()) wrong[`${name}.text`] = say.text;
  });
  return wrong;
}

/** The type of a key: thing7 is a thing. */
export const typeOf = (key: string, types: FieldType[]): FieldType | undefined =>
  types.find((t) => t.name === key.replace(/\d+$/, ''));

/** What a purpose can tell that fits into a key; before its type is known, all. */
export function sourcesFor(key: string, sources: string[], types: FieldType[]): string[] {
  const type = typeOf(key, types);
  return type ? sources.filter((s) => type.sources.includes(s)) : sources;
}

/** A line that is new: the next number of a thing. */
export function freshField(fields: Field[]): Field {
  const numbers = fields.map((f) => Number(/\d+$/.exec(f.key)?.[0] ?? 0));
  return { key: `thing${Math.max(0, ...numbers) + 1}`, label: '', source: 'fixed', text: '' };
}
