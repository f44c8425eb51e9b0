/** Passages as the plainest HTML there is, which the editor then reads by its own rules. */
import { laidOut } from './grid';
import type { Passage } from './passages';

/** A picture that is still on its way has the number of its upload. */
export type Arriving = Passage & { pending?: string };

export function canonical(passages: readonly Arriving[]): string {
  const page = document.implementation.createHTMLDocument();
  page.body.append(...passages.map((p) => elementOf(p, page)));
  return page.body.outerHTML;
}

function elementOf(p: Arriving, page: Document): Element {
  if (p.kind === 'table') return tableOf(p, page);
  if (p.kind === 'picture') {
    const img = page.createElement('img');
    img.setAttribute('data-file', p.file_id ?? '');
    img.setAttribute('data-pending', p.pending ?? '');
    img.setAttribute('alt', p.text ?? '');
    return img;
  }
  const line = page.createElement(p.kind === 'heading' ? `h${p.level ?? 1}` : 'p');
  if (p.kind === 'item') line.setAttribute('data-item', '');
  line.append(...textOf(p.text ?? '', page));
  return line;
}

const textOf = (text: string, page: Document): (Node | string)[] =>
  text.split('\n').flatMap((part, n) => (n ? [page.createElement('br'), part] : [part]));

function tableOf(p: Passage, page: Document): Element {
  const table = page.createElement('table');
  for (const row of laidOut({ rows: p.rows ?? [], spans: p.spans ?? [] })) {
    const tr = table.appendChild(page.createElement('tr'));
    tr.append(...row.map((cell) => cellOf(cell, page)));
  }
  return table;
}

function cellOf(cell: { text: string; rows: number; columns: number }, page: Document): Element {
  const td = page.createElement('td');
  if (cell.rows > 1) td.setAttribute('rowspan', String(cell.rows));
  if (cell.columns > 1) td.setAttribute('colspan', String(cell.columns));
  for (const line of cell.text.split('\n')) td.appendChild(page.createElement('p')).append(line);
  return td;
}
