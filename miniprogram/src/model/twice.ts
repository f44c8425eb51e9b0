/** Two taps of an unsteady hand are one. */
import { onMounted, onUnmounted, ref, type Ref } from 'vue';

/** In ms. */
const apart = 400;
let last: { thing?: object; at: number } = { at: 0 };

/** Says of a press that it belongs to the one before: of the same thing, at once, with nothing else pressed between. */
export function isTwice(thing: object, now = Date.now()): boolean {
  const twice = last.thing === thing && now - last.at < apart;
  if (!twice) last = { thing, at: now };
  return twice;
}

/** Whether what has taken the place of a button stands there long enough that a tap can mean it. */
export function useSettled(): Ref<boolean> {
  const settled = ref(false);
  let clock: ReturnType<typeof setTimeout>;
  onMounted(() => (clock = setTimeout(() => (settled.value = true), apart)));
  onUnmounted(() => clearTimeout(clock));
  return settled;
}
