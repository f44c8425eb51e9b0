/** Lists in which the order counts. */

/** The list with one of its entries a place further on, or back. */
export function shifted<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const result = [...list];
  const [one] = result.splice(at, 1);
  if (one !== undefined) result.splice(at + by, 0, one);
  return result;
}

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, n) => n !== at);
