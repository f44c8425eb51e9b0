/** Passing something on: WeChat's own card, the browser's menu, or the address on the clipboard. */

/** Whether the page must offer WeChat's own share button (open-type="share"). */
export function sharesByButton(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}

/** Offers the browser's menu; false where it has none or nothing was chosen. */
export async function shareByBrowser(title: string, url: string): Promise<boolean> {
  // #ifdef H5
  if (!navigator.share) return false;
  try {
    await navigator.share({ title, url });
    return true;
  } catch (thrown) {
    return (thrown as Error).name === 'AbortError';
  }
  // #endif
  // #ifdef MP-WEIXIN
  return false;
  // #endif
}

/** Puts a text on the clipboard. */
export function copy(text: string): Promise<void> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) =>
    uni.setClipboardData({ data: text, showToast: false, success: () => done(), fail }),
  );
  // #endif
  // #ifdef H5
  return navigator.clipboard.writeText(text);
  // #endif
}
