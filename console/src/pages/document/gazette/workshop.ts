/** What the parts of an issue have in common while it is mended: the page that is shown, the piece, the way back. */
import { computed, inject, provide, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, InjectionKey, Ref, ShallowRef } from 'vue';
import { cutAt, mergeWithNext, newId, type Spot } from './borders';
import { useCopy, type Copy } from '../copy/useCopy';
import { useGazetteFile, useGazettePage } from '@/api/gazettes';
import type { GazetteDraft, GazetteFile, GazettePage, PieceDraft } from '@/api/gazettes';
import type { Reading } from '@/api/query';
import { copyOf } from '@/components/useForm';
import { gazettePieces as say } from '@/locale/zh-CN';

/** What was there before something was done, to be put back. */
interface Before {
  what: string;
  pieces: PieceDraft[];
  contents: NonNullable<GazetteDraft['contents']>;
  texts: NonNullable<GazetteDraft['texts']>;
  chosen: string;
}

export interface Workshop {
  copy: Copy<GazetteDraft>;
  file: Reading<GazetteFile>;
  shown: Reading<GazettePage>;
  count: ComputedRef<number>; // pages
  page: Ref<number>;
  go: (page: number) => void;
  pieces: ComputedRef<PieceDraft[]>;
  chosen: Ref<string>; // the ID of the piece that is worked on
  /** Where the page is to be scrolled to; a new one each time. */
  wanted: ShallowRef<Spot | undefined>;
  choose: (id: string, spot?: Spot) => void;
  /** Does something that can be undone. */
  change: (what: string, now: Partial<Pick<GazetteDraft, 'pieces' | 'contents' | 'texts'>>) => void;
  last: ComputedRef<string>; // what would be undone, "" for nothing
  undo: () => void;
  cutting: Ref<boolean>; // a place for a new piece is looked for
  cut: (spot: Spot) => boolean;
  merge: (n: number) => void;
}

const key: InjectionKey<Workshop> = Symbol('workshop');
const steps = 50;

/** The workshop that stands around the parts. */
export function useWorkshop(): Workshop {
  const workshop = inject(key);
  if (!workshop) throw new Error('no issue is mended here');
  return workshop;
}

export function openWorkshop(): Workshop {
  const copy = useCopy<GazetteDraft>();
  const { content } = copy;
  const fileId = computed(() => content.file_id ?? '');
  const file = useGazetteFile(() => ({ id: copy.id, file: fileId.value }));
  const count = computed(() => file.data?.sheets.length ?? 0);
  const page = ref(1);
  const shown = useGazettePage(
    () => ({ id: copy.id, file: fileId.value, page: page.value, mend: savedText(copy, page.value) }),
    () => page.value <= count.value,
  );
  const pieces = computed(() => content.pieces ?? []);
  const chosen = ref('');
  const wanted = shallowRef<Spot>();
  const cutting = ref(false);

  function go(to: number): void {
    page.value = Math.min(Math.max(1, Math.round(to) || 1), Math.max(1, count.value));
  }
  function choose(id: string, spot?: Spot): void {
    chosen.value = id;
    if (!spot?.page) return;
    go(spot.page);
    wanted.value = { ...spot };
  }

  const { change, last, undo } = openHistory(copy, chosen);
  function cut(spot: Spot): boolean {
    const { pieces: now, at, split } = cutAt(pieces.value, spot, newId(Date.now()));
    change(say.whats.cut ?? '', { pieces: now });
    chosen.value = now[at]?.id ?? '';
    cutting.value = false;
    return split;
  }
  function merge(n: number): void {
    change(say.whats.merge ?? '', { pieces: mergeWithNext(pieces.value, n) });
    chosen.value = pieces.value[n]?.id ?? '';
  }

  watch(count, () => go(page.value));
  const seen = { file, shown, count, page, go, wanted };
  const done = { change, last, undo, cutting, cut, merge };
  const workshop: Workshop = { copy, ...seen, pieces, chosen, choose, ...done };
  provide(key, workshop);
  return workshop;
}

/** What was saved last of the text of a page: only that changes what the server reads there. */
function savedText({ save }: Copy<GazetteDraft>, page: number): string | undefined {
  void save.state.phase; // what was saved changes with it
  return (save.base as GazetteDraft).texts?.find((t) => t.page === page)?.body;
}

function openHistory(copy: Copy<GazetteDraft>, chosen: Ref<string>) {
  const { content } = copy;
  const done = ref<Before[]>([]);

  function change(what: string, now: Partial<Pick<GazetteDraft, 'pieces' | 'contents' | 'texts'>>): void {
    const { pieces = [], contents = [], texts = [] } = content;
    const before = copyOf({ what, pieces, contents, texts, chosen: chosen.value });
    done.value = [...done.value.slice(1 - steps), before];
    Object.assign(content, now);
  }
  function undo(): void {
    const before = done.value.at(-1);
    if (!before || !copy.editable.value) return;
    done.value = done.value.slice(0, -1);
    const { pieces, contents, texts } = copyOf(before);
    Object.assign(content, { pieces, contents, texts });
    chosen.value = before.chosen;
  }
  return { change, undo, last: computed(() => done.value.at(-1)?.what ?? '') };
}
