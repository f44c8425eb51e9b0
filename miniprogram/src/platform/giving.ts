import type { AbortLike } from './network';

/** A question that can be given up before its answer is there; WeChat has no AbortController. */
export class Giving implements AbortLike {
  aborted = false;
  onabort: (() => void) | null = null;

  up(): void {
    if (this.aborted) return;
    this.aborted = true;
    this.onabort?.();
  }
}
