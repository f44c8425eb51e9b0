import { describe, expect, test } from 'vitest';
import { bodyOf, count, cut, emptyForm, fieldOf, isBlank, stepWith, whyNotFile, wrongsOf } from './form';
import { letter as words } from '@/locale/zh-CN';

const least = 5;
const written = (text: string, title = '供暖') => ({ ...emptyForm('ask'), title, text });
const wrong = (text: string, title?: string) => wrongsOf(written(text, title), 'words', least, words.wrong);

describe('a letter that is not ready', () => {
  test('wants a title and some words', () => {
    expect(wrong('', ' ')).toEqual({ title: words.wrong.noTitle, text: words.wrong.noText });
    expect(wrong('暖气不热')).toEqual({ text: words.wrong.tooShort(least) });
    expect(wrong('暖气又不热了')).toEqual({});
  });

  test('of faces alone is told so kindly', () => {
    expect(wrong('😡😡😡！！！')).toEqual({ text: words.wrong.onlySigns });
    expect(wrong('😡暖气一直不热😡')).toEqual({});
  });

  test('may have no number to call, but not half of one', () => {
    const phone = (typed: string) => wrongsOf({ ...written('x'), phone: typed }, 'who', least, words.wrong).contact;
    for (const good of ['', '13800138000', '0536-8091234', '+86 138 0013 8000']) expect(phone(good)).toBeUndefined();
    for (const bad of ['12345', '一三八', '138001380001380013800']) expect(phone(bad)).toBe(words.wrong.phoneWrong);
  });
});

test('ten thousand characters that were pasted are cut, and a face is never cut in two', () => {
  expect(cut('长'.repeat(10_000), 3000)).toEqual({ text: '长'.repeat(3000), over: 7000 });
  expect(cut('😊😊😊', 2)).toEqual({ text: '😊😊', over: 1 });
  expect(cut('短', 3000)).toEqual({ text: '短', over: 0 });
  expect(count('😊好')).toBe(2);
});

test('what the house found wrong is shown where it stands', () => {
  expect([fieldOf('title'), fieldOf('body.text'), fieldOf('body.files[8]'), fieldOf('phone')]).toEqual(['title', 'text', 'files', 'contact']);
  expect([fieldOf('point'), fieldOf('body.point.lat'), fieldOf('Idempotency-Key')]).toEqual(['place', 'place', undefined]);
  expect([stepWith('files'), stepWith('contact'), stepWith('department')]).toEqual(['where', 'who', 'about']);
});

test('a letter goes out without what was left empty', () => {
  const form = { ...written(' 暖气不热 '), files: [{ id: 'f1', name: 'a.jpg', media_type: 'image/jpeg', size: 3 }] };
  expect(JSON.parse(JSON.stringify(bodyOf(form)))).toEqual({
    channel: 'ask', title: '供暖', text: '暖气不热', may_publish: false, anonymous: true, files: ['f1'],
  });
  expect(isBlank(form)).toBe(false);
  expect(isBlank({ ...emptyForm('mayor'), name: '王女士', phone: '138' })).toBe(true);
});

test('some files are not even sent', () => {
  const sent: [string, number, ReturnType<typeof whyNotFile>][] = [
    ['IMG_1.HEIC', 9, 'heic'], ['路面.mov', 9, 'video'], ['大图.png', 21, 'large'], ['空.jpg', 0, 'empty'], ['好.jpg', 20, undefined],
  ];
  for (const [name, size, why] of sent) expect(whyNotFile(name, size, 20), name).toBe(why);
});
