/**
 * What lies above a page while it is open: it has the keyboard, and going back closes it and not the page.
 * In WeChat there is neither a focus to lead nor a way to hear of the back key.
 */

const nothing = () => undefined;

/** Leads into a sheet. What it gives leads back to where one was. */
export function enter(id: string, close: () => void): () => void {
  // #ifdef H5
  const sheet = document.getElementById(id);
  if (!sheet || sheet.getClientRects().length === 0) return nothing; // of a page that lies below another
  const before = document.activeElement as HTMLElement | null;
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Tab') stayIn(sheet, event);
  };
  document.addEventListener('keydown', key);
  const unheard = onBack(close);
  sheet.tabIndex = -1;
  sheet.focus({ preventScroll: true });
  return () => {
    unheard();
    document.removeEventListener('keydown', key);
    const at = document.activeElement;
    if (!at || at === document.body || sheet.contains(at)) before?.focus({ preventScroll: true });
  };
  // #endif
  // #ifdef MP-WEIXIN
  return nothing;
  // #endif
}

/** Hears of going back before the router does: it has to be called before there is one. */
export function hearBack(): void {
  // #ifdef H5
  window.addEventListener('popstate', wentBack);
  // #endif
}

/** Closes what is open when one goes back, and not the page. What it gives ends that. */
export function onBack(close: () => void): () => void {
  // #ifdef H5
  open.push(close);
  layTwin();
  return () => {
    if (open.includes(close)) open.splice(open.indexOf(close), 1);
  };
  // #endif
  // #ifdef MP-WEIXIN
  return nothing;
  // #endif
}

/** Goes with the keyboard, and what reads the screen, to a part of the page that was jumped to. */
export function reach(id: string): void {
  // #ifdef H5
  const part = document.getElementById(id);
  if (!part) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  // #endif
}

// #ifdef H5
interface Place {
  position: number; // how many pages lie before it
  above?: boolean;
}

const open: (() => void)[] = [];

/** A second place in the history for the same page: going back to the first one is to close what lies above. */
function layTwin(): void {
  const here = history.state as Place;
  if (!here.above) history.pushState({ ...here, above: true }, '');
}

/** Between two places of one page; when nothing lies above it any more, on to the page before. */
function wentBack(event: PopStateEvent): void {
  const { $router } = getApp() as unknown as { $router: { options: { history: { state: Place } } } };
  if ((event.state as Place | null)?.position !== $router.options.history.state.position) return;
  event.stopImmediatePropagation();
  const close = open.pop();
  if (!close) return history.back();
  if (open.length > 0) layTwin();
  close();
}

/** From the last control of a sheet one goes on to its first, and the other way. */
function stayIn(sheet: HTMLElement, event: KeyboardEvent): void {
  const controls = Array.from(sheet.querySelectorAll<HTMLElement>('[tabindex="0"], input, textarea, button'));
  const [first, last] = [controls[0], controls[controls.length - 1]];
  const at = document.activeElement;
  const leaving = event.shiftKey ? at === first || at === sheet : at === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
// #endif
