/** What a reviewer fills in, and what of it is said to the server. */
import type { SignFields } from '@/api/documents';

export interface Signature {
  no_secret: boolean;
  attribute: SignFields['attribute'];
  ground: string;
  later: boolean;
  at: string;
  tell: boolean;
  why: string;
  note: string;
}

export const blankSignature = (): Signature => ({
  no_secret: false,
  attribute: 'open',
  ground: '',
  later: false,
  at: '',
  tell: false,
  why: '',
  note: '',
});

/** What is not shown is not said: a ground belongs to what is kept, all else to what becomes public. */
export function signatureOf(s: Signature): SignFields {
  const { no_secret, attribute } = s;
  if (attribute !== 'open') return { no_secret, attribute, ground: s.ground.trim() };
  const at = s.later && s.at ? { at: new Date(s.at).toISOString() } : {};
  return { no_secret, attribute, tell: s.tell, why: s.why.trim(), note: s.note.trim(), ...at };
}
