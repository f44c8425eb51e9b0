import { getSchema, type JSONContent } from '@tiptap/core';
import { DOMParser as Reader } from '@tiptap/pm/model';
import { expect, it } from 'vitest';
import { canonical } from './canonical';
import { passagesOf, type Passage } from './passages';
import { pieces } from './pieces';

const schema = getSchema(pieces());

/** As the editor takes in what was pasted, once it is clean. */
function taken(passages: Passage[]): Passage[] {
  const page = new DOMParser().parseFromString(canonical(passages), 'text/html');
  return passagesOf(Reader.fromSchema(schema).parse(page.body).toJSON() as JSONContent);
}

it('the editor reads from clean HTML what was made of the clipboard', () => {
  const body: Passage[] = [
    { kind: 'heading', level: 3, text: '（一）目标' },
    { kind: 'text', text: '第一条　<b>不是标签</b> & "引号"\n第二行' },
    { kind: 'item', text: '身份证' },
    { kind: 'picture', text: '图', file_id: '01J' },
    {
      kind: 'table',
      rows: [
        ['类别', '标准', ''],
        ['', '城镇\n（每月）', ''],
      ],
      spans: [
        { row: 0, column: 0, rows: 2, columns: 1 },
        { row: 0, column: 1, rows: 1, columns: 2 },
      ],
    },
  ];
  expect(taken(body)).toEqual(body);
});
