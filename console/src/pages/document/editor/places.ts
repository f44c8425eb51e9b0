/** Where in the editor something stands that the checks have found: they count passages, cells and characters. */
import type { Node } from '@tiptap/pm/model';
import { TableMap } from '@tiptap/pm/tables';

/** A place as the server says it; -1 where there is none. */
export interface Place {
  passage: number;
  row: number;
  cell: number;
  from: number;
  length: number;
}

export interface Range {
  from: number;
  to: number;
}

/** Blank lines and pictures on their way are no passages yet; see passagesOf. */
function isPassage(node: Node): boolean {
  if (node.type.name === 'picture') return Boolean(node.attrs.fileId);
  return !node.isTextblock || Boolean(node.textContent.trim());
}

/** The range of a place; undefined where the text has moved away from under it. */
export function rangeOf(doc: Node, place: Place): Range | undefined {
  const block = passageAt(doc, place.passage);
  if (!block) return undefined;
  const whole = { from: block.at, to: block.at + block.node.nodeSize };
  if (block.node.type.name === 'table') return place.row < 0 ? whole : inTable(block.node, block.at, place);
  return block.node.isTextblock && place.length > 0 ? inLines([block.node], block.at, place) : whole;
}

function passageAt(doc: Node, n: number): { node: Node; at: number } | undefined {
  let seen = 0;
  let found: { node: Node; at: number } | undefined;
  doc.forEach((node, at) => {
    if (isPassage(node) && seen++ === n) found = { node, at };
  });
  return found;
}

function inTable(table: Node, at: number, place: Place): Range | undefined {
  const map = TableMap.get(table);
  const rel = map.map[place.row * map.width + Math.max(0, place.cell)];
  const cell = rel === undefined ? null : table.nodeAt(rel);
  if (rel === undefined || !cell) return undefined;
  const begin = at + 1 + rel;
  if (place.cell < 0 || place.length === 0) return { from: begin, to: begin + cell.nodeSize };
  return inLines(cell.children, begin + 1, place);
}

/** Within lines one behind another: what parts them is one character to the server, and two steps here. */
function inLines(lines: readonly Node[], at: number, { from, length }: Place): Range | undefined {
  const step = (character: number): number | undefined => {
    let [left, here] = [character, at];
    for (const line of lines) {
      if (left <= line.content.size) return here + 1 + left;
      left -= line.content.size + 1;
      here += line.nodeSize;
    }
    return undefined;
  };
  const [first, last] = [step(from), step(from + length)];
  return first === undefined || last === undefined ? undefined : { from: first, to: last };
}
