/** Opinions that have not arrived: they lie together on the phone, by what they speak to. */
import { unsentOpinions } from '@/model/unsent';
import { forget, recall, remember } from '@/platform/storage';

export interface Said {
  stance: string;
  text: string;
  wording: string;
  signature: string;
}

const all = (): Record<string, Said> => recall<Record<string, Said>>(unsentOpinions) ?? {};
const isBlank = (s: Said): boolean => !s.text.trim() && !s.wording.trim();

export const draftOf = (place: string): Said | undefined => all()[place];

/** Keeps what is written; false where the phone is full. */
export function keepDraft(place: string, said: Said): boolean {
  if (!isBlank(said)) return remember(unsentOpinions, { ...all(), [place]: said });
  dropDraft(place);
  return true;
}

export function dropDraft(place: string): void {
  const rest = Object.fromEntries(Object.entries(all()).filter(([name]) => name !== place));
  if (Object.keys(rest).length) remember(unsentOpinions, rest);
  else forget(unsentOpinions);
}
