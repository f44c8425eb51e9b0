import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

const colours = (part: string): Record<string, string> =>
  Object.fromEntries([...part.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]));

/** Relative luminance and contrast, as WCAG 2.2 counts them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['--card', '--page'];
const texts = ['--ink', '--ink-2', '--ink-3', '--brand', '--red', '--green', '--amber'];
const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ['--on-brand', '--brand'],
  ['--on-brand', '--brand-strong'],
  ['--on-brand', '--red'],
  ['--ink', '--wash'],
  ['--ink-2', '--wash'],
  ['--brand', '--wash'],
  ['--red', '--red-wash'],
  ['--green', '--green-wash'],
  ['--amber', '--amber-wash'],
  ['--ink', '--found'],
] as const;

describe.each([
  ['by day', colours(light)],
  ['by night', { ...colours(light), ...colours(dark) }],
])('%s', (_, theme) => {
  it.each(pairs)('%s can be read on %s', (text, ground) => {
    expect(contrast(theme[text] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('the border of a control can be seen', () => {
    expect(contrast(theme['--control'] ?? '', theme['--card'] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

it('no colour is missing by night', () => {
  expect(Object.keys(colours(light)).filter((name) => !(name in colours(dark)))).toEqual([]);
});
