/** WeChat's question whether something personal may be used, while it waits: the page that is seen shows it. */
import { shallowRef } from 'vue';
import { onPrivacyAsked, type PrivacyAsked } from '@/platform/privacy';

/** What is being asked just now. */
export const privacyAsked = shallowRef<PrivacyAsked>();

/** Listens from the start of the mini program on. */
export function hearPrivacy(): void {
  onPrivacyAsked((asked) => {
    privacyAsked.value?.refuse(); // an older question would wait for ever
    privacyAsked.value = asked;
  });
}

/** Agrees by the button that was pressed: WeChat wants its id. */
export function agreePrivacy(buttonId: string): void {
  privacyAsked.value?.agree(buttonId);
  privacyAsked.value = undefined;
}

export function refusePrivacy(): void {
  privacyAsked.value?.refuse();
  privacyAsked.value = undefined;
}
