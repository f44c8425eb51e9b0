/** Two people wrote in the same body: where it differs, and both brought together without losing a word. */

/** A stretch that both have, or one that they have differently. */
export type Stretch<T> = { kind: 'same'; items: T[] } | { kind: 'differs'; mine: T[]; theirs: T[] };

/** So many pairs are compared; beyond that, what lies between equal ends counts as one difference. */
const patience = 25_000_000;

const texts = (list: readonly unknown[]): string[] => list.map((item) => JSON.stringify(item));

/** The longest pairing of equal items, in order: [place in a, place in b]. */
function pairs(a: readonly string[], b: readonly string[]): [number, number][] {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return [
    ...Array.from({ length: head }, (_, n): [number, number] => [n, n]),
    ...longest(a.slice(head, a.length - tail), b.slice(head, b.length - tail)).map(([x, y]): [number, number] => [
      x + head,
      y + head,
    ]),
    ...Array.from({ length: tail }, (_, n): [number, number] => [a.length - tail + n, b.length - tail + n]),
  ];
}

function longest(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length * b.length > patience) return [];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

/** Where two bodies differ, in the order in which they are read. */
export function stretches<T>(mine: readonly T[], theirs: readonly T[]): Stretch<T>[] {
  const list: Stretch<T>[] = [];
  let [m, t] = [0, 0];
  const end: [number, number] = [mine.length, theirs.length];
  for (const [x, y] of [...pairs(texts(mine), texts(theirs)), end]) {
    if (x > m || y > t) list.push({ kind: 'differs', mine: mine.slice(m, x), theirs: theirs.slice(t, y) });
    const last = list.at(-1);
    const item = mine.slice(x, x + 1);
    if (last?.kind === 'same') last.items.push(...item);
    else if (item.length) list.push({ kind: 'same', items: item });
    [m, t] = [x + 1, y + 1];
  }
  return list;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b);

interface Sides<T> {
  base?: readonly T[]; // what both began with, where it is known
  mine: readonly T[];
  theirs: readonly T[];
}

/** Both in one: what one alone changed is taken, and where both did, theirs is followed by mine. */
export function together<T>({ base, mine, theirs }: Sides<T>): T[] {
  if (!base) return both(mine, theirs);
  const inMine = new Map(pairs(texts(base), texts(mine)));
  const inTheirs = new Map(pairs(texts(base), texts(theirs)));
  const result: T[] = [];
  let [b, m, t] = [0, 0, 0];
  for (let i = 0; i <= base.length; i++) {
    const x = i < base.length ? inMine.get(i) : mine.length;
    const y = i < base.length ? inTheirs.get(i) : theirs.length;
    if (x === undefined || y === undefined) continue;
    result.push(...decided({ base: base.slice(b, i), mine: mine.slice(m, x), theirs: theirs.slice(t, y) }));
    result.push(...theirs.slice(y, y + 1));
    [b, m, t] = [i + 1, x + 1, y + 1];
  }
  return result;
}

function decided<T>({ base = [], mine, theirs }: Sides<T>): readonly T[] {
  if (same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  const isOneForOne = base.length > 1 && mine.length === base.length && theirs.length === base.length;
  return isOneForOne ? base.flatMap((item, n) => one(n, { base: [item], mine, theirs })) : both(mine, theirs);
}

/** Neighbours that were each rewritten where they stood are decided one by one. */
function one<T>(n: number, { base = [], mine, theirs }: Sides<T>): readonly T[] {
  return decided({ base, mine: mine.slice(n, n + 1), theirs: theirs.slice(n, n + 1) });
}

const both = <T>(mine: readonly T[], theirs: readonly T[]): T[] =>
  stretches(mine, theirs).flatMap((s) => (s.kind === 'same' ? s.items : [...s.theirs, ...s.mine]));

/** A text in three: what it begins with as the other does, where it differs, and what both end with. */
export function parted(text: string, other: string): [string, string, string] {
  const [a, b] = [[...text], [...other]];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const end = a.length - tail;
  return [a.slice(0, head).join(''), a.slice(head, end).join(''), a.slice(end).join('')];
}
