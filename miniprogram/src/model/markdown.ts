/** The little Markdown that a privacy text is written in: headings, paragraphs, lists. */

export interface Line {
  text: string;
  level: number; // 0 for what is no heading
  item: boolean;
}

export function lines(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, marks, rest = line] = /^(#{1,6}|[-*]|\d+\.)\s+(.*)$/.exec(line) ?? [];
      const level = marks?.startsWith('#') ? marks.length : 0;
      return {
        text: (level || marks === '-' || marks === '*' ? rest : line).replace(/\*\*/g, ''),
        level,
        item: marks === '-' || marks === '*',
      };
    });
}
