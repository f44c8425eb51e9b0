/** What was read and what was searched, on this phone alone: the house never learns of it. */
import { recall, remember, forget } from '@/platform/storage';

export interface Visited {
  kind: 'policy' | 'interpretation' | 'letter' | 'meeting' | 'agenda_item' | 'consultation' | 'event' | 'gazette';
  id: string;
  title: string;
  at: number; // ms
}

const mostVisited = 200;
const mostSearched = 12;

export const visited = (): Visited[] => recall<Visited[]>('visited') ?? [];

export function visit(one: Visited): void {
  const others = visited().filter((v) => v.kind !== one.kind || v.id !== one.id);
  remember('visited', [one, ...others].slice(0, mostVisited));
}

export function forgetVisit(one: Visited): void {
  remember(
    'visited',
    visited().filter((v) => v.kind !== one.kind || v.id !== one.id),
  );
}

export function forgetVisits(): void {
  forget('visited');
}

export const searched = (): string[] => recall<string[]>('searched') ?? [];

/** Remembers a search. What looks like somebody's number is not written down, not even here. */
export function search(text: string): void {
  const word = text.trim();
  if (word === '' || word.length > 60 || /\d{11}|\d{17}[\dXx]/.test(word)) return;
  remember('searched', [word, ...searched().filter((w) => w !== word)].slice(0, mostSearched));
}

export function forgetSearch(word?: string): void {
  remember('searched', word === undefined ? [] : searched().filter((w) => w !== word));
}
