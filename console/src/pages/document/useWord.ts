/** Brings a Word file into the body: it is handed in, read by the server, and put in the place of what is there. */
import { ElMessage } from 'element-plus';
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Copy } from './copy/useCopy';
import { newKey } from '@/api/act';
import { handIn, readWord, type WordRead } from '@/api/files';
import { Problem } from '@/api/problem';
import { wordImport as say } from '@/locale/zh-CN';

export interface Word {
  busy: Ref<boolean>;
  problem: ShallowRef<Problem | undefined>;
  /** What is to be looked at after an import. */
  notes: ShallowRef<WordRead['notes']>;
  /** Whether what is there must be given up for it. */
  asks: ComputedRef<boolean>;
  take: (file: File) => Promise<void>;
  replace: (go: boolean) => void;
  /** The notes were read. */
  close: () => void;
}

export function useWord(copy: Copy): Word {
  const busy = ref(false);
  const problem = shallowRef<Problem>();
  const notes = shallowRef<WordRead['notes']>([]);
  const waiting = shallowRef<WordRead>();

  async function take(file: File): Promise<void> {
    if (busy.value) return;
    if (!/\.docx$/i.test(file.name)) {
      ElMessage.warning(say.onlyDocx);
      return;
    }
    busy.value = true;
    problem.value = undefined;
    try {
      const { id } = await handIn(file, file.name, () => undefined).done;
      const word = await readWord(id, newKey());
      if (copy.body.read().length) waiting.value = word;
      else put(word);
    } catch (thrown) {
      problem.value = Problem.of(thrown);
    } finally {
      busy.value = false;
    }
  }

  function put(word: WordRead): void {
    if (!copy.content.title.trim()) copy.content.title = word.title;
    copy.body.write(word.passages);
    copy.proposedTopics.value = word.topic_ids;
    notes.value = word.notes;
    ElMessage.success(say.done(word.passages.length, word.passages.filter((p) => p.kind === 'picture').length));
  }

  function replace(go: boolean): void {
    if (go && waiting.value) put(waiting.value);
    waiting.value = undefined;
  }

  const close = () => (notes.value = []);
  return { busy, problem, notes, asks: computed(() => Boolean(waiting.value)), take, replace, close };
}
