/** The editor of a body: what is typed, pasted and dropped into it becomes passages. */
import { Dropcursor, Gapcursor, Placeholder, TrailingNode, UndoRedo } from '@tiptap/extensions';
import { Slice } from '@tiptap/pm/model';
import { Editor, VueNodeViewRenderer, type JSONContent } from '@tiptap/vue-3';
import { onScopeDispose, watch } from 'vue';
import { canonical } from './canonical';
import { Findings } from './marks';
import { passagesOf, treeOf, type Passage } from './passages';
import { Picture, pieces } from './pieces';
import { blobOf, isPicture, Pictures, putFile } from './pictures';
import PictureView from './PictureView.vue';
import { readHTML, readText } from '../paste/paste';
import { editorWords } from '@/locale/zh-CN';

export interface Body {
  editor: Editor;
  pictures: Pictures;
  read: () => Passage[];
  /** Puts other passages in the place of all that are there; undoing takes it back. */
  write: (passages: readonly Passage[]) => void;
  insertPicture: (file: File) => void;
}

interface Options {
  passages: readonly Passage[];
  editable: () => boolean;
  typed: () => void;
  /** Pictures that did not come along with what was pasted. */
  missing: (pictures: number) => void;
  /** Files that were dropped or pasted and are no pictures. */
  files: (files: File[]) => void;
}

export function useBody(options: Options): Body {
  const pictures = new Pictures((pending, fileId) => putFile(editor, pending, fileId));
  const editor = new Editor({
    content: treeOf(options.passages),
    editable: options.editable(),
    injectCSS: false,
    extensions: [
      ...pieces(shownPicture(pictures)),
      UndoRedo,
      Gapcursor,
      TrailingNode.configure({ node: 'line', notAfter: ['line', 'heading', 'item'] }),
      Dropcursor.configure({ color: 'var(--brand)', width: 2 }),
      Placeholder.configure({ placeholder: editorWords.placeholder }),
      Findings,
    ],
    editorProps: {
      attributes: { 'aria-label': editorWords.body, role: 'textbox', 'aria-multiline': 'true', class: 'paper' },
      transformPastedHTML: (html) => cleaned(html, { ...options, pictures }),
      clipboardTextParser: (text, _, __, view) =>
        Slice.maxOpen(view.state.schema.nodeFromJSON(treeOf(readText(text))).content),
      handlePaste: (_, event) => taken(event.clipboardData, event, insert),
      handleDrop: (_, event) => taken(event.dataTransfer, event, insert),
    },
    onUpdate: options.typed,
  });

  function insertPicture(file: File): void {
    const pending = pictures.begin(file, file.name);
    editor.chain().focus().insertContent({ type: 'picture', attrs: { pending } }).run();
  }

  function insert(files: File[]): void {
    if (!editor.isEditable) return;
    files.filter(isPicture).forEach(insertPicture);
    const others = files.filter((file) => !isPicture(file));
    if (others.length) options.files(others);
  }

  watch(options.editable, (editable) => editor.setEditable(editable, false));
  onScopeDispose(() => {
    pictures.stop();
    editor.destroy();
  });
  return {
    editor,
    pictures,
    read: () => passagesOf(editor.getJSON() as JSONContent),
    write: (passages) => editor.commands.setContent(treeOf(passages), { emitUpdate: true }),
    insertPicture,
  };
}

const shownPicture = (pictures: Pictures) =>
  Picture.extend({
    addOptions: () => ({ pictures }),
    addNodeView: () => VueNodeViewRenderer(PictureView),
  });

/** What comes from this editor is clean already; everything else is read anew. */
function cleaned(html: string, { pictures, missing }: Pick<Options, 'missing'> & { pictures: Pictures }): string {
  if (html.includes('data-pm-slice')) return html;
  const pasted = readHTML(html);
  if (pasted.missing) missing(pasted.missing);
  return canonical(
    pasted.passages.map(({ source, ...p }) =>
      source ? { ...p, pending: pictures.begin(blobOf(source), p.text ?? '') } : p,
    ),
  );
}

/** Files are taken where there is no text beside them: office programs put a picture of the text there too. */
function taken(carried: DataTransfer | null, event: Event, insert: (files: File[]) => void): boolean {
  const files = [...(carried?.files ?? [])];
  if (files.length === 0 || carried?.types.includes('text/html') || carried?.types.includes('text/plain')) return false;
  event.preventDefault();
  insert(files);
  return true;
}
