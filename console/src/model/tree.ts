/** Departments as a tree. */

export interface Placed {
  id: string;
  parent_id: string;
  name: string;
  short_name: string;
  aliases: string[];
}

export interface Branch<T> {
  item: T;
  depth: number;
  below: Branch<T>[];
}

/** The tree of a list, siblings in its order. Whoever has no parent in the list stands at the top. */
export function treeOf<T extends Placed>(list: readonly T[]): Branch<T>[] {
  const known = new Set(list.map((d) => d.id));
  const byParent = grouped(list, known);
  const grow = (parent: string, depth: number): Branch<T>[] =>
    (byParent.get(parent) ?? []).map((item) => ({ item, depth, below: grow(item.id, depth + 1) }));
  return grow('', 0);
}

/** By parent, in the order of the list. */
function grouped<T extends Placed>(list: readonly T[], known: Set<string>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const d of list) {
    const parent = known.has(d.parent_id) ? d.parent_id : '';
    groups.set(parent, [...(groups.get(parent) ?? []), d]);
  }
  return groups;
}

/** The tree as rows, each below its parent. */
export const rowsOf = <T>(tree: Branch<T>[]): Branch<T>[] => tree.flatMap((b) => [b, ...rowsOf(b.below)]);

/** Whether a department is called so: its name, its short name or an alias. */
export function isCalled(d: Placed, text: string): boolean {
  const low = text.trim().toLowerCase();
  return [d.name, d.short_name, ...d.aliases].some((name) => name.toLowerCase().includes(low));
}

/** Those that are called so, with all above them, so that each still has its place. */
export function found<T extends Placed>(list: readonly T[], text: string): T[] {
  if (!text.trim()) return [...list];
  const parents = new Map(list.map((d) => [d.id, d.parent_id]));
  const kept = new Set<string>();
  for (const d of list.filter((d) => isCalled(d, text))) {
    for (let id = d.id; id && !kept.has(id); id = parents.get(id) ?? '') kept.add(id);
  }
  return list.filter((d) => kept.has(d.id));
}

/** A department and all below it: those under which it cannot be put. */
export function downward<T extends Placed>(list: readonly T[], id: string): Set<string> {
  const below = new Set([id]);
  for (let grown = true; grown;) {
    const more = list.filter((d) => below.has(d.parent_id) && !below.has(d.id));
    more.forEach((d) => below.add(d.id));
    grown = more.length > 0;
  }
  return below;
}

/** The names above a department, the highest first. */
export function pathOf<T extends Placed>(list: readonly T[], id: string): T[] {
  const byId = new Map(list.map((d) => [d.id, d]));
  const path: T[] = [];
  for (let d = byId.get(id); d && !path.includes(d); d = byId.get(d.parent_id)) path.unshift(d);
  return path;
}
