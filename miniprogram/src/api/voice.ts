import { get } from './client';
import type { components } from './schema';

/** The voice of a document: its sound, and when and where each sentence is heard. */
export type Voice = components['schemas']['VoiceDetail'];
/** That a document can be heard. */
export type VoiceRef = components['schemas']['VoiceRef'];

/** of: kind:id. What was heard once can be heard without a network. */
export const voices = {
  of: (of: string) => get('/api/v1/voices', { query: { of }, keep: `voice:${of}` }),
};
