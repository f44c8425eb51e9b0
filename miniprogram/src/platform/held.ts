/** The look of what is being pressed: WeChat asks for a class by name, a browser has :active for it. */
function name(): string {
  // #ifdef MP-WEIXIN
  return 'held';
  // #endif
  // #ifdef H5
  return 'none';
  // #endif
}

export const held = name();
