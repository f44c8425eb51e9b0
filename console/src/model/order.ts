/** Putting a list into an order. */

/** The list with the item at `from` taken to `to`; as it was where that is no place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  if (from === to || from < 0 || to < 0 || from >= list.length || to >= list.length) return next;
  const [item] = next.splice(from, 1);
  next.splice(to, 0, item as T);
  return next;
}

/** Where a key takes the item at `at`; undefined for a key that moves nothing. */
export function placeFor(key: string, at: number, length: number): number | undefined {
  const places: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: length - 1 };
  const place = places[key];
  return place === undefined ? undefined : Math.min(Math.max(place, 0), length - 1);
}
