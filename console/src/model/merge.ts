/** Two people changed the same record: which fields differ, and whose is likely meant. */

export type Side = 'mine' | 'theirs';

export interface Difference<K> {
  field: K;
  likely: Side;
}

/** What was read, what was typed, and what somebody else saved meanwhile. */
export interface ThreeWays<T> {
  base: T;
  mine: T;
  theirs: T;
}

/** The fields in which what was typed and what is there now differ. What nobody typed gives way. */
export function differences<T extends object>(
  { base, mine, theirs }: ThreeWays<T>,
  fields: (keyof T)[],
): Difference<keyof T>[] {
  return fields
    .filter((field) => !same(mine[field], theirs[field]))
    .map((field) => ({ field, likely: same(mine[field], base[field]) ? 'theirs' : 'mine' }));
}

/** What is meant, field by field. */
export function merged<T extends object>(mine: T, theirs: T, chosen: Partial<Record<keyof T, Side>>): T {
  const result = { ...theirs };
  for (const [field, side] of Object.entries(chosen) as [keyof T, Side][]) {
    if (side === 'mine') result[field] = mine[field];
  }
  return result;
}

/** Equal as JSON: records of the API are nothing else. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
