/** Names for screen readers where a control of uni-app's web build does not pass them on to the browser's own. */
export function nameField(id: string, label: string): void {
  // #ifdef H5
  const field = document.getElementById(id);
  field?.querySelector('input, textarea')?.setAttribute('aria-label', label);
  field?.removeAttribute('aria-label'); // else it would be read twice
  // #endif
}

/** Lets what scrolls inside a page be reached and moved by keyboard. */
export function reachScroller(id: string): void {
  // #ifdef H5
  document.querySelector(`#${id} .uni-scroll-view .uni-scroll-view`)?.setAttribute('tabindex', '0');
  // #endif
}

/** The kind of keyboard; WeChat knows none for telephone numbers but that for figures. */
export function fieldType(asked: 'text' | 'number' | 'tel'): 'text' | 'number' | 'tel' {
  // #ifdef MP-WEIXIN
  if (asked === 'tel') return 'number';
  // #endif
  return asked;
}

let last = 0;

/** An id that no other control of this application has. */
export const newId = (): string => `field-${(last += 1)}`;
