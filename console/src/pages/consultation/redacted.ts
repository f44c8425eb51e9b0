/** What may stand in public for a text: each stretch that tells of a person has its stand-in. */
import type { MarkedText } from '@/api/publicLetters';

export function redacted({ text, spans }: MarkedText): string {
  let at = 0;
  let shown = '';
  for (const s of spans) {
    shown += text.slice(at, s.from) + s.instead;
    at = s.from + s.length;
  }
  return shown + text.slice(at);
}
