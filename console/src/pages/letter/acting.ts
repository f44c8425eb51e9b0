/** What somebody does to the letter on their desk: once, told once, and shown as it is where somebody was faster. */
import { ElMessage } from 'element-plus';
import { computed, inject, type ComputedRef, type InjectionKey } from 'vue';
import { useAct, type Act } from '@/api/act';
import { catchUp, type LetterRecord, type On } from '@/api/letters';
import { Problem } from '@/api/problem';
import { letterRecord as say } from '@/locale/zh-CN';

/** Hears, in a sentence, what was done to the letter of the page. */
export const toldKey: InjectionKey<(sentence: string) => void> = Symbol('told');

export interface LetterAct<Body> extends Pick<Act<Body>, 'run' | 'busy' | 'problem'> {
  wrong: (field: string) => string | undefined;
  homeless: ComputedRef<Problem | undefined>; // a complaint that no field shows
}

type Send<Body> = (on: On<Body>, key: string) => Promise<LetterRecord>;

export function useLetterAct<Body>(
  record: () => LetterRecord,
  send: Send<Body>,
  said: (body: Body, now: LetterRecord) => string,
): LetterAct<Body> {
  const tell = inject(toldKey, (sentence: string) => void ElMessage.success(sentence));

  async function act(body: Body, key: string): Promise<string> {
    try {
      return said(body, await send({ record: record(), body }, key));
    } catch (thrown) {
      if (catchUp(Problem.of(thrown))) ElMessage.warning(say.overtaken);
      throw thrown;
    }
  }

  const { run, busy, problem } = useAct<Body, string>(act, tell);
  return {
    run,
    busy,
    problem,
    wrong: (field) => problem.value?.fields.find((f) => f.field === field)?.message,
    homeless: computed(() => (problem.value?.fields.length ? undefined : problem.value)),
  };
}
