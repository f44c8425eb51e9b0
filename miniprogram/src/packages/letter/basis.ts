/** What an answer rests on: its document numbers are ways to the documents. */

const number = /[\u4e00-\u9fff]{1,12}〔\d{4}〕\d{1,5}号/g;

/** What stands before a number and is not of it: 根据鸢政发〔2022〕11号. */
const lead = /^(?:[、，和及与]|根据|依据|按照|参照|见|依)+/;

/** The document numbers in a text, each once. */
export function numbersIn(basis: string): string[] {
  return [...new Set((basis.match(number) ?? []).map((said) => said.replace(lead, '')))];
}
