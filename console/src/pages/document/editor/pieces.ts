/** What a body is made of: headings, lines, entries of a list, tables, pictures; no fonts, no colours. */
import { mergeAttributes, Node, type Extensions } from '@tiptap/core';
import { Table, TableCell, TableRow } from '@tiptap/extension-table';
import { ScrollingTable } from './scrolling';

export const levels = [1, 2, 3, 4, 5, 6] as const;
export type Level = (typeof levels)[number];

const Doc = Node.create({ name: 'doc', topNode: true, content: 'block+' });

const Text = Node.create({ name: 'text', group: 'inline' });

/** A break within a line; Enter begins another line. */
const LineBreak = Node.create({
  name: 'lineBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    const add = () => this.editor.commands.insertContent({ type: this.name });
    return { 'Shift-Enter': add, 'Mod-Enter': add };
  },
});

const Line = Node.create({
  name: 'line',
  group: 'block',
  content: 'inline*',
  priority: 1000, // what a new block is
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Alt-0': () => this.editor.commands.setNode('line') };
  },
});

const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => levels.map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
  addKeyboardShortcuts() {
    const keys = levels.map((level) => [`Mod-Alt-${level}`, () => this.editor.commands.setNode(this.name, { level })]);
    return { ...Object.fromEntries(keys), Backspace: () => becomesLine(this, true) };
  },
});

const Item = Node.create({
  name: 'item',
  group: 'block',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'p[data-item]', priority: 60 }, { tag: 'li' }], // before p
  renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes(HTMLAttributes, { 'data-item': '' }), 0],
  addKeyboardShortcuts() {
    return {
      'Mod-Alt-8': () => this.editor.commands.setNode(this.name),
      Backspace: () => becomesLine(this, true),
      Enter: () => becomesLine(this, false) || goesOn(this),
    };
  },
});

type Here = Pick<ReturnType<typeof Node.create>, 'name'> & { editor: import('@tiptap/core').Editor };

/** At its beginning, or where it is empty, a heading or an entry gives up being one. */
function becomesLine({ editor, name }: Here, filled: boolean): boolean {
  const { $from, empty } = editor.state.selection;
  if ($from.parent.type.name !== name || !empty || $from.parentOffset > 0) return false;
  return (filled || $from.parent.content.size === 0) && editor.commands.setNode('line');
}

/** Enter in an entry begins the next one. */
function goesOn({ editor, name }: Here): boolean {
  if (editor.state.selection.$from.parent.type.name !== name) return false;
  return editor.chain().splitBlock().setNode(name).run();
}

/** A picture: a file that is kept, or, while it is on its way, the number of its upload. */
export const Picture = Node.create({
  name: 'picture',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    fileId: {
      default: '',
      parseHTML: (e) => e.getAttribute('data-file') ?? '',
      renderHTML: (a) => ({ 'data-file': a.fileId }),
    },
    text: { default: '', parseHTML: (e) => e.getAttribute('alt') ?? '', renderHTML: (a) => ({ alt: a.text }) },
    pending: {
      default: '',
      parseHTML: (e) => e.getAttribute('data-pending') ?? '',
      renderHTML: (a) => ({ 'data-pending': a.pending }),
    },
  }),
  parseHTML: () => [{ tag: 'img[data-file]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

const BodyCell = TableCell.extend({
  content: 'line+',
  parseHTML: () => [{ tag: 'td' }, { tag: 'th' }],
});

/** The rules of a body; the page gives its own picture, one that is shown. */
export function pieces(picture: Node = Picture): Extensions {
  return [
    Doc,
    Text,
    LineBreak,
    Line,
    Heading,
    Item,
    picture,
    Table.configure({ resizable: false, View: ScrollingTable }),
    TableRow.extend({ content: 'tableCell*' }),
    BodyCell,
  ];
}
