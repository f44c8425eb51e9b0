/**
 * Who else is in a document. Saying that one is here counts as use of the session, so that it is said only while
 * somebody really is: the window is seen, and was touched a short while ago.
 */
import { onScopeDispose, ref, type Ref } from 'vue';
import { bePresent, bePresentNoMore, type Kind, type Person } from '@/api/documents';

const every = 20_000; // ms
const touchedWithin = 5 * 60_000; // ms

export function usePresence(kind: Kind, id: string): Ref<Person[]> {
  const others = ref<Person[]>([]);
  let touchedAt = Date.now();
  let over = false;

  const isHere = () => document.visibilityState === 'visible' && Date.now() - touchedAt < touchedWithin;

  async function say(): Promise<void> {
    if (!isHere()) return;
    const items = await bePresent(kind, id).catch(() => undefined); // the next one will tell
    if (items && !over) others.value = items;
  }

  const touched = () => (touchedAt = Date.now());
  const clock = window.setInterval(say, every);
  window.addEventListener('keydown', touched);
  window.addEventListener('pointerdown', touched);
  void say();
  onScopeDispose(() => {
    over = true;
    clearInterval(clock);
    window.removeEventListener('keydown', touched);
    window.removeEventListener('pointerdown', touched);
    void bePresentNoMore(kind, id).catch(() => undefined);
  });
  return others;
}
