/** The line of life of a matter: where each step leads, and which is the one that is being read. */
import { ways, toDocument } from './ways';
import type { MatterStep, PartKind } from '@/api/matter';

export interface Part {
  kind: PartKind;
  id: string;
}

/** A step's page; an item of a meeting has its own. '' for what this version does not know. */
export function pageOf(step: MatterStep): string {
  if (step.item && step.kind === 'meeting') return ways.agendaItem(step.item);
  if (step.kind === 'gazette') return ways.gazette(step.id, { piece: step.item });
  return toDocument(step.kind, step.id);
}

/** Whether a step is the document that is being read: on a meeting's page, each of its items is. */
export function isHere(step: MatterStep, here?: Part): boolean {
  if (!here) return false;
  return here.kind === 'agenda_item' ? step.item === here.id : step.kind === here.kind && step.id === here.id;
}
