import { describe, expect, test } from 'vitest';
import there from '../../../console/src/styles/tokens.css?raw';
import drawings from '../icons/drawings.json';
import icons from './icons.scss?raw';
import tokens from './tokens.scss?raw';
// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- a script of the build, without types
// @ts-expect-error
import { looks } from '../../scripts/icons.mjs';


/** The value of each colour in a block of the tokens. */
function colours(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name = '', value = '']) => [name, value]));
}

/** Contrast as WCAG 2 measures it. */
function contrast(one: string, other: string): number {
  const light = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe('colours', () => {
  const [light = '', dark = ''] = tokens.split('prefers-color-scheme: dark');
  const pairs: [string, string][] = [
    ...['ink', 'ink-2', 'ink-3', 'brand', 'red', 'green', 'amber'].map((c): [string, string] => [c, 'card']),
    ...['ink', 'ink-2', 'ink-3', 'brand'].map((c): [string, string] => [c, 'page']),
    ['brand', 'wash'], ['ink-2', 'wash'], ['red', 'red-wash'], ['green', 'green-wash'], ['amber', 'amber-wash'],
    ['ink-2', 'amber-wash'], ['ink', 'found'], ['on-brand', 'brand'],
  ];

  test.each([['by day', colours(light)], ['by night', { ...colours(light), ...colours(dark) }]])('can be read %s', (_, all) => {
    for (const [on, ground] of pairs) expect(contrast(all[on] ?? '', all[ground] ?? ''), `${on} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(all.control ?? '', all.card ?? ''), 'borders of controls').toBeGreaterThanOrEqual(3);
  });

  test('have the same names and values as in the console', () => {
    const [lightThere = '', darkThere = ''] = there.split('prefers-color-scheme: dark');
    expect(colours(light)).toEqual(colours(lightThere));
    expect(colours(dark)).toEqual(colours(darkThere));
  });
});

test('every drawing is in the one picture of them all, where its class says', () => {
  expect(icons).toBe(looks(drawings));
});

test('every size of type is at least as large in large type, and never below eighteen', () => {
  const [plain = '', elder = ''] = tokens.split('.screen.elder');
  const sizes = (block: string) => Object.fromEntries([...block.matchAll(/--(type-\w+): calc\(max\(\d+rpx, (\d+)px\)/g)].map(([, n = '', px]) => [n, Number(px)]));
  for (const [name, px] of Object.entries(sizes(elder))) {
    expect(px, name).toBeGreaterThanOrEqual(18);
    expect(px, name).toBeGreaterThan(sizes(plain)[name] ?? 0);
  }
});
