/** Two people changed one document: what becomes of it once somebody has chosen. */
import { isBlank, sameContent } from './content';
import { together } from './together';
import type { Content } from '@/api/documents';
import type { Difference, Side } from '@/model/merge';

export interface Sides {
  base: Content | undefined; // what both began with, where it is known
  mine: Content;
  theirs: Content;
}

export type Whose = 'theirs' | 'mine' | 'both';

const valueOf = (content: Content | undefined, field: string): unknown =>
  (content as Record<string, unknown> | undefined)?.[field];
const equal = (a: unknown, b: unknown): boolean => sameContent({ a }, { a: b });

/** The fields in which both differ, but for the body; what nobody typed gives way to what is there. */
export function fieldsThatDiffer({ base, mine, theirs }: Sides): Difference<string>[] {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  names.delete('body');
  return [...names]
    .filter((field) => !equal(valueOf(mine, field), valueOf(theirs, field)))
    .map((field) => ({ field, likely: likely({ base, mine, theirs }, field) }));
}

function likely({ base, mine, theirs }: Sides, field: string): Side {
  if (base) return equal(valueOf(mine, field), valueOf(base, field)) ? 'theirs' : 'mine';
  return isBlank({ [field]: valueOf(mine, field) }) && !equal(valueOf(theirs, field), undefined) ? 'theirs' : 'mine';
}

export function chosenContent(sides: Sides, chosen: { body: Whose; fields: Record<string, Side> }): Content {
  const { base, mine, theirs } = sides;
  const fields = Object.entries(chosen.fields).map(([field, side]) => [
    field,
    valueOf(side === 'mine' ? mine : theirs, field),
  ]);
  const bodies = { base: base?.body, mine: mine.body ?? [], theirs: theirs.body ?? [] };
  const body = chosen.body === 'both' ? together({ ...bodies, base: base && (base.body ?? []) }) : bodies[chosen.body];
  return { ...theirs, ...Object.fromEntries(fields), body };
}
