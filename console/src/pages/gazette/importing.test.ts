import { describe, expect, it } from 'vitest';
import { isClear, partOf, sorted, stepsOf } from './importing';

const file = (name: string, size = 3) => new File(['x'.repeat(size)], name, { lastModified: 1 });

describe('issues on their way in', () => {
  it('are PDF or OFD, and each of them once', () => {
    const there = [file('2019年第1期.pdf')];
    const got = sorted([file('2019年第1期.pdf'), file('第2期.OFD'), file('第2期.OFD'), file('目录.docx'), file('2019年第1期.pdf', 4)], there);
    expect(got.taken.map((f) => f.name)).toEqual(['第2期.OFD', '2019年第1期.pdf']);
    expect([got.wrong, got.twice]).toEqual([['目录.docx'], ['2019年第1期.pdf', '第2期.OFD']]);
  });

  it('say year and number both or neither', () => {
    expect([isClear({ year: '', number: '' }), isClear({ year: '2019', number: '1' }), isClear({ year: '2019', number: '' })]).toEqual([true, true, false]);
  });

  it('come through three steps', () => {
    expect(stepsOf({ step: 'pages', state: 'waiting' }).map((s) => s.state)).toEqual(['done', 'now', 'open']);
    expect(stepsOf({ step: 'done', state: 'made' }).map((s) => s.state)).toEqual(['done', 'done', 'done']);
    expect(partOf({ step: 'pages', pages: 273, done: 0 })).toBeLessThan(partOf({ step: 'pages', pages: 273, done: 200 }));
    expect(partOf({ step: 'pages', pages: 10, done: 10 })).toBeLessThan(partOf({ step: 'pieces', pages: 10, done: 10 }));
  });
});
