/** Reads minutes in Word into the working copy of a meeting: a person sees what they fill in before they do. */
import { ElMessage } from 'element-plus';
import { computed, ref, shallowRef, toRaw } from 'vue';
import { fieldChanges, filled, itemChanges, proposed, type ItemChange, type MinutesField } from './filling';
import { useCopy } from '../copy/useCopy';
import { newKey } from '@/api/act';
import type { Content, MeetingDraft } from '@/api/documents';
import { handIn } from '@/api/files';
import { readMinutes, type MinutesRead } from '@/api/minutes';
import { Problem } from '@/api/problem';
import { minutesWords as say, wordImport } from '@/locale/zh-CN';

export function useMinutes() {
  const copy = useCopy();
  const busy = ref(false);
  const problem = shallowRef<Problem>();
  const read = shallowRef<MinutesRead>();
  const now = shallowRef<MeetingDraft>({ title: '' });
  const chosenFields = ref<MinutesField[]>([]);
  const chosenItems = ref<number[]>([]);
  const chosenTopics = ref<string[][]>([]); // of each item
  const fields = computed(() => (read.value ? fieldChanges(now.value, read.value.draft) : []));
  const items = computed<ItemChange[]>(() => (read.value ? itemChanges(now.value, read.value.draft) : []));

  async function take(file: File): Promise<void> {
    if (busy.value) return;
    if (!/\.docx$/i.test(file.name)) {
      ElMessage.warning(wordImport.onlyDocx);
      return;
    }
    busy.value = true;
    problem.value = undefined;
    try {
      const { id } = await handIn(file, file.name, () => undefined).done;
      show(await readMinutes(id, newKey()));
    } catch (thrown) {
      problem.value = Problem.of(thrown);
    } finally {
      busy.value = false;
    }
  }

  function show(minutes: MinutesRead): void {
    now.value = structuredClone(toRaw(copy.read())) as MeetingDraft;
    read.value = minutes;
    const some = proposed(fields.value, items.value);
    chosenFields.value = [...some.fields];
    chosenTopics.value = items.value.map((i) => [...i.topics]);
    chosenItems.value = items.value.flatMap((i, n) => (some.items.includes(i) ? [n] : []));
  }

  function fill(): void {
    if (!read.value) return;
    const some = items.value
      .map((i, n) => ({ ...i, topics: chosenTopics.value[n] ?? [] }))
      .filter((_, n) => chosenItems.value.includes(n));
    copy.write(filled(now.value, read.value.draft, { fields: chosenFields.value, items: some }) as Content);
    ElMessage.success(say.done(some.length));
    close();
  }

  const close = () => (read.value = undefined);
  return { busy, problem, read, now, fields, items, chosenFields, chosenItems, chosenTopics, take, fill, close };
}
