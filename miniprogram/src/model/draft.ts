/** What was written and has not arrived: it stays on the phone, with the key under which it is sent once. */
import { forget, recall, remember } from '@/platform/storage';

export interface Draft {
  text: string;
  key: string;
}

export const draftOf = (place: string): Draft | undefined => recall<Draft>(`draft.${place}`);
export const keepDraft = (place: string, draft: Draft): boolean => remember(`draft.${place}`, draft);
export const dropDraft = (place: string): void => forget(`draft.${place}`);
