/** Marks in the editor what the checks have found; the marks move with the text until it is checked again. */
import { Extension, type Editor } from '@tiptap/core';
import { NodeSelection, Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { rangeOf, type Place, type Range } from './places';

/** Something that was found in the body. */
export interface Found extends Place {
  number: string;
  severity: string;
}

interface Marked extends Range {
  number: string;
  severity: string;
}

interface Marks {
  marked: Marked[];
  chosen: string; // the one that somebody looks at
}

type Told = { found: readonly Found[] } | { chosen: string };

const key = new PluginKey<Marks>('findings');

function apply(tr: Transaction, marks: Marks): Marks {
  const told = tr.getMeta(key) as Told | undefined;
  if (told && 'found' in told) {
    const marked = told.found.flatMap(({ number, severity, ...place }) => {
      const range = rangeOf(tr.doc, place);
      return range ? [{ ...range, number, severity }] : [];
    });
    return { ...marks, marked };
  }
  const moved = tr.docChanged ? marks.marked.flatMap((m) => mapped(m, tr)) : marks.marked;
  return { marked: moved, chosen: told ? told.chosen : marks.chosen };
}

/** What was deleted is found no more. */
function mapped(mark: Marked, tr: Transaction): Marked[] {
  const [from, to] = [tr.mapping.map(mark.from, 1), tr.mapping.map(mark.to, -1)];
  return from < to ? [{ ...mark, from, to }] : [];
}

function drawn(state: EditorState): DecorationSet {
  const { marked, chosen } = key.getState(state) ?? { marked: [], chosen: '' };
  return DecorationSet.create(
    state.doc,
    marked.map(({ from, to, number, severity }) => {
      const look = { class: `found found-${severity}${number === chosen ? ' found-chosen' : ''}` };
      const isNode =
        state.doc.resolve(from).nodeAfter?.nodeSize === to - from && !state.doc.resolve(from).parent.isTextblock;
      return isNode ? Decoration.node(from, to, look) : Decoration.inline(from, to, look);
    }),
  );
}

export const Findings = Extension.create({
  name: 'findings',
  addProseMirrorPlugins: () => [
    new Plugin<Marks>({
      key,
      state: { init: () => ({ marked: [], chosen: '' }), apply },
      props: { decorations: drawn },
    }),
  ],
});

const tell = (editor: Editor, told: Told): void => editor.view.dispatch(editor.state.tr.setMeta(key, told));

/** Shows what was found in the body as it stands now. */
export const markFound = (editor: Editor, found: readonly Found[]): void => tell(editor, { found });

/** Where a finding stands by now; undefined where its text is gone. */
const markOf = (editor: Editor, number: string): Marked | undefined =>
  key.getState(editor.state)?.marked.find((m) => m.number === number);

/** Leads to a finding and selects it; false where it is gone. */
export function goToFound(editor: Editor, number: string): boolean {
  const mark = markOf(editor, number);
  if (!mark) return false;
  const { doc, tr } = editor.state;
  const isText = doc.resolve(mark.from).parent.isTextblock;
  const node = doc.nodeAt(mark.from);
  const selection =
    isText || !node || !NodeSelection.isSelectable(node)
      ? TextSelection.between(doc.resolve(mark.from), doc.resolve(mark.to))
      : NodeSelection.create(doc, mark.from);
  editor.view.dispatch(tr.setSelection(selection).setMeta(key, { chosen: number }));
  const at = editor.view.domAtPos(mark.from + (isText ? 0 : 1)).node;
  (at instanceof Element ? at : at.parentElement)?.scrollIntoView({ block: 'center' });
  editor.view.focus();
  return true;
}

/** Writes something else in the place of a finding; false where it is gone. */
export function replaceFound(editor: Editor, number: string, instead: string): boolean {
  const mark = markOf(editor, number);
  if (!mark || !editor.state.doc.resolve(mark.from).parent.isTextblock) return false;
  const { tr } = editor.state;
  editor.view.dispatch(instead ? tr.insertText(instead, mark.from, mark.to) : tr.delete(mark.from, mark.to));
  return true;
}
