// Writes src/styles/icons.scss from src/icons/drawings.json: all drawings side by side in one picture, and where each
// of them is. One picture is read once; sixty would each cost a slow phone a millisecond or two.
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../src/icons/drawings.json', import.meta.url);
const target = new URL('../src/styles/icons.scss', import.meta.url);
/** What is also drawn filled: it says that something is on. */
const filled = ['star', 'bell', 'thumb'];

/** The looks of all drawings. drawings: a path for each name, 24 by 24. */
export function looks(drawings) {
  const all = [...Object.keys(drawings).map((name) => [name, false]), ...filled.map((name) => [name, true])];
  const shapes = all.map(([name, full], i) => {
    const fill = full ? " fill='black'" : '';
    return `<path transform='translate(${i * 24})' d='${drawings[name]}'${fill}/>`;
  });
  const stroke = "fill='none' stroke='black' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'";
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${all.length * 24} 24' ${stroke}>${shapes.join('')}</svg>`;
  const at = (i) => `${Number(((i / (all.length - 1)) * 100).toFixed(4))}% 0`;
  const place = (i) => `-webkit-mask-position: ${at(i)}; mask-position: ${at(i)};`;
  const rules = all.map(([name, full], i) => `.icon-${name}${full ? '.filled' : ''} { ${place(i)} }`);
  const picture = `url("data:image/svg+xml,${svg.replace(/</g, '%3C').replace(/>/g, '%3E').replace(/#/g, '%23')}")`;
  const whole = `-webkit-mask-size: ${all.length * 100}% 100%; mask-size: ${all.length * 100}% 100%;`;
  const fallback = place(all.findIndex(([name]) => name === 'document'));
  return [
    '/* Written by scripts/icons.mjs from src/icons/drawings.json: npm run icons. */',
    `.icon { --icons: ${picture}; -webkit-mask-image: var(--icons); mask-image: var(--icons); ${whole} ${fallback} }`,
    ...rules,
    '',
  ].join('\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(target, looks(JSON.parse(readFileSync(source, 'utf8'))));
}
