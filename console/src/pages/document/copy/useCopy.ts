/** A working copy on the page: its fields and its body, saved as they are typed and kept where they cannot be. */
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  reactive,
  ref,
  shallowRef,
  toRaw,
  watch,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue';
import { Autosave, type Letter } from './autosave';
import { sameContent } from './content';
import { useBody, type Body } from '../editor/useBody';
import type { DocumentKind } from '../kind';
import { currentOf, saveDocument, type Content, type DeskRecord, type Passage } from '@/api/documents';
import type { Problem } from '@/api/problem';
import { traffic } from '@/api/traffic';
import { copyOf } from '@/components/useForm';
import { Keeping, type Kept } from '@/model/keeping';

export type Fields = Omit<Content, 'body'>;

export interface Copy<F = Fields> {
  kind: DocumentKind;
  id: string;
  content: F; // all but the body
  editable: ComputedRef<boolean>;
  body: Body;
  save: Autosave<Content>;
  /** What a Word file that was read into it seems to be about, the surest first. */
  proposedTopics: ShallowRef<string[]>;
  /** The document as somebody else has made it, where they were faster. */
  current: ShallowRef<DeskRecord | undefined>;
  /** The field that somebody was led to last, for parts in which it must be opened first. */
  sought: Ref<string>;
  /** The whole of it, as it stands. */
  read: () => Content;
  /** Puts another one in its place, to be saved. */
  write: (content: Content) => void;
  /** The browser had no room for what is not saved. */
  noRoom: Ref<boolean>;
  /** Keeps in the browser what is not saved, at once. */
  keep: () => void;
  /** It is given up: nothing is saved or kept any more. */
  giveUp: () => void;
}

const copyKey: InjectionKey<Copy> = Symbol('copy');

/** The working copy that the page around has opened. */
export function useCopy<F = Fields>(): Copy<F> {
  const copy = inject(copyKey);
  if (!copy) throw new Error('no working copy is open here');
  return copy as unknown as Copy<F>;
}

interface Opening {
  kind: DocumentKind;
  record: DeskRecord;
  version: string;
  staff: string;
  editable: () => boolean;
  missing: (pictures: number) => void;
  files: (files: File[]) => void;
}

const keepAfter = 300; // the last key, in ms

export function openCopy(opening: Opening): Copy & { kept: Kept<Content> | undefined } {
  const { kind, record } = opening;
  const { body: passages = [], ...fields } = copyOf(record.content);
  const content = reactive<Fields>(fields);
  const body = useBody({ ...opening, passages, typed });
  const read = (): Content => ({ ...copyOf(toRaw(content)), ...(kind.written && { body: body.read() }) });
  const current = shallowRef<DeskRecord>();
  const save = savingOf(opening, read, current);
  const { kept, keep, keepSoon, forget, noRoom } = keepingOf(opening, save, read);

  function typed(): void {
    if (!opening.editable()) return;
    save.touch();
    keepSoon();
  }

  function write({ body: passages = [], ...fields }: Content): void {
    for (const name of Object.keys(content)) delete (content as Record<string, unknown>)[name];
    Object.assign(content, copyOf(fields));
    body.write(passages);
  }

  function giveUp(): void {
    save.stop();
    forget();
  }

  watch(content, typed, { deep: true });
  const editable = computed(opening.editable);
  const copy: Copy = {
    kind,
    id: record.id,
    content,
    editable,
    body,
    save,
    proposedTopics: shallowRef([]),
    current,
    sought: ref(''),
    read,
    write,
    noRoom,
    keep,
    giveUp,
  };
  provide(copyKey, copy);
  return { ...copy, kept };
}

function savingOf(
  { kind, record, version }: Opening,
  read: () => Content,
  current: ShallowRef<DeskRecord | undefined>,
): Autosave<Content> {
  const outside = {
    read,
    send: async (letter: Letter<Content>) => {
      const ref = { kind: kind.kind, id: record.id, version: letter.version };
      return (await saveDocument(ref, letter.content, letter.key)).version;
    },
    theirs: (problem: Problem) => {
      const now = currentOf(problem);
      current.value = now?.value;
      return now && { content: now.value.content, version: now.version };
    },
    later: (ms: number, then: () => void) => {
      const clock = window.setTimeout(then, ms);
      return () => clearTimeout(clock);
    },
    now: () => new Date(),
  };
  const save = new Autosave<Content>(outside, record.content, version);
  watch(
    () => traffic.online,
    (online) => online && save.retry(),
  );
  return save;
}

/** What is not saved is kept in the browser a moment after the last key, and when the window goes. */
function keepingOf({ kind, record, staff, editable }: Opening, save: Autosave<Content>, read: () => Content) {
  const keeping = new Keeping<Content>(staff, `${kind.kind}.${record.id}`);
  const found = editable() ? keeping.find(new Date()) : undefined;
  const kept = found && !sameContent(found.content, record.content) ? found : undefined;
  if (editable() && !kept) keeping.forget();
  const noRoom = ref(false);
  let clock = 0;

  function keep(): void {
    clearTimeout(clock);
    if (!save.isSaved) noRoom.value = !keeping.put(read(), save.version, new Date());
  }
  function keepSoon(): void {
    clearTimeout(clock);
    clock = window.setTimeout(keep, keepAfter);
  }
  function forget(): void {
    clearTimeout(clock);
    keeping.forget();
  }

  watch(
    () => save.state.phase,
    (phase) => phase === 'saved' && forget(),
  );
  listenForTheEnd(() => !save.isSaved, keep);
  onScopeDispose(() => {
    keep();
    save.stop();
  });
  return { kept, keep, keepSoon, forget, noRoom };
}

/** A window that closes keeps what is not saved, and asks whether it is to close. */
function listenForTheEnd(isUnsaved: () => boolean, keep: () => void): void {
  const guard = (event: BeforeUnloadEvent) => {
    keep();
    if (isUnsaved()) event.preventDefault();
  };
  const hide = () => document.visibilityState === 'hidden' && keep();
  window.addEventListener('beforeunload', guard);
  document.addEventListener('visibilitychange', hide);
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', guard);
    document.removeEventListener('visibilitychange', hide);
  });
}

/** The words of passages, to be copied elsewhere. */
export const plainOf = (passages: readonly Passage[]): string =>
  passages
    .map((p) => (p.kind === 'table' ? (p.rows ?? []).map((row) => row.join('\t')).join('\n') : (p.text ?? '')))
    .join('\n');
