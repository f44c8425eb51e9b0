/** Word files as offices hand them in, made by hand: the packages of these stories hold none. */

const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const types =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A Word file with a paragraph for each line. */
export function wordOf(text: string): Buffer {
  const paragraphs = text.trim().split('\n').map((line) => `<w:p><w:r><w:t>${line.trim()}</w:t></w:r></w:p>`).join('');
  return zip({
    '[Content_Types].xml': types,
    'word/document.xml': `<w:document xmlns:w="${namespace}"><w:body>${paragraphs}</w:body></w:document>`,
  });
}

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: string): number =>
  ([...bytes].reduce((c, x) => (table[(c ^ x.charCodeAt(0)) & 255] ?? 0) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const short = (n: number): string => String.fromCharCode(n & 255, (n >>> 8) & 255);
const long = (n: number): string => short(n) + short(n >>> 16);

/** An archive whose entries are kept as they are; bytes are written as the characters below 256. */
function zip(entries: Record<string, string>): Buffer {
  let files = '';
  let list = '';
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text).toString('latin1');
    const told = short(20) + short(0) + short(0) + long(0x210000) + long(crc(content)) + long(content.length).repeat(2) +
      short(name.length) + short(0);
    list += `PK\x01\x02${short(20)}${told}${short(0).repeat(3)}${long(0)}${long(files.length)}${name}`;
    files += `PK\x03\x04${told}${name}${content}`;
  }
  const n = short(Object.keys(entries).length);
  const end = `PK\x05\x06${long(0)}${n}${n}${long(list.length)}${long(files.length)}${short(0)}`;
  return Buffer.from(files + list + end, 'latin1');
}
