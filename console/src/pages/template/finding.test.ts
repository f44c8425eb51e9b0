import { expect, it } from 'vitest';
import { freshField, sourcesFor, wrongIn } from './finding';
import type { FieldType, Template } from '@/api/templates';
import { templateWords } from '@/locale/zh-CN';

const say = templateWords.wrong;
const template = (): Template => ({
  wechat_id: '',
  title: '政策更新提醒',
  long: false,
  fields: [
    { key: 'thing1', label: '政策名称', source: 'title' },
    { key: 'date3', label: '更新日期', source: 'date' },
  ],
});
const types: FieldType[] = [
  { name: 'thing', most: 20, sources: ['title', 'change', 'date', 'fixed'] },
  { name: 'date', most: 0, sources: ['date', 'fixed'] },
];

it('finds nothing wrong with a template as it should be', () => {
  expect(wrongIn(template(), say)).toEqual({});
});

it('complains at the place of each thing that is wrong', () => {
  const t = template();
  t.title = ' ';
  t.fields = [
    { key: 'thing1', label: '', source: 'fixed', text: ' ' },
    { key: 'thing1', label: '长'.repeat(11), source: 'title' },
    { key: '', label: '日期', source: 'date' },
  ];
  expect(wrongIn(t, say)).toEqual({
    title: say.title,
    'fields.0.label': say.label,
    'fields.0.text': say.text,
    'fields.1.key': say.twice,
    'fields.1.label': say.label,
    'fields.2.key': say.key,
  });
});

it('offers what fits into the type of a key', () => {
  expect(sourcesFor('date3', ['title', 'date', 'fixed'], types)).toEqual(['date', 'fixed']);
  expect(sourcesFor('wha', ['title', 'date'], types)).toEqual(['title', 'date']);
});

it('numbers a new line after those that are there', () => {
  expect(freshField(template().fields).key).toBe('thing4');
});
