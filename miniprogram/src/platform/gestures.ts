/** What hands do on a page beside tapping it. */

/** Whether a swiper may turn while two fingers are on it: WeChat's follows the first of them. */
export function turnsUnderTwo(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}

/** Tells of the arrow keys, where there are some and nothing is being typed. What it gives ends that. */
export function onArrows(turn: (step: number) => void): () => void {
  // #ifdef H5
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[event.key];
    const busy = (event.target as HTMLElement | null)?.closest('input, textarea, [role="dialog"]');
    if (!step || busy || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    turn(step);
  };
  document.addEventListener('keydown', key);
  return () => document.removeEventListener('keydown', key);
  // #endif
  // #ifdef MP-WEIXIN
  return () => undefined;
  // #endif
}

/** Lets what is copied by hand out of a part of the page name its source. What it gives ends that. */
export function onCopied(part: string, source: (words: string) => string): () => void {
  // #ifdef H5
  const copied = (event: ClipboardEvent) => {
    const chosen = window.getSelection();
    const words = chosen?.toString().trim() ?? '';
    const node = chosen?.anchorNode;
    const from = node instanceof Element ? node : node?.parentElement;
    if (!words || !from?.closest(part)) return;
    event.clipboardData?.setData('text/plain', source(words));
    event.preventDefault();
  };
  document.addEventListener('copy', copied);
  return () => document.removeEventListener('copy', copied);
  // #endif
  // #ifdef MP-WEIXIN
  return () => undefined;
  // #endif
}
