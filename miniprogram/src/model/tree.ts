/** The offices as the tree that they are. */
import type { Department } from '@/api/directory';

export interface Branch {
  office: Department;
  depth: number;
  below: number; // how many hang on it directly
}

/** The rows that are seen: the roots, and what hangs on an open one. */
export function branches(offices: readonly Department[], opened: ReadonlySet<string>): Branch[] {
  const children = new Map<string, Department[]>();
  const known = new Set(offices.map((o) => o.id));
  for (const o of offices) {
    const parent = known.has(o.parent_id) ? o.parent_id : '';
    children.set(parent, [...(children.get(parent) ?? []), o]);
  }
  const rows: Branch[] = [];
  const grow = (parent: string, depth: number) => {
    for (const office of children.get(parent) ?? []) {
      rows.push({ office, depth, below: children.get(office.id)?.length ?? 0 });
      if (opened.has(office.id)) grow(office.id, depth + 1);
    }
  };
  grow('', 0);
  return rows;
}

/** What is open at first: where all hangs on one root, that root. */
export function rootsOpen(offices: readonly Department[]): Set<string> {
  const roots = branches(offices, new Set());
  return new Set(roots.length === 1 ? roots.map((r) => r.office.id) : []);
}

/** The offices whose name, short name or other name holds all the characters that were typed, in their order. */
export function named(offices: readonly Department[], typed: string): Department[] {
  const text = typed.trim();
  return offices.filter((o) => [o.name, o.short_name, ...o.aliases].some((name) => holds(name, text)));
}

function holds(name: string, text: string): boolean {
  let at = -1;
  return [...text].every((c) => (at = name.indexOf(c, at + 1)) >= 0);
}
