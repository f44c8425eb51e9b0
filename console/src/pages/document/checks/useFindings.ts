/** The checks of the document that is open: run after each save, marked in the text, and led to. */
import { ElMessage } from 'element-plus';
import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue';
import { fieldOf, useReasons, type Reasons } from './findings';
import type { Copy } from '../copy/useCopy';
import { goToFound, markFound, replaceFound } from '../editor/marks';
import { useChecks, type DeskRecord, type Finding } from '@/api/documents';
import { checkWords } from '@/locale/zh-CN';

export interface Findings {
  reading: ReturnType<typeof useChecks>;
  shown: ComputedRef<boolean>;
  reasons: Reasons;
  part: Ref<string>; // which part of the document is shown
  chosen: Ref<string>;
  wrongIn: (part: string) => number;
  go: (f: Finding) => Promise<void>;
  goToFirst: () => Promise<void>;
  replace: (f: Finding) => void;
}

export function useFindings(copy: Copy, record: Ref<DeskRecord>, staff: string): Findings {
  const { kind, id, save, body } = copy;
  const first = kind.written ? 'body' : (kind.parts[0]?.name ?? 'body');
  const part = ref(first);
  const chosen = ref('');
  const shown = computed(
    () => ['draft', 'review', 'scheduled'].includes(record.value.stage) && !record.value.deleted_at,
  );
  const version = computed(() => `"${record.value.version}"`);
  const reading = useChecks(kind.kind, () => ({ id, version: version.value }), shown);
  const found = () => reading.data?.items ?? [];
  const reasons = useReasons(`${staff}.${kind.kind}.${id}`, found);

  const isInBody = (f: Finding): boolean => fieldOf(f) === 'body' && f.passage >= 0;
  const partOf = (f: Finding): string => kind.parts.find((p) => p.fields.includes(fieldOf(f)))?.name ?? first;

  /** Places are those of what was saved: they hold as long as nothing was typed since. */
  watch(
    () => [reading.data, save.state.phase] as const,
    ([now, phase]) => {
      if (now && phase === 'saved' && now.version === save.version) markFound(body.editor, now.items.filter(isInBody));
    },
    { immediate: true },
  );

  async function go(f: Finding): Promise<void> {
    chosen.value = f.number;
    part.value = fieldOf(f) === 'title' ? part.value : partOf(f);
    copy.sought.value = '';
    await nextTick();
    copy.sought.value = f.field;
    await nextTick();
    await nextTick(); // what opens for it is there then
    if (isInBody(f) && goToFound(body.editor, f.number)) return;
    if (isInBody(f)) ElMessage.info(checkWords.moved);
    else if (fieldOf(f) === 'body') body.editor.commands.focus();
    else focusField(f.field);
  }

  async function goToFirst(): Promise<void> {
    const first = reasons.open.value[0];
    if (first) await go(first);
    document.getElementById('checks')?.scrollIntoView({ block: 'nearest' });
  }

  function replace(f: Finding): void {
    const replaced = isInBody(f) ? replaceFound(body.editor, f.number, f.instead) : replaceInField(copy, f);
    if (!replaced) ElMessage.info(checkWords.moved);
  }

  const wrongIn = (name: string): number =>
    reasons.open.value.filter((f) => partOf(f) === name && fieldOf(f) !== 'title').length;
  return { reading, shown, reasons, part, chosen, wrongIn, go, goToFirst, replace };
}

function focusField(name: string): void {
  const field = document.querySelector<HTMLElement>(`[data-field="${name}"], [data-field="${name.split(':')[0]}"]`);
  field?.scrollIntoView({ block: 'center' });
  field?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button, [tabindex="0"]')?.focus();
}

/** Replaces within a field that is one text, such as the title; false where it has changed. */
function replaceInField(copy: Copy, f: Finding): boolean {
  const { fields, name } = fieldWithin(copy.content as unknown as Record<string, unknown>, f.field);
  const text = fields?.[name];
  if (!fields || typeof text !== 'string' || !copy.save.isSaved || f.from + f.length > text.length) return false;
  fields[name] = text.slice(0, f.from) + f.instead + text.slice(f.from + f.length);
  return true;
}

/** `questions:2` and `answers:2` are those of the third exchange; any other name is a field of the copy itself. */
function fieldWithin(content: Record<string, unknown>, field: string) {
  const [list = '', n] = field.split(':');
  const name = { questions: 'question', answers: 'answer' }[list];
  if (!name || n === undefined) return { fields: content, name: field };
  const all = (content.exchanges ?? content.questions) as Record<string, unknown>[] | undefined;
  return { fields: all?.[Number(n)], name };
}
