/** What a reviewer fills in for all documents of an import, and what of it is said to the server. */
import type { ImportSignature } from '@/api/imports';

export interface Signature {
  no_secret: boolean;
  attribute: ImportSignature['attribute'];
  ground: string;
  later: boolean;
  at: string;
  tell: boolean;
  why: string;
}

/** Documents of long ago are no news: nobody is told unless the reviewer says so. */
export const blankSignature = (): Signature => ({
  no_secret: false,
  attribute: 'open',
  ground: '',
  later: false,
  at: '',
  tell: false,
  why: '',
});

/** What is not shown is not said: a ground belongs to what is kept, all else to what becomes public. */
export function signatureOf(s: Signature): ImportSignature {
  const { no_secret, attribute } = s;
  if (attribute !== 'open') return { no_secret, attribute, ground: s.ground.trim() };
  const at = s.later && s.at ? { at: new Date(s.at).toISOString() } : {};
  return { no_secret, attribute, tell: s.tell, why: s.why.trim(), ...at };
}
