/** The numbers of lists, which programs compute and browsers draw: here they become text. */

const digits = '零一二三四五六七八九';

/** 1 to 99 in Chinese; larger ones in figures. */
export function chinese(n: number): string {
  if (n < 1 || n > 99) return String(n);
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? (digits[tens] ?? '') : ''}${tens ? '十' : ''}${ones || !tens ? (digits[ones] ?? '') : ''}`;
}

const romans: [number, string][] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(n: number): string {
  if (n < 1 || n > 399) return String(n);
  let [left, text] = [n, ''];
  for (const [value, sign] of romans) {
    for (; left >= value; left -= value) text += sign;
  }
  return text;
}

const letter = (n: number): string => (n < 1 || n > 26 ? String(n) : String.fromCharCode(96 + n));

/** The number of an entry, as the style of its list writes it. */
export function numberOf(style: string, n: number): string {
  if (/cjk|chinese|japanese/.test(style)) return `${chinese(n)}、`;
  if (/^(upper-alpha|upper-latin|A)$/.test(style)) return `${letter(n).toUpperCase()}. `;
  if (/^(lower-alpha|lower-latin|a)$/.test(style)) return `${letter(n)}. `;
  if (/^(upper-roman|I)$/.test(style)) return `${roman(n).toUpperCase()}. `;
  if (/^(lower-roman|i)$/.test(style)) return `${roman(n)}. `;
  return `${n}. `;
}

/** What stands between a number that was computed elsewhere and its text. */
export function labelled(number: string): string {
  if (/^第.+[编章节条]$/.test(number)) return `${number}\u3000`;
  return /[、）．】〕]$/.test(number) ? number : `${number} `;
}

/** The dots, dashes and squares of lists without numbers; Wingdings has them on letters. */
export function isBullet(mark: string, drawn: boolean): boolean {
  if (drawn && [...mark].length === 1) return true;
  return /^[·•●○◦■□◆◇▪▫▶►➢✓✔*–—‧∙\uf000-\uf0ff-]$/.test(mark);
}
