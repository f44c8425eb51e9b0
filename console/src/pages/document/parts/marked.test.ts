import { expect, it } from 'vitest';
import { countsOf } from './marked';

const marked = (...kinds: string[]) => ({
  text: '',
  spans: kinds.map((kind) => ({ kind, from: 0, length: 1, instead: '某' })),
});

it('counts what is marked in the title and in every text, each kind once', () => {
  const exchanges = [
    { question: marked('phone', 'name'), answer: marked('name') },
    { question: marked(), answer: marked('plate') },
  ];
  const said = countsOf({ title: marked('name'), exchanges });
  expect(said).toContain('姓名 3 处、电话 1 处、车牌 1 处');
});

it('does not call a letter in which nothing is marked safe', () => {
  expect(countsOf({ title: marked(), exchanges: [] })).toContain('请您自己再看一遍');
});
