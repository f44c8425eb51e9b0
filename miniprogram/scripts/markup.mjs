// What WeChat cannot do with markup that its compiler takes without a word.

const own = new Set(
  ('view text image icon button input textarea scroll-view swiper swiper-item block slot template navigator label form ' +
    'picker switch slider checkbox checkbox-group radio radio-group progress rich-text video audio map canvas camera ' +
    'cover-view cover-image web-view movable-area movable-view page-meta navigation-bar root-portal page-container ' +
    'share-element editor ad open-data official-account live-player live-pusher list-view grid-view sticky-header ' +
    'sticky-section span nested-scroll-header nested-scroll-body draggable-sheet snapshot').split(' '),
);
const alone = new Set(['input', 'image', 'import', 'include', 'wxs']);

/** What is wrong in a file of markup, sentence by sentence. components: the tags that are components of ours. */
export function wrongs(markup, components) {
  const list = components.filter((tag) => own.has(tag)).map((tag) => `<${tag}> is WeChat's own, no component may be called so`);
  const open = [];
  for (const { tag, closes, ends, attributes, words } of tags(markup)) {
    if (closes) {
      open.length = open.map((one) => one.tag).lastIndexOf(tag);
      continue;
    }
    if (!own.has(tag) && !components.includes(tag)) list.push(`<${tag}> is nothing that WeChat or we know`);
    if (open.some((one) => one.tag === 'text') && !['text', 'block', 'slot'].includes(tag)) list.push(`<${tag}> within <text> is not drawn`);
    list.push(...unsent(attributes).map((event) => `${event} on <${tag}> is an event that nobody sends`));
    const item = [...open.map((one) => one.item), itemOf(attributes)].find((name) => whole(attributes + words, name));
    if (item) list.push(`<${tag}> means something else by ${item}, which is what its loop calls an item`);
    if (!own.has(tag) && /\saria-role=/.test(attributes)) list.push(`<${tag}> is told its role by a name that it does not know`);
    if (!ends && !alone.has(tag)) open.push({ tag, item: itemOf(attributes) });
  }
  return list;
}

/** What a loop calls an item: it hides what uni-app calls by the same letter. */
const itemOf = (attributes) => /\swx:for-item="(\w+)"/.exec(attributes)?.[1];

/** uni-app never hands on an item whole: where its name stands alone, another thing was meant. */
const whole = (said, name) => name !== undefined && said.includes(`{{${name}}}`);

/** The events that are waited for but that only Vue would send, in a browser. */
function unsent(attributes) {
  const awaited = [...attributes.matchAll(/\s((?:bind|catch):?[\w:-]+)=/g)].map((m) => m[1]);
  return awaited.filter((event) => event.includes('vue:'));
}

const anyTag = /<(\/?)([\w-]+)((?:\s+[\w:.-]+(?:="[^"]*")?)*)\s*(\/?)>([^<]*)/g;

function* tags(markup) {
  for (const [, slash, tag, attributes, end, words] of markup.matchAll(anyTag)) {
    yield { tag, closes: slash === '/', ends: end === '/', attributes, words };
  }
}
