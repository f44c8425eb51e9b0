/** Letters that are not sent yet, on this phone: where they lie, and when they go. */
import type { Channel } from '@/api/letter';
import { forget } from '@/platform/storage';

export const unsentAt = (channel: Channel): string => `draft.letter.${channel}`;

/** Opinions that are not sent yet lie together. */
export const unsentOpinions = 'draft.opinions';

/** Somebody signs out, or is erased: whoever has the phone next reads none of it. What the house keeps stays there. */
export function forgetUnsent(): void {
  for (const channel of ['ask', 'mayor'] as const) forget(unsentAt(channel));
  forget(unsentOpinions);
}
