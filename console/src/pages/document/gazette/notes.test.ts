import { describe, expect, it } from 'vitest';
import { foundIn } from './notes';

const sheet = (layer: 'text' | 'image' | 'garbage') => ({ width: 595, height: 842, layer });

describe('what is said of a file', () => {
  it('is said once, with all its pages', () => {
    const found = foundIn({
      signed: 2,
      notes: [
        { code: 'pages.signed', page: 0, message: '文件里有 2 处电子印章或签名，这里只显示，没有验证。' },
        { code: 'pages.page_unread', page: 3, message: '第 3 页读不出来，请对照原件。' },
        { code: 'pages.page_unread', page: 2, message: '第 2 页读不出来，请对照原件。' },
        { code: 'pages.text_garbage', page: 1, message: '这一页的文字是乱码。' },
      ],
      sheets: [sheet('garbage'), sheet('text'), sheet('text'), sheet('image')],
    });
    expect(found.map((f) => f.pages)).toEqual([[], [2, 3], [1], [4]]);
    expect(found[1]?.text).toBe('这一页读不出来，请对照原件。');
    expect(found[3]?.text).toContain('仅图像');
  });

  it('names signatures that no note names', () => {
    expect(foundIn({ signed: 1, notes: [], sheets: [sheet('text')] })).toHaveLength(1);
    expect(foundIn({ signed: 0, notes: [], sheets: [sheet('text')] })).toEqual([]);
  });
});
