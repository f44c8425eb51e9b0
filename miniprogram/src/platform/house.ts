/** Where the house answers, and who we are to it. */

function where(): string {
  // #ifdef MP-WEIXIN
  return import.meta.env.VITE_HOUSE ?? '';
  // #endif
  // #ifdef H5
  return ''; // where the page came from
  // #endif
}

export const house = where();

/** What this phone calls itself in the list of signed-in devices. */
export function device(): string {
  const it = uni.getDeviceInfo();
  return [it.deviceBrand, it.deviceModel].filter(Boolean).join(' ').slice(0, 60);
}

/** The permanent address of a page on the open web, for sharing beyond WeChat. */
export function webAddress(path: string): string {
  // #ifdef H5
  return `${window.location.origin}${path}`;
  // #endif
  // #ifdef MP-WEIXIN
  return `${house}${path}`;
  // #endif
}
