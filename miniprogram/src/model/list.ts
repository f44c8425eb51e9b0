/** An endless list: pages are added at its end, and it is cut into chunks so that only what is seen is drawn. */

/** One page of the house's answer. */
export interface PageOf<T> {
  items: T[];
  total: number;
}

export const pageSize = 20;
/** The house lists no further than this; who looks for more narrows the search. */
export const mostListed = 1000;

/** Items in chunks of a page each. */
export function chunks<T>(items: readonly T[], size = pageSize): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Items that were not there yet: what was published meanwhile shifts the pages. */
export function added<T>(before: readonly T[], more: readonly T[], keyOf: (one: T) => string): T[] {
  const known = new Set(before.map(keyOf));
  return more.filter((one) => !known.has(keyOf(one)));
}
