/** WeChat asks before it gives away something personal; a sheet of ours answers (PrivacySheet.vue). */

export interface PrivacyAsked {
  agree(buttonId: string): void;
  refuse(): void;
}

/**
 * Tells when WeChat wants an answer (base library 2.32.3 and later). WeChat asks only who registered last, so that one
 * for the whole mini program does, not each page.
 */
export function onPrivacyAsked(tell: (asked: PrivacyAsked) => void): void {
  // #ifdef MP-WEIXIN
  wx.onNeedPrivacyAuthorization?.(((resolve: (answer: { event: string; buttonId?: string }) => void) => {
    resolve({ event: 'exposureAuthorization' });
    tell({
      agree: (buttonId) => resolve({ event: 'agree', buttonId }),
      refuse: () => resolve({ event: 'disagree' }),
    });
  }) as never); // its types know a result, WeChat gives a function
  // #endif
  // #ifdef H5
  void tell; // a browser asks by itself
  // #endif
}

/** Opens the privacy statement that WeChat holds. */
export function openContract(): void {
  // #ifdef MP-WEIXIN
  wx.openPrivacyContract?.({});
  // #endif
}
