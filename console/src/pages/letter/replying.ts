/** A reply as it is written: it stays until it is sent, and beside what somebody else made of it meanwhile. */
import { computed, inject, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { ElMessage } from 'element-plus';
import { toldKey } from './acting';
import { keepingOf } from './unsent';
import { catchUp, draftReply, type LetterDraft, type LetterRecord, type LetterReply } from '@/api/letters';
import { Problem } from '@/api/problem';
import { useForm, type Form } from '@/components/useForm';
import { forms, knowledgePanel, letterReply as say } from '@/locale/zh-CN';

export interface Writing {
  text: string;
  basis: string;
  outcome: LetterReply['outcome'] | '';
}

/** As long as a reply may be, in characters. */
export const longest = 5000;
export const lengthOf = (text: string): number => [...text.trim()].length;

const writingOf = (d: LetterDraft | null): Writing => ({
  text: d?.text ?? '',
  basis: d?.basis ?? '',
  outcome: d?.outcome ?? '',
});

/** Blanks of a template that nobody has filled. */
export const unfilled = (text: string): string[] => [
  ...new Set([...text.matchAll(/【待填：([^【】]*)】|\{\{([^{}]*)\}\}/g)].map((m) => (m[1] ?? m[2] ?? '').trim())),
];

function wrongText(text: string, over: number): Record<string, string> {
  if (!text.trim()) return { text: forms.required };
  if (over > 0) return { text: say.tooLong(over) };
  const left = unfilled(text);
  return left.length ? { text: knowledgePanel.unfilled(left.join('、')) } : {};
}

export function missing(w: Writing): Record<string, string> {
  const over = lengthOf(w.text) - longest;
  return {
    ...wrongText(w.text, over),
    ...(w.outcome ? {} : { outcome: say.choose }),
  };
}

export const bodyOf = (w: Writing): LetterReply => ({
  text: w.text.trim(),
  outcome: w.outcome as LetterReply['outcome'],
  ...(w.basis.trim() ? { basis: w.basis.trim() } : {}),
});

export interface Replying {
  form: Form<Writing>;
  found: boolean; // something was written before
  overtaken: Ref<boolean>; // somebody was faster, and what is there now is shown
  theirs: ShallowRef<LetterDraft | undefined>; // the reply that somebody else wrote meanwhile
  useTheirs: () => void;
  written: ComputedRef<boolean>;
}

export function useReply(record: () => LetterRecord): Replying {
  const keeping = keepingOf<Writing>(record().id);
  const kept = keeping.find(new Date());
  const base = writingOf(record().draft);
  const overtaken = ref(false);
  const theirs = shallowRef<LetterDraft>();
  const tell = inject(toldKey, (sentence: string) => void ElMessage.success(sentence));

  async function save(value: Writing, key: string): Promise<void> {
    const before = record().draft;
    try {
      await draftReply({ record: record(), body: bodyOf(value) }, key);
    } catch (thrown) {
      const problem = Problem.of(thrown);
      overtaken.value = catchUp(problem);
      const now = overtaken.value ? (problem.current as LetterRecord).draft : null;
      theirs.value = now && now.text !== before?.text && now.text !== value.text ? now : undefined;
      throw thrown;
    }
  }

  const form = useForm<Writing, void>({
    value: base,
    check: missing,
    save: ({ value }, key) => save(value, key),
    saved: () => {
      keeping.forget();
      overtaken.value = false;
      theirs.value = undefined;
      tell(say.done);
    },
  });
  watch(form.problem, (problem) => {
    if (problem?.isStale && overtaken.value) form.problem.value = undefined; // the page tells it in its own words
  });
  if (kept) Object.assign(form.draft, kept.content);
  watch(
    () => ({ ...form.draft }),
    (now) => {
      const isOld = (Object.keys(base) as (keyof Writing)[]).every((f) => now[f] === base[f]);
      if (isOld || (!now.text && !now.basis)) keeping.forget();
      else keeping.put(now, '', new Date());
    },
  );

  function useTheirs(): void {
    if (theirs.value) Object.assign(form.draft, writingOf(theirs.value));
    theirs.value = undefined;
  }
  /** Also while it is being sent: until it has arrived it could be lost. */
  const written = computed(() => form.draft.text.trim() !== '' && form.draft.text !== base.text);
  return { form, found: Boolean(kept), overtaken, theirs, useTheirs, written };
}
