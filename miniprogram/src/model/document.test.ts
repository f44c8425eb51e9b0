import { describe, expect, test } from 'vitest';
import { article, find, outline, placeOf, source, type Block, type Policy } from './document';

const body: Block[] = [
  { kind: 'chapter', label: '第一章', text: '总则', anchor: 'c1' },
  { kind: 'article', label: '第一条', text: '为规范养老服务，制定本办法。', anchor: 'a1' },
  { kind: 'article', label: '第二条', text: '本办法所称养老服务，包括：', anchor: 'a2' },
  { kind: 'item', label: '（一）', text: '居家服务；' },
  {
    kind: 'table',
    rows: [
      ['项目', '金额'],
      ['助餐', '6元'],
    ],
  },
  { kind: 'chapter', label: '第二章', text: '服务', anchor: 'c2' },
  { kind: 'article', label: '第三条', text: '老年人可以在家里用餐。', anchor: 'a3' },
];

describe('a document', () => {
  test('lists its chapters, and its articles by their first words', () => {
    expect(outline(body).map((e) => `${'>'.repeat(e.depth)}${e.label} ${e.text}`)).toEqual([
      '第一章 总则',
      '>>第一条 为规范养老服务',
      '>>第二条 本办法所称养老服务',
      '第二章 服务',
      '>>第三条 老年人可以在家里用餐',
    ]);
  });

  test('without chapters lists its articles at the margin', () => {
    expect(outline(body.slice(1, 3)).map((e) => e.depth)).toEqual([0, 0]);
    expect(outline([{ kind: 'paragraph', text: '只有一段。' }])).toEqual([]);
  });

  test('gives an article whole, with what belongs to it and nothing of the next chapter', () => {
    expect(article(body, 2)).toBe('第二条　本办法所称养老服务，包括：\n（一）居家服务；\n项目\t金额\n助餐\t6元');
    expect(article(body, 6)).toBe('第三条　老年人可以在家里用餐。');
  });

  test('is found by an anchor and by words, in tables too', () => {
    expect(placeOf(body, 'a3')).toBe(6);
    expect(placeOf(body, 'a99')).toBe(-1);
    expect(find(body, ' 养老 ')).toEqual([1, 2]);
    expect(find(body, '6元')).toEqual([4]);
    expect(find(body, '  ')).toEqual([]);
  });

  test('is cited with its number, its day and its address', () => {
    const policy = {
      title: '鸢都市养老服务办法',
      doc_number: '鸢政发〔2026〕1号',
      published_date: '2026-03-05',
      url: 'https://x/policies/1',
    } as Policy;
    expect(source(policy)).toBe(
      '——《鸢都市养老服务办法》（鸢政发〔2026〕1号），2026年3月5日发布，https://x/policies/1',
    );
    expect(source({ ...policy, doc_number: '', published_date: '' })).toBe(
      '——《鸢都市养老服务办法》，https://x/policies/1',
    );
  });
});
