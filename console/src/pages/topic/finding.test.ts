import { expect, it } from 'vitest';
import { wrongIn } from './finding';

const topic = (id: string, explanation: string) => ({ id, name: id, icon: id, explanation, policies: 0 });

it('complains about each topic that says too little or too much', () => {
  const topics = [topic('a', '  短  '), topic('b', '四个字啊'), topic('c', '长'.repeat(61)), topic('d', '👨‍👩‍👧'.repeat(3))];
  expect(wrongIn(topics, '太短或太长')).toEqual({ 'items.a': '太短或太长', 'items.c': '太短或太长' });
});
