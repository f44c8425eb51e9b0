/** What is left of a stretch of pasted text once the layout is taken out of it. */

/** A break that somebody typed, within what has been gathered of a paragraph. */
export const softBreak = '\u2028';

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const blank = '[ \\t\\r\\n\\f\\u00a0\\u2000-\\u200a\\u3000]';
const han = '[\\u2e80-\\u303f\\u3041-\\u9fff\\uf900-\\ufaff\\uff01-\\uff60]';

/** Programs wrap their HTML where they like; between two Chinese characters that is no blank. */
const wrapped = new RegExp(`(?<=${han})[ \\t]*[\\r\\n]+[ \\t\\r\\n]*(?=${han})`, 'g');
/** Two breaks, or one with an indent behind it, are how people without styles begin a paragraph. */
const newParagraph = new RegExp(
  `${softBreak}(?:${blank}*${softBreak})+|${softBreak}(?=[ \\t\\r\\n]*[\\u00a0\\u3000]{2})`,
);
const ends = new RegExp(`^${blank}+|${blank}+$`, 'g');

/** The paragraphs of what was gathered, each with its soft breaks as \n. */
export function tidied(gathered: string): string[] {
  return gathered
    .replace(invisible, '')
    .replace(wrapped, '')
    .split(newParagraph)
    .map((paragraph) => paragraph.split(softBreak).map(spaced).filter(Boolean).join('\n'))
    .filter(Boolean);
}

/** One blank where there were several; none at the ends, where they are an indent. */
const spaced = (text: string): string =>
  text
    .replace(ends, '')
    .replace(/[ \t\r\n\f\u00a0\u2000-\u200a]+/g, ' ')
    .replace(/ ?\u3000[\u3000 ]*/g, '\u3000');

/** The paragraphs of plain text: its lines. */
export const linesOf = (text: string): string[] => text.split(/\r\n?|\n|\u2028|\u2029/).flatMap(tidied);

const raised = new Map([...'0123456789+-−()n'].map((c, n) => [c, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ'[n] ?? c]));
const lowered = new Map([...'0123456789+-−()'].map((c, n) => [c, '₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎'[n] ?? c]));

/** m² keeps its meaning without a font: the small figures there are, else the text as it is. */
export function moved(text: string, tag: string): string {
  const table = tag === 'sup' ? raised : lowered;
  const chars = [...text.trim()];
  return chars.every((c) => table.has(c)) ? chars.map((c) => table.get(c)).join('') : text;
}
