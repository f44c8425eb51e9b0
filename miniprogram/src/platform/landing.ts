/** Where a printed code, a link or a shared card leads. */

/** What a page was opened with. */
export type Asked = Record<string, string | undefined>;

/** The pages that codes know, by the letter before the ID: a code's scene holds 32 characters, an ID 26. */
const pages: Record<string, string> = {
  p: '/packages/policy/policy',
  i: '/packages/policy/interpretation',
  t: '/packages/directory/topic',
  d: '/packages/directory/department',
  l: '/packages/letter/public',
  m: '/packages/meeting/meeting',
  c: '/packages/consultation/consultation',
  e: '/packages/event/event',
  g: '/packages/gazette/reader',
};

/** What a page was opened with, in plain words: WeChat leaves it as it stands in the address, the web has read it. */
export function plainly(asked: Asked = {}): Asked {
  // #ifdef MP-WEIXIN
  const said = Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, read(value)]));
  // #endif
  // #ifdef H5
  return asked;
  // #endif
}

/** The ID that a page was opened with: plainly, or by a code's scene (p=ID). "" where it says nothing that we know. */
export function idOf(asked: Asked = {}): string {
  return plainly(asked).id ?? sceneOf(asked.scene)?.id ?? '';
}

/** The page that a scene is about, or undefined where it says nothing that we know. */
export function pageOf(scene: string | undefined): string | undefined {
  const { page, id } = sceneOf(scene) ?? {};
  return page && `${page}?id=${id}`;
}

function sceneOf(scene = ''): { page: string; id: string } | undefined {
  let said = scene;
  for (let more = read(said); more !== said; more = read(said)) said = more; // WeChat wraps it up once, or twice
  const [, letter = '', id = ''] = /^([a-z])=([\w-]+)$/.exec(said) ?? [];
  const page = pages[letter];
  return page && id ? { page, id } : undefined;
}

/** What stands escaped in an address; what is no escape stays as it is. */
function read(said: string): string {
  try {
    return decodeURIComponent(said);
  } catch {
    return said;
  }
}
