/** What the resident said to a draft before, and whose opinions they support. */
import { computed, ref } from 'vue';
import { consultations, type Opinion, type OpinionForm } from '@/api/consultation';
import { Problem } from '@/api/problem';
import { asResident, isResident } from '@/model/resident';
import { say } from '@/model/saying';

export function useVoice(id: () => string) {
  const form = ref<OpinionForm>();
  const supported = computed(() => form.value?.supported ?? []);

  /** Who is not signed in has said nothing. */
  async function learn(): Promise<void> {
    if (!isResident() || !id()) return;
    form.value = await consultations.form(id()).catch(() => undefined);
  }

  const has = (clause: string): boolean => form.value?.opinions.some((o) => o.clause_id === clause) ?? false;

  function support(o: Opinion, on: boolean): void {
    asResident(() => void turn(o, on));
  }

  async function turn(o: Opinion, on: boolean): Promise<void> {
    try {
      o.supports = (await consultations.support(o.id, on)).supports;
      if (!form.value) await learn();
      else form.value.supported = on ? [...supported.value, o.id] : supported.value.filter((s) => s !== o.id);
    } catch (thrown) {
      say(Problem.of(thrown).message);
    }
  }

  return { form, supported, learn, has, support };
}
