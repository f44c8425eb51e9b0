/** Where a printed code, a link or a shared card leads. */

/** The pages that codes know, by the letter before the ID: a code's scene holds 32 characters, an ID 26. */
const pages: Record<string, string> = {
  p: '/packages/policy/policy',
  i: '/packages/policy/interpretation',
  t: '/packages/directory/topic',
  d: '/packages/directory/department',
};

/** The ID that a page was opened with: plainly, or by a code's scene (p=ID). */
export function idOf(asked: Record<string, string | undefined>): string {
  const scene = decodeURIComponent(asked.scene ?? '');
  return asked.id ?? /^[a-z]=(.+)$/.exec(scene)?.[1] ?? '';
}

/** The page that a scene is about, or undefined where it says nothing that we know. */
export function pageOf(scene: string): string | undefined {
  const [, letter, id] = /^([a-z])=([\w-]+)$/.exec(decodeURIComponent(scene)) ?? [];
  const page = letter ? pages[letter] : undefined;
  return page && `${page}?id=${id}`;
}
