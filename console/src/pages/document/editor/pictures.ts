/** Pictures on their way into the body: each has a number until it is kept. */
import { shallowReactive } from 'vue';
import type { Editor } from '@tiptap/core';
import { newKey } from '@/api/act';
import { handIn, type Upload } from '@/api/files';
import { Problem } from '@/api/problem';

export interface Arriving {
  name: string;
  part: number; // that is on its way, 0 to 1
  problem?: Problem;
  again: () => void;
}

export const isPicture = (file: Blob): boolean => /^image\/(png|jpeg|gif|webp|bmp)$/.test(file.type);

/** The bytes of a data: address. */
export function blobOf(source: string): Blob {
  const [head = '', body = ''] = source.split(',');
  const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
  return new Blob([bytes], { type: /^data:([\w/+.-]+)/.exec(head)?.[1] ?? '' });
}

export class Pictures {
  readonly arriving = shallowReactive(new Map<string, Arriving>());
  private readonly uploads = new Map<string, Upload>();

  /** What is told where a picture is kept, with its number of before. */
  constructor(private readonly kept: (pending: string, fileId: string) => void) {}

  /** Sends a picture, and gives the number under which it is on its way. */
  begin(file: Blob, name: string): string {
    const pending = newKey();
    void this.send(pending, file, name);
    return pending;
  }

  /** Calls off what is still on its way. */
  stop(): void {
    this.uploads.forEach((upload) => upload.cancel());
  }

  private async send(pending: string, file: Blob, name: string): Promise<void> {
    const show = (now: Partial<Arriving>) =>
      this.arriving.set(pending, { name, part: 0, again: () => void this.send(pending, file, name), ...now });
    show({});
    const upload = handIn(file, name, (part) => show({ part }));
    this.uploads.set(pending, upload);
    try {
      const { id } = await upload.done;
      this.kept(pending, id);
      this.arriving.delete(pending);
    } catch (thrown) {
      show({ problem: Problem.of(thrown) });
    } finally {
      this.uploads.delete(pending);
    }
  }
}

/** Puts the file in the place of what was on its way. */
export function putFile(editor: Editor, pending: string, fileId: string): void {
  const { tr, doc } = editor.state;
  doc.descendants((node, at) => {
    if (node.type.name === 'picture' && node.attrs.pending === pending) {
      tr.setNodeMarkup(at, undefined, { ...node.attrs, fileId, pending: '' });
    }
    return node.type.name === 'doc';
  });
  if (tr.docChanged) editor.view.dispatch(tr.setMeta('addToHistory', false));
}
