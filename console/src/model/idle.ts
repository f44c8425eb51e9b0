/** When a session that nobody uses ends, and what to do before. All in ms. */

export interface Clocks {
  now: number;
  answeredAt: number; // the server last saw us
  touchedAt: number; // somebody last touched a key or the mouse
  idle: number; // so long without a request, and the session ends
  expiresAt: number; // it ends then, whatever happens
}

export type IdleState = 'fine' | 'touch' | 'idle' | 'ending' | 'over';

/** So long before the end people are warned. */
export const warning = 2 * 60_000;
/** Somebody who types sends no request: the server is told that often. */
const touchEvery = 5 * 60_000;

/** What is due: nothing, a sign of life, a warning (idle, or the session's end), or signing in again. */
export function idleState(c: Clocks): IdleState {
  const idleEnd = c.answeredAt + c.idle;
  if (c.now >= Math.min(idleEnd, c.expiresAt)) return 'over';
  if (c.now >= c.expiresAt - warning) return 'ending';
  if (c.now - c.answeredAt >= touchEvery && c.touchedAt > c.answeredAt + touchEvery / 2) return 'touch';
  return c.now >= idleEnd - warning ? 'idle' : 'fine';
}

/** How long until it ends. */
export const leftOf = (c: Clocks): number => Math.max(0, Math.min(c.answeredAt + c.idle, c.expiresAt) - c.now);
