/** How large this phone shows type. */

/** The phone's own font scale: 1 is usual, WeChat's care mode and large type give up to 1.4 and more. */
export function fontScale(): number {
  // #ifdef MP-WEIXIN
  const it = wx.getAppBaseInfo?.() as { fontSizeScaleFactor?: number; fontSizeSetting?: number } | undefined;
  return it?.fontSizeScaleFactor ?? (it?.fontSizeSetting ? it.fontSizeSetting / 16 : 1);
  // #endif
  // #ifdef H5
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--system-scale')) || 1;
  // #endif
}

// #ifdef MP-WEIXIN
/** What the capsule takes on usual phones, in px. */
const capsuleRoom = 97;
// #endif

/** How far the status bar reaches in from above, and WeChat's capsule from the right, in px. */
export function edges(): { top: number; right: number } {
  // #ifdef MP-WEIXIN
  const window = uni.getWindowInfo();
  const capsule = uni.getMenuButtonBoundingClientRect(); // all 0 while WeChat is starting
  const left = capsule?.left || window.windowWidth - capsuleRoom;
  return { top: window.statusBarHeight ?? 0, right: window.windowWidth - left };
  // #endif
  // #ifdef H5
  return { top: 0, right: 0 };
  // #endif
}
