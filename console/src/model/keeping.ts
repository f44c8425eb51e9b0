/**
 * What was typed and is not saved stays in this browser too: a cut network, a closed window or a session that
 * ended loses nothing. Each has their own; it goes when it is saved, when they sign out, and after a month.
 */

/** What was kept of a document, and over which version it was written. */
export interface Kept<C> {
  at: string;
  version: string;
  content: C;
}

const family = 'yuandu.draft.';
/** Under which reasons for what the checks have found are kept, until a document is submitted. */
export const reasonsFamily = 'yuandu.reasons.';
const longest = 30 * 24 * 60 * 60 * 1000; // as long as a deleted draft can be found again, in ms

export class Keeping<C> {
  private readonly name: string;

  constructor(
    staff: string,
    document: string,
    private readonly shelf: Storage = window.localStorage,
  ) {
    this.name = `${family}${staff}.${document}`;
  }

  /** Keeps it; false where the browser has no room, or lets nobody keep anything. */
  put(content: C, version: string, at: Date): boolean {
    try {
      this.shelf.setItem(this.name, JSON.stringify({ at: at.toISOString(), version, content } satisfies Kept<C>));
      return true;
    } catch {
      return false;
    }
  }

  find(now: Date): Kept<C> | undefined {
    try {
      const kept = JSON.parse(this.shelf.getItem(this.name) ?? 'null') as Kept<C> | null;
      if (kept && now.getTime() - Date.parse(kept.at) < longest) return kept;
    } catch {
      // written by another program, or by an older one: nobody can read it
    }
    this.forget();
    return undefined;
  }

  forget(): void {
    try {
      this.shelf.removeItem(this.name);
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }
}

/** Forgets everything that is kept for somebody: drafts, and what they wrote beside them. */
export function forgetAll(staff: string): void {
  for (const shelf of [window.localStorage, window.sessionStorage]) {
    Object.keys(shelf)
      .filter((name) => [family, reasonsFamily].some((f) => name.startsWith(`${f}${staff}.`)))
      .forEach((name) => shelf.removeItem(name));
  }
}
