/** The roles of staff, and which of them one person can hold; the server decides, this explains while choosing. */

/** In the order in which people are shown them. The first three are powers kept apart. */
export const roles = [
  'system_administrator',
  'security_administrator',
  'auditor',
  'editor',
  'reviewer',
  'case_handler',
  'office_head',
  'dispatcher',
  'mayors_office',
  'supervisor',
] as const;

export type Role = (typeof roles)[number];

const powers: readonly string[] = ['system_administrator', 'security_administrator', 'auditor'];
const withinDepartment: readonly string[] = ['editor', 'reviewer', 'case_handler', 'office_head'];

/** One of the three of which nobody may hold two, nor anything beside. */
export const isPower = (role: string): boolean => powers.includes(role);

/** Held within a department and all below it, rather than in the whole city. */
export const isInDepartment = (role: string): boolean => withinDepartment.includes(role);

export interface Held {
  role: string;
  department_id: string;
}

/** What is wrong with roles held together: a code of the server's, or nothing. */
export function clash(held: readonly Held[]): 'role.powers' | 'role.department' | 'role.twice' | undefined {
  if (held.some((g) => isPower(g.role)) && held.length > 1) return 'role.powers';
  if (held.some((g) => isInDepartment(g.role) !== Boolean(g.department_id))) return 'role.department';
  const pairs = held.map((g) => `${g.role} ${g.department_id}`);
  return new Set(pairs).size < pairs.length ? 'role.twice' : undefined;
}
