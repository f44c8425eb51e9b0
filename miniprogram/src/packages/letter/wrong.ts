/** Goes to the first field of a step that is wrong. Fields stand in the step itself: WeChat looks no deeper. */
import { getCurrentInstance, nextTick, onMounted, watch } from 'vue';
import type { Wrongs } from './form';
import { scrollTo } from '@/platform/scroll';

export function goToWrong(wrongs: () => Wrongs): void {
  const self = getCurrentInstance()?.proxy;
  const go = () => Object.keys(wrongs()).length > 0 && nextTick(() => scrollTo('.field-wrong', self));
  onMounted(go);
  watch(wrongs, go);
}
