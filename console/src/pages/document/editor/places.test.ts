import { getSchema } from '@tiptap/core';
import { describe, expect, it } from 'vitest';
import { pieces } from './pieces';
import { rangeOf } from './places';
import { treeOf, type Passage } from './passages';

const schema = getSchema(pieces());
const body: Passage[] = [
  { kind: 'heading', level: 1, text: '总则' },
  { kind: 'text', text: '联系人：王敏\n电话：13800000000' },
  {
    kind: 'table',
    rows: [
      ['姓名', '说明', ''],
      ['赵磊', '甲\n车牌鲁G12345', '丙'],
    ],
    spans: [{ row: 0, column: 1, rows: 1, columns: 2 }],
  },
  { kind: 'picture', file_id: '01J' },
];

const tree = treeOf(body);
tree.content?.splice(1, 0, { type: 'line' }, { type: 'picture', attrs: { fileId: '', pending: 'x' } }); // no passages yet
const doc = schema.nodeFromJSON(tree);

const at = (passage: number, from: number, length: number, [row, cell] = [-1, -1]) =>
  rangeOf(doc, { passage, row, cell, from, length });
const text = (...place: Parameters<typeof at>): string => {
  const range = at(...place);
  return range ? doc.textBetween(range.from, range.to, '\n', '\n') : '';
};

describe('what the checks have found stands', () => {
  it('in a line, also behind a break', () => {
    expect(text(0, 0, 2)).toBe('总则');
    expect(text(1, 4, 2)).toBe('王敏');
    expect(text(1, 10, 11)).toBe('13800000000');
  });

  it('in a cell, also behind a wide one and in its second line', () => {
    expect(text(2, 0, 2, [1, 0])).toBe('赵磊');
    expect(text(2, 4, 7, [1, 1])).toBe('鲁G12345');
    expect(text(2, 0, 1, [1, 2])).toBe('丙');
  });

  it('in a whole cell, table or picture, where no characters are named', () => {
    expect(text(2, 0, 0, [1, 1])).toBe('甲\n车牌鲁G12345');
    expect(text(2, 0, 0)).toContain('姓名');
    const picture = at(3, 0, 0);
    expect(doc.nodeAt(picture?.from ?? 0)?.type.name).toBe('picture');
  });

  it('nowhere, where the text has gone', () => {
    expect(at(9, 0, 1)).toBeUndefined();
    expect(at(0, 1, 40)).toBeUndefined();
    expect(at(2, 0, 1, [7, 0])).toBeUndefined();
  });
});
