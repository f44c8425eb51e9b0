import { expect, it } from 'vitest';
import { holding, linesOf, severityOf, wordsOf } from './telling';

it('writes groups and ways as people do', () => {
  expect(wordsOf({ words: ['社保', '社会保险'] })).toBe('社保 = 社会保险');
  expect(wordsOf({ words: ['养老金', '养老保险', '退休金'], one_way: true })).toBe('养老金 → 养老保险、退休金');
  expect(wordsOf({ words: ['布署'], instead: '部署' })).toBe('布署');
});

it('finds an entry by what it says, whatever the case', () => {
  const list = [
    { name: 'a', off: false, words: ['5G基站'] },
    { name: 'b', off: false, words: ['布署'], instead: '部署', note: '见通知' },
  ];
  expect(holding(list, ' 5g ').map((w) => w.name)).toEqual(['a']);
  expect(holding(list, '部署').map((w) => w.name)).toEqual(['b']);
  expect(holding(list, '通知').map((w) => w.name)).toEqual(['b']);
  expect(holding(list, '')).toHaveLength(2);
  expect(holding(list, '没有')).toEqual([]);
});

it('says what a list asks for where an entry does not', () => {
  expect(severityOf({ words: ['布署'] }, 'mistyped')).toBe('改正或说明');
  expect(severityOf({ words: ['刁民'] }, 'forbidden')).toBe('必须改正');
  expect(severityOf({ words: ['帐号'], severity: 'note' }, 'mistyped')).toBe('只作提示');
});

it('reads lines without what nobody meant', () => {
  expect(linesOf(' 社保 \n\n社会保险\n')).toEqual(['社保', '社会保险']);
});
