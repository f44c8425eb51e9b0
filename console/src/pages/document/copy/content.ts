/** Working copies as values: what is empty is not there, whatever order it is written in. */

/** One way to write a working copy, so that equal ones are equal texts. */
function plainly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => !isEmpty(v))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, v]) => [name, plainly(v)]),
  );
}

const isEmpty = (v: unknown): boolean =>
  v === undefined || v === null || v === '' || v === 0 || (Array.isArray(v) && v.length === 0);

/** Whether two working copies say the same. */
export const sameContent = (a: unknown, b: unknown): boolean =>
  JSON.stringify(plainly(a)) === JSON.stringify(plainly(b));

/** Whether nobody has written anything yet. */
export const isBlank = (content: object): boolean => sameContent(content, {});
