/** An answer as it is written: it stays in this browser until it is sent, whatever becomes of the network. */
import { ElMessage } from 'element-plus';
import { ref, watch, type Ref } from 'vue';
import { catchUp, replyTo, type FeedbackRecord, type Outcome, type Reply } from '@/api/feedback';
import { Problem } from '@/api/problem';
import { useForm, type Form } from '@/components/useForm';
import { feedbackAnswer as say, forms } from '@/locale/zh-CN';
import { Keeping } from '@/model/keeping';

export interface AnswerDraft {
  text: string;
  outcome: Outcome | '';
  reason: string;
}

const none: AnswerDraft = { text: '', outcome: '', reason: '' };

/** What is missing before anybody is asked, by field. */
export function missing(d: AnswerDraft): Record<string, string> {
  return {
    ...(d.outcome ? {} : { outcome: say.choose }),
    ...(d.text.trim() ? {} : { text: forms.required }),
    ...(d.outcome === 'not_accepted' && !d.reason.trim() ? { reason: forms.required } : {}),
  };
}

/** The body that is sent: a reason belongs to what is not accepted alone. */
export const replyOf = ({ text, outcome, reason }: AnswerDraft): Reply => ({
  text: text.trim(),
  outcome: outcome as Outcome,
  ...(outcome === 'not_accepted' ? { reason: reason.trim() } : {}),
});

export interface Answering {
  form: Form<AnswerDraft>;
  overtaken: Ref<boolean>; // somebody was faster, and what is there now is shown
  found: boolean; // something was written before
}

export function useAnswer(record: () => FeedbackRecord, staff: string): Answering {
  const keeping = new Keeping<AnswerDraft>(staff, `feedback.${record().id}`);
  const kept = keeping.find(new Date());
  const overtaken = ref(false);

  async function save(value: AnswerDraft, key: string): Promise<void> {
    try {
      await replyTo({ record: record(), body: replyOf(value) }, key);
    } catch (thrown) {
      overtaken.value = catchUp(Problem.of(thrown));
      throw thrown;
    }
  }

  const form = useForm<AnswerDraft, void>({
    value: none,
    check: missing,
    save: ({ value }, key) => save(value, key),
    saved: () => {
      keeping.forget();
      overtaken.value = false;
      Object.assign(form.draft, none);
      ElMessage.success(say.done);
    },
  });
  watch(form.problem, (problem) => {
    if (problem?.isStale && overtaken.value) form.problem.value = undefined; // the page tells it in its own words
  });
  if (kept) Object.assign(form.draft, kept.content);
  watch(
    () => ({ ...form.draft }),
    (now) => (now.text || now.reason ? keeping.put(now, '', new Date()) : keeping.forget()),
  );
  return { form, overtaken, found: Boolean(kept) };
}
