/** The body of a document in two shapes: passages, as the house keeps them, and the tree that people type into. */
import type { JSONContent } from '@tiptap/core';
import { laidOut, readOff } from './grid';
import type { components } from '@/api/schema';

export type Passage = components['schemas']['Passage'];

/** The tree of a body; one without passages is a line to begin in. */
export function treeOf(passages: readonly Passage[]): JSONContent {
  return { type: 'doc', content: passages.length ? passages.map(pieceOf) : [{ type: 'line' }] };
}

function pieceOf(p: Passage): JSONContent {
  switch (p.kind) {
    case 'heading':
      return { type: 'heading', attrs: { level: p.level || 1 }, content: inline(p.text ?? '') };
    case 'item':
      return { type: 'item', content: inline(p.text ?? '') };
    case 'table':
      return tableOf(p);
    case 'picture':
      return { type: 'picture', attrs: { fileId: p.file_id ?? '', text: p.text ?? '', pending: '' } };
    default:
      return { type: 'line', content: inline(p.text ?? '') };
  }
}

/** A text with its breaks. */
function inline(text: string): JSONContent[] {
  return text
    .split('\n')
    .flatMap((part, n) => [...(n ? [{ type: 'lineBreak' }] : []), ...(part ? [{ type: 'text', text: part }] : [])]);
}

function tableOf(p: Passage): JSONContent {
  const rows = laidOut({ rows: p.rows ?? [], spans: p.spans ?? [] });
  const cell = ({ text, rows: rowspan, columns: colspan }: (typeof rows)[number][number]): JSONContent => ({
    type: 'tableCell',
    attrs: { rowspan, colspan },
    content: text.split('\n').map((line) => ({ type: 'line', content: inline(line) })),
  });
  return { type: 'table', content: rows.map((row) => ({ type: 'tableRow', content: row.map(cell) })) };
}

/** The passages of a tree. Blank lines are not kept, nor pictures that are still on their way. */
export const passagesOf = (tree: JSONContent): Passage[] => (tree.content ?? []).flatMap(passageOf);

function passageOf(piece: JSONContent): Passage[] {
  if (piece.type === 'table') return [tablePassage(piece)];
  if (piece.type === 'picture') return picturePassage(piece);
  const text = textOf(piece);
  if (!text.trim()) return [];
  if (piece.type === 'heading') return [{ kind: 'heading', level: Number(piece.attrs?.level) || 1, text }];
  return [{ kind: piece.type === 'item' ? 'item' : 'text', text }];
}

const textOf = (piece: JSONContent): string =>
  (piece.content ?? []).map((part) => (part.type === 'lineBreak' ? '\n' : (part.text ?? ''))).join('');

function picturePassage(piece: JSONContent): Passage[] {
  const { fileId, text } = (piece.attrs ?? {}) as { fileId?: string; text?: string };
  if (!fileId) return [];
  return [{ kind: 'picture', ...(text ? { text } : {}), file_id: fileId }];
}

function tablePassage(piece: JSONContent): Passage {
  const cells = (piece.content ?? []).map((row) =>
    (row.content ?? []).map((cell) => ({
      text: (cell.content ?? []).map(textOf).join('\n'),
      rows: Number(cell.attrs?.rowspan) || 1,
      columns: Number(cell.attrs?.colspan) || 1,
    })),
  );
  const { rows, spans } = readOff(cells);
  return { kind: 'table', rows, ...(spans.length ? { spans } : {}) };
}
