/** What an element of pasted HTML is: by its tag, its class, and what office programs write into its style. */

const dropped = new Set(
  'HEAD STYLE SCRIPT META LINK TITLE XML TEMPLATE NOSCRIPT IFRAME OBJECT EMBED SVG CANVAS AUDIO VIDEO MAP BUTTON INPUT SELECT TEXTAREA RT RP DEL HR COL COLGROUP'.split(
    ' ',
  ),
);
const blocks = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL CAPTION'.split(
    ' ',
  ),
);

export const styleOf = (e: Element): string => (e.getAttribute('style') ?? '').toLowerCase();
export const isBlock = (e: Element): boolean => blocks.has(e.tagName.toUpperCase());

const hidden = /display:\s*none|mso-hide:\s*all|visibility:\s*hidden/;
const machinery = /mso-element:\s*(comment|header|footer)/;
const machineClass = /(^|\s)(msodel|msocomtxt|msocomanchor|msocommentreference|msotoc\d)(\s|$)/i;

/** Whatever is not text for readers: programs, comments, what was struck out, contents that are computed anew. */
export function isDropped(e: Element): boolean {
  if (dropped.has(e.tagName.toUpperCase()) || e.hasAttribute('hidden')) return true;
  const style = styleOf(e);
  return hidden.test(style) || machinery.test(style) || machineClass.test(e.getAttribute('class') ?? '');
}

export const isListMark = (e: Element): boolean => /mso-list:\s*ignore/.test(styleOf(e));

/** Whether a mark is a drawing of a font that has drawings for letters; the font may be set around it. */
export function isDrawn(e: Element): boolean {
  const around: Element[] = [];
  for (let up: Element | null = e; up && !isBlock(up); up = up.parentElement) around.push(up);
  return [...around, ...e.querySelectorAll('[style], [face]')].some((x) =>
    /symbol|wingdings|webdings/.test(`${styleOf(x)} ${x.getAttribute('face')?.toLowerCase() ?? ''}`),
  );
}

/** Which levels the styles of a document have, by class: Word keeps headings of one's own there. */
export function outlineOf(page: Document): Map<string, number> {
  const levels = new Map<string, number>();
  for (const sheet of page.querySelectorAll('style')) {
    for (const [, selectors = '', rules = ''] of (sheet.textContent ?? '').matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      const level = outlineLevel(rules);
      const names = level ? [...selectors.matchAll(/\.([\w-]+)/g)] : [];
      names.forEach(([, name = '']) => levels.set(name.toLowerCase(), level));
    }
  }
  return levels;
}

const outlineLevel = (style: string): number => Math.min(6, Number(/mso-outline-level:\s*(\d)/i.exec(style)?.[1] ?? 0));

/** The level of a heading, 0 for what is none. */
export function headingLevel(e: Element, outline: ReadonlyMap<string, number>): number {
  const tag = /^H([1-6])$/i.exec(e.tagName)?.[1];
  if (tag) return Number(tag);
  if (!/^(P|DIV)$/i.test(e.tagName)) return 0;
  const own = outlineLevel(styleOf(e));
  if (own) return own;
  const names = (e.getAttribute('class') ?? '').toLowerCase().split(/\s+/);
  if (names.includes('msotitle')) return 1;
  const numbered = names.map((name) => /^msoheading([1-9])$/.exec(name)?.[1]).find(Boolean);
  if (numbered) return Math.min(6, Number(numbered));
  return names.map((name) => outline.get(name) ?? 0).find(Boolean) ?? 0;
}

/** Which note a link refers to: ftn3, edn1. */
export const noteOf = (e: Element): string | undefined =>
  /#_((?:ftn|edn)\d+)$/i.exec(e.getAttribute('href') ?? '')?.[1]?.toLowerCase() ??
  /mso-(?:foot|end)note-id:\s*((?:ftn|edn)\d+)/.exec(styleOf(e))?.[1];

/** Whether a link leads from a note back to where it belongs. */
export const isWayBack = (e: Element): boolean => /#_(ftn|edn)ref\d+$/i.test(e.getAttribute('href') ?? '');

/** The note that an element holds. */
export const noteHeld = (e: Element): string | undefined =>
  e.tagName.toUpperCase() === 'DIV' ? /^((?:ftn|edn)\d+)$/i.exec(e.id)?.[1]?.toLowerCase() : undefined;
