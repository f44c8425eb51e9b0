/** Reading a file of words that somebody has: spreadsheets write other encodings too. */

/** The most that is read, in bytes. */
export const largestFile = 300_000;

/** The text of a file, undefined where it is none. */
export function textIn(bytes: Uint8Array): string | undefined {
  for (const encoding of encodingsOf(bytes)) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\u0000') ? undefined : text;
    } catch {
      continue; // another encoding
    }
  }
  return undefined;
}

function encodingsOf(bytes: Uint8Array): string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  return ['utf-8', 'gb18030'];
}
