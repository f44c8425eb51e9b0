/**
 * Who else is at a letter. Saying that one is here counts as use of the session, so that it is said only while somebody
 * really is: the window is seen, and was touched a short while ago.
 */
import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { meetAt, type LetterColleague } from '@/api/lettersTogether';

/** In ms: how often one says so, and after how long nobody is believed to sit there. */
const every = 15_000;
const touchedWithin = 5 * 60_000;

export function useCompany(id: () => string, writing: () => boolean): Ref<LetterColleague[]> {
  const others = ref<LetterColleague[]>([]);
  let touchedAt = Date.now();
  let clock = 0;

  const isHere = () => !document.hidden && Date.now() - touchedAt < touchedWithin;

  async function say(): Promise<void> {
    clearTimeout(clock);
    const at = id();
    if (!at) return;
    clock = window.setTimeout(say, every);
    if (!isHere()) return;
    const now = await meetAt(at, { writing: writing() }).catch(() => undefined); // the next one will tell
    if (now && at === id()) others.value = now;
  }

  function leave(at: string): void {
    if (at) void meetAt(at, { leaving: true }).catch(() => undefined);
  }

  function seen(): void {
    if (document.hidden) {
      clearTimeout(clock);
      leave(id());
    } else {
      touchedAt = Date.now();
      void say();
    }
  }

  const touched = () => void (touchedAt = Date.now());
  watch(id, (_, before) => {
    others.value = [];
    leave(before);
    void say();
  });
  watch(writing, () => void say());
  window.addEventListener('keydown', touched);
  window.addEventListener('pointerdown', touched);
  document.addEventListener('visibilitychange', seen);
  void say();
  onScopeDispose(() => {
    clearTimeout(clock);
    window.removeEventListener('keydown', touched);
    window.removeEventListener('pointerdown', touched);
    document.removeEventListener('visibilitychange', seen);
    leave(id());
  });
  return others;
}
