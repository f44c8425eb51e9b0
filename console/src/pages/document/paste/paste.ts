/** Makes passages of what Word, WPS, Excel and web pages put into the clipboard. */
import {
  headingLevel,
  isBlock,
  isDrawn,
  isDropped,
  isListMark,
  isWayBack,
  noteHeld,
  noteOf,
  outlineOf,
  styleOf,
} from './element';
import { isBullet, labelled, numberOf } from './numbering';
import { cellsOf, isLayout, type PastedCell } from './table';
import { linesOf, moved, softBreak, tidied } from './text';
import { readOff } from '../editor/grid';
import type { Passage } from '../editor/passages';
import { documentPaste } from '@/locale/zh-CN';

/** A passage that was pasted; a picture brings its bytes, as a data: address. */
export type PastedPassage = Passage & { source?: string };

export interface Pasted {
  passages: PastedPassage[];
  missing: number; // pictures that lie on another machine, or in a file that the browser may not read
}

export function readHTML(html: string): Pasted {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const reader = new Reader(outlineOf(page));
  reader.read(page.body);
  return reader.done();
}

export const readText = (text: string): Passage[] => linesOf(text).map((line) => ({ kind: 'text', text: line }));

/** What the line that is being gathered will be. */
type Shape = { kind: 'text' } | { kind: 'item' } | { kind: 'heading'; level: number };

const plain: Shape = { kind: 'text' };

class Reader {
  private readonly passages: PastedPassage[] = [];
  private missing = 0;
  private gathered = '';
  private shape: Shape = plain;
  private notes: string[] = [];
  private noted = false;

  constructor(private readonly outline: ReadonlyMap<string, number>) {}

  read(root: Node): void {
    for (const child of root.childNodes) this.node(child);
  }

  done(): Pasted {
    this.endLine();
    return { passages: this.passages, missing: this.missing };
  }

  private node(node: Node): void {
    if (node.nodeType === Node.TEXT_NODE) this.gathered += node.nodeValue ?? '';
    else if (node instanceof Element && !isDropped(node)) this.element(node);
  }

  private element(e: Element): void {
    const tag = e.tagName.toUpperCase();
    if (tag === 'BR') this.gathered += softBreak;
    else if (tag === 'IMG') this.picture(e);
    else if (tag === 'TABLE') this.table(e);
    else if (tag === 'OL' || tag === 'UL') this.list(e, tag === 'OL');
    else if (noteHeld(e)) this.note(e);
    else if (isBlock(e)) this.block(e);
    else this.inline(e, tag.toLowerCase());
  }

  private block(e: Element): void {
    this.endLine();
    const around = this.shape;
    const before = this.passages.length;
    const level = headingLevel(e, this.outline);
    if (level) this.shape = { kind: 'heading', level };
    if (e.tagName.toUpperCase() === 'PRE') this.gathered += (e.textContent ?? '').replaceAll('\n', softBreak);
    else this.read(e);
    this.endLine();
    this.shape = around.kind === 'item' && this.passages.length > before ? plain : around;
  }

  private inline(e: Element, tag: string): void {
    if (isListMark(e)) this.mark(e);
    else if (isWayBack(e)) return;
    else if (noteOf(e)) this.gathered += this.noteMark(noteOf(e) ?? '');
    else if ((tag === 'sup' || tag === 'sub') && !e.querySelector('a'))
      this.gathered += moved(e.textContent ?? '', tag);
    else this.read(e);
  }

  /** The number of an entry, which Word has computed. */
  private mark(e: Element): void {
    const mark = tidied(e.textContent ?? '').join('');
    if (!mark) return;
    if (isBullet(mark, isDrawn(e))) this.shape = { kind: 'item' };
    else this.gathered += labelled(mark);
  }

  private list(e: Element, numbered: boolean): void {
    this.endLine();
    const style = /list-style(?:-type)?:\s*([\w-]+)/.exec(styleOf(e))?.[1] ?? e.getAttribute('type') ?? '';
    let n = Number(e.getAttribute('start') ?? 1) || 1;
    for (const entry of e.children) {
      if (entry.tagName.toUpperCase() !== 'LI') {
        this.node(entry);
        continue;
      }
      n = Number(entry.getAttribute('value')) || n;
      this.entry(entry, numbered ? numberOf(style, n++) : '');
    }
    this.endLine();
  }

  /** An entry's first line has its number; Word writes numbers of its own into it. */
  private entry(e: Element, number: string): void {
    if (isDropped(e)) return;
    this.endLine();
    const around = this.shape;
    this.shape = number ? plain : { kind: 'item' };
    const before = this.passages.length;
    this.read(e);
    this.endLine();
    const first = this.passages[before];
    if (number && first?.kind === 'text' && !e.querySelector('[style*="mso-list"]'))
      first.text = number + (first.text ?? '');
    this.shape = around;
  }

  private noteMark(name: string): string {
    if (!this.notes.includes(name)) this.notes.push(name);
    return documentPaste.note(this.notes.indexOf(name) + 1);
  }

  private note(e: Element): void {
    this.endLine();
    if (!this.noted) this.passages.push({ kind: 'heading', level: 1, text: documentPaste.notes });
    this.noted = true;
    this.shape = { kind: 'item' };
    const before = this.passages.length;
    const mark = this.noteMark(noteHeld(e) ?? '');
    this.read(e);
    this.endLine();
    const first = this.passages[before];
    if (first) first.text = mark + (first.text ?? '');
    this.shape = plain;
  }

  private picture(e: Element): void {
    const source = e.getAttribute('src') ?? '';
    const isDot = ['width', 'height'].some((side) => e.hasAttribute(side) && Number(e.getAttribute(side)) <= 2);
    if (isDot || !source) return;
    if (!/^data:image\/(png|jpe?g|gif|webp|bmp);base64,/i.test(source)) {
      this.missing++;
      return;
    }
    const shape = this.shape;
    this.endLine();
    this.shape = shape;
    this.passages.push({ kind: 'picture', text: tidied(e.getAttribute('alt') ?? '').join(' '), source });
  }

  private table(e: Element): void {
    this.endLine();
    const around = this.shape;
    this.shape = plain;
    if (isLayout(e)) this.read(e);
    else this.grid(e);
    this.endLine();
    this.shape = around;
  }

  private grid(e: Element): void {
    const caption = e.querySelector(':scope > caption');
    if (caption) this.block(caption);
    const pictures: PastedPassage[] = [];
    const cells = cellsOf(e, (cell) => {
      const { passages, missing } = this.inside(cell);
      this.missing += missing;
      pictures.push(...passages.filter((p) => p.kind === 'picture'));
      return passages.flatMap((p) => (p.text && p.kind !== 'picture' ? [p.text] : [])).join('\n');
    });
    const isEmpty = (row: PastedCell[]) => row.every((cell) => !cell.text);
    if (!cells.every(isEmpty)) {
      const { rows, spans } = readOff(cells);
      this.passages.push({ kind: 'table', rows, ...(spans.length ? { spans } : {}) });
    }
    this.passages.push(...pictures);
  }

  /** What stands in a cell; its notes are counted with all others. */
  private inside(cell: Element): Pasted {
    const reader = new Reader(this.outline);
    reader.notes = this.notes;
    reader.read(cell);
    return reader.done();
  }

  private endLine(): void {
    for (const text of tidied(this.gathered)) {
      this.passages.push({ ...this.shape, text });
      if (this.shape.kind === 'item') this.shape = plain; // what follows in an entry is no entry
    }
    this.gathered = '';
  }
}
