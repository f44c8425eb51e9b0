import { expect, it } from 'vitest';
import { chosenContent, fieldsThatDiffer } from './choice';
import type { Passage } from '@/api/documents';

const text = (t: string): Passage => ({ kind: 'text', text: t });
const base = { title: '办法', doc_number: '', body: [text('一'), text('二'), text('三')] };
const mine = { title: '办法（试行）', doc_number: '', body: [text('一'), text('二，我写'), text('三')] };
const theirs = {
  title: '办法',
  doc_number: '鸢政发〔2026〕1号',
  body: [text('一'), text('二'), text('三'), text('四，她写')],
};

it('each field goes to whoever changed it', () => {
  expect(fieldsThatDiffer({ base, mine, theirs })).toEqual([
    { field: 'title', likely: 'mine' },
    { field: 'doc_number', likely: 'theirs' },
  ]);
});

it('both bodies come together, or one of them is taken', () => {
  const fields = { title: 'mine', doc_number: 'theirs' } as const;
  const result = chosenContent({ base, mine, theirs }, { body: 'both', fields });
  expect(result).toMatchObject({ title: '办法（试行）', doc_number: '鸢政发〔2026〕1号' });
  expect(result.body?.map((p) => p.text)).toEqual(['一', '二，我写', '三', '四，她写']);
  expect(chosenContent({ base, mine, theirs }, { body: 'mine', fields: {} }).body).toEqual(mine.body);
  expect(chosenContent({ base, mine, theirs }, { body: 'theirs', fields: {} })).toEqual(theirs);
});

it('where the beginning is not known, what was typed is not given up, and no paragraph is lost', () => {
  expect(fieldsThatDiffer({ base: undefined, mine, theirs })).toEqual([
    { field: 'title', likely: 'mine' },
    { field: 'doc_number', likely: 'theirs' },
  ]);
  const { body } = chosenContent({ base: undefined, mine, theirs }, { body: 'both', fields: {} });
  expect(body?.map((p) => p.text)).toEqual(['一', '二', '二，我写', '三', '四，她写']);
});
