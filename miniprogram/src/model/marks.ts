/** A text cut at the places of found words. */

export interface Piece {
  text: string;
  found: boolean;
}

/** ranges: start and length in UTF-16 units, in order, without overlap. */
export function pieces(text: string, ranges: readonly (readonly number[])[]): Piece[] {
  const list: Piece[] = [];
  let at = 0;
  for (const [start = 0, length = 0] of ranges) {
    if (start > at) list.push({ text: text.slice(at, start), found: false });
    list.push({ text: text.slice(start, start + length), found: true });
    at = start + length;
  }
  if (at < text.length) list.push({ text: text.slice(at), found: false });
  return list;
}

/** The places of a word in a text. */
export function places(text: string, word: string): [number, number][] {
  const list: [number, number][] = [];
  const [hay, needle] = [text.toLowerCase(), word.toLowerCase()];
  if (needle === '') return list;
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length))
    list.push([at, needle.length]);
  return list;
}
