/** Which files a browser can show in place, by their names. */

export type Shown = 'page' | 'picture' | 'video';

const shown: [RegExp, Shown][] = [
  [/\.pdf$/i, 'page'],
  [/\.(png|jpe?g|webp)$/i, 'picture'],
  [/\.mp4$/i, 'video'],
];

/** undefined where a file can only be saved. */
export const shownAs = (name: string): Shown | undefined => shown.find(([shape]) => shape.test(name))?.[1];
