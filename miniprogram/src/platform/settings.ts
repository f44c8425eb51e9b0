/** The settings that WeChat holds of this mini program. */

/** Whether there are any that can be opened from here. */
export function hasSettings(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}

/** Opens them: messages can be switched on there again. WeChat opens them only right after a tap. */
export function openSettings(): void {
  // #ifdef MP-WEIXIN
  wx.openSetting({ withSubscriptions: true });
  // #endif
}
