/** Tells a line of the trail in words. */
import type { AuditLine } from '@/api/audit';
import { useDepartments } from '@/api/departments';
import { auditSentences, auditWords, unknownAct, type Details } from '@/locale/zh-CN';

const detailsOf = (line: AuditLine): Details =>
  typeof line.details === 'object' && line.details !== null ? { ...line.details } : {};

/** Who acted, as far as they have a name. */
export function actorOf({ actor }: AuditLine): string {
  if (actor.kind === 'staff') return actor.name || actor.id;
  if (actor.kind === 'resident') return auditWords.resident(actor.id);
  return actor.kind === 'system' ? auditWords.system(actor.id) : auditWords.nobody;
}

/** What was done. Departments are known by ID in the trail, so their names come along. */
export function tell(line: AuditLine, department: (id: string) => string): string {
  const object = line.object.name || line.object.id;
  const sentence = auditSentences[line.act];
  if (!sentence) return unknownAct(line.act, object);
  return sentence({ object, details: detailsOf(line), self: line.actor.id === line.object.id, department });
}

export function useTelling() {
  const departments = useDepartments();
  const nameOf = (id: string): string => departments.data?.find((d) => d.id === id)?.name ?? id;
  return { actorOf, sentenceOf: (line: AuditLine) => tell(line, nameOf) };
}
