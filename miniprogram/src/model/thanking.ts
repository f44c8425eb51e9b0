/** Whether a public letter was of use to one: at once on the screen, taken back if the house refuses. */
import { reactive, watch } from 'vue';
import { publicLetters } from '@/api/letter';
import { Problem } from '@/api/problem';
import { token } from '@/api/token';
import { published as words } from '@/locale/zh-CN';
import { refused } from './marking';
import { asResident, me } from './resident';
import { say } from './saying';

export function useThanks(id: () => string, known: () => number | undefined) {
  const thanks = reactive({ mine: false, useful: 0, busy: false });
  let turns = 0; // what was read before somebody turned it is older than what they did

  watch(known, (n) => (thanks.useful = n ?? thanks.useful), { immediate: true });

  async function read(): Promise<void> {
    if (!token.value || !id()) return;
    const before = turns;
    const now = await publicLetters.thanks(id()).catch(() => undefined); // the page is read without knowing it
    if (now && before === turns) Object.assign(thanks, now.value);
  }
  watch([id, token, () => me.value?.agreed], () => void read(), { immediate: true });

  async function set(mine: boolean): Promise<void> {
    if (thanks.busy) return;
    turns += 1;
    const before = { mine: thanks.mine, useful: thanks.useful };
    Object.assign(thanks, { mine, busy: true });
    try {
      Object.assign(thanks, await publicLetters.thank(id(), mine));
      say(mine ? words.thanked : words.unthanked);
    } catch (thrown) {
      Object.assign(thanks, before);
      refused(Problem.of(thrown), () => void set(mine));
    } finally {
      thanks.busy = false;
    }
  }

  /** What is wanted is settled by the tap: who signs in first may have said so long ago. */
  function turn(): void {
    const mine = !thanks.mine;
    asResident(() => void set(mine));
  }

  return { thanks, turn };
}
