/** The little Markdown of the privacy text: headings, lists, paragraphs. Whatever else it holds is text. */

export type Piece =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'paragraph'; text: string };

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const line of text
    .split('\n')
    .map((l) => l.trim())
    .filter(Boolean)) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const item = /^(?:([-*+])|\d+[.)])\s+(.*)$/.exec(line);
    if (heading) pieces.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else if (item) addItem(pieces, !item[1], item[2] ?? '');
    else pieces.push({ kind: 'paragraph', text: line });
  }
  return pieces;
}

function addItem(pieces: Piece[], ordered: boolean, text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(text);
  else pieces.push({ kind: 'list', ordered, items: [text] });
}
