/** Calls a number, after the phone has asked. */
export function call(number: string): void {
  // #ifdef MP-WEIXIN
  uni.makePhoneCall({ phoneNumber: number, fail: () => undefined });
  // #endif
  // #ifdef H5
  window.location.href = `tel:${number.replace(/[^\d+]/g, '')}`;
  // #endif
}
