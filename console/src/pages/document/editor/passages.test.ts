import { getSchema, type JSONContent } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { pieces } from './pieces';
import { passagesOf, treeOf, type Passage } from './passages';

const schema = getSchema(pieces());

/** There and back, by way of the editor's own tree, which takes nothing that its rules forbid. */
function throughTheEditor(passages: Passage[]): Passage[] {
  const tree = schema.nodeFromJSON(treeOf(passages));
  tree.check();
  return passagesOf(tree.toJSON() as JSONContent);
}

describe('what was saved comes back as it was', () => {
  it('headings, lines, entries of a list, pictures', () => {
    const body: Passage[] = [
      { kind: 'heading', level: 1, text: '第一章　总则' },
      { kind: 'text', text: '第一条　为了规范公共数据开放，制定本办法。' },
      { kind: 'item', text: '公开为常态，不公开为例外' },
      { kind: 'text', text: '联系地址：东风东街 1 号\n邮编：261000' },
      { kind: 'picture', text: '流程图：申请、受理、答复', file_id: '01J' },
      { kind: 'picture', file_id: '01K' },
      { kind: 'heading', level: 6, text: '附则' },
    ];
    expect(throughTheEditor(body)).toEqual(body);
  });

  it('a table with cells that are wide, high, or both, and with lines in a cell', () => {
    const table: Passage = {
      kind: 'table',
      rows: [
        ['项目', '标准', ''],
        ['', '城镇', '农村'],
        ['低保\n（每月）', '', '3,000'],
      ],
      spans: [
        { row: 0, column: 0, rows: 2, columns: 1 },
        { row: 0, column: 1, rows: 1, columns: 2 },
      ],
    };
    expect(throughTheEditor([table])).toEqual([table]);
  });

  it('a row that stands wholly below high cells', () => {
    const table: Passage = {
      kind: 'table',
      rows: [
        ['a', 'b'],
        ['', ''],
      ],
      spans: [
        { row: 0, column: 0, rows: 2, columns: 1 },
        { row: 0, column: 1, rows: 2, columns: 1 },
      ],
    };
    expect(throughTheEditor([table])).toEqual([table]);
  });

  it('two thousand bodies of every shape', () => {
    const random = dice(20261126);
    for (let n = 0; n < 2000; n++) {
      const body = someBody(random);
      expect(throughTheEditor(body)).toEqual(body);
    }
  });
});

describe('what is not quite right loses no word', () => {
  it('rows of different lengths become one width', () => {
    const [table] = throughTheEditor([{ kind: 'table', rows: [['甲'], ['乙', '丙']] }]);
    expect(table?.rows).toEqual([
      ['甲', ''],
      ['乙', '丙'],
    ]);
  });

  it('a span that would hide a text, leaves the table or meets another is not followed', () => {
    const rows = [
      ['甲', '乙'],
      ['丙', ''],
    ];
    for (const span of [
      { row: 0, column: 0, rows: 1, columns: 2 },
      { row: 1, column: 1, rows: 2, columns: 1 },
      { row: -1, column: 0, rows: 1, columns: 1 },
    ]) {
      expect(throughTheEditor([{ kind: 'table', rows, spans: [span] }])).toEqual([{ kind: 'table', rows }]);
    }
  });

  it('a heading without a level is one of the first', () => {
    expect(throughTheEditor([{ kind: 'heading', text: '总则' }])).toEqual([
      { kind: 'heading', level: 1, text: '总则' },
    ]);
  });

  it('blank lines are not kept, nor a picture that is still on its way', () => {
    const tree = treeOf([
      { kind: 'text', text: ' 　' },
      { kind: 'item', text: '' },
      { kind: 'text', text: '有字' },
      { kind: 'picture', text: '还在上传' },
    ]);
    expect(passagesOf(tree)).toEqual([{ kind: 'text', text: '有字' }]);
  });

  it('what begins behind a heading is a line', () => {
    expect(schema.nodes.doc?.contentMatch.defaultType?.name).toBe('line');
  });

  it('an empty body is a line to begin in', () => {
    expect(passagesOf(schema.nodeFromJSON(treeOf([])).toJSON() as JSONContent)).toEqual([]);
  });
});

/** A die that falls the same way each time (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * sides);
  };
}

type Dice = ReturnType<typeof dice>;
const words = ['第一条', '　', ' ', '\n', '<b>', '&nbsp;', '𠮷', '（一）', '12.5%', '\t', '\u200b', '规定'];

const someText = (d: Dice, least: number): string =>
  Array.from({ length: least + d(6) }, () => words[d(words.length)]).join('');
const someWords = (d: Dice): string => `${someText(d, 0)}字${someText(d, 0)}`;

function someBody(d: Dice): Passage[] {
  return Array.from({ length: d(6) }, (): Passage => {
    switch (d(5)) {
      case 0:
        return { kind: 'heading', level: 1 + d(6), text: someWords(d) };
      case 1:
        return { kind: 'item', text: someWords(d) };
      case 2:
        return { kind: 'picture', text: someWords(d), file_id: `01J${d(99)}` };
      case 3:
        return someTable(d);
      default:
        return { kind: 'text', text: someWords(d) };
    }
  });
}

function someTable(d: Dice): Passage {
  const [height, width] = [1 + d(5), 1 + d(5)];
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => someText(d, 0)));
  const taken = new Set<string>();
  const spans = [];
  for (let place = 0; place < height * width; place++) {
    const [r, c] = [Math.floor(place / width), place % width];
    const span = { row: r, column: c, rows: 1 + d(height - r), columns: 1 + d(width - c) };
    const places = Array.from({ length: span.rows * span.columns }, (_, n) => [
      r + Math.floor(n / span.columns),
      c + (n % span.columns),
    ]);
    if (places.length < 2 || d(3) || places.some((p) => taken.has(p.join()))) continue;
    places.forEach((p) => taken.add(p.join()));
    places.slice(1).forEach(([y, x]) => (rows[y ?? 0]![x ?? 0] = ''));
    spans.push(span);
  }
  return { kind: 'table', rows, ...(spans.length ? { spans } : {}) };
}
