/** Where somebody stopped reading the issues of the gazette; it stays on the phone. */
import { recall, remember } from '@/platform/storage';

export interface Bookmark {
  id: string;
  page: number;
}

const place = 'gazette-bookmarks';
const most = 100;

const list = (): Bookmark[] => recall<Bookmark[]>(place) ?? [];

/** The page of an issue where somebody stopped, 0 where they have not read it. */
export function bookmarkOf(id: string): number {
  return list().find((b) => b.id === id)?.page ?? 0;
}

export const bookmarks = (): Map<string, number> => new Map(list().map((b) => [b.id, b.page]));

/** Remembers a page. The cover is where one begins anyway. */
export function bookmark(id: string, page: number): void {
  const others = list().filter((b) => b.id !== id);
  remember(place, (page > 1 ? [{ id, page }, ...others] : others).slice(0, most));
}
