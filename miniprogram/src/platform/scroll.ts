/** Going to a place in the page. WeChat looks for a selector only inside the component that asks. */
import type { ComponentPublicInstance } from 'vue';

/** The component within which something is looked for. */
export type Within = ComponentPublicInstance | null | undefined;

/** How long a jump takes to settle: what comes into the tree on the way moves what lies below it. In ms. */
const settles = 120;
/** What stays free between the bar above and what was jumped to, in px. */
const air = 12;

let barHeight = 0;

/** Learns how high the bar above the page is. */
export function measureBar(within: Within): void {
  ask(
    within,
    (query) => query.select('.nav').boundingClientRect(),
    ([bar]) => (barHeight = bar?.height || barHeight),
  );
}

/** Scrolls the page so that something in a component stands below the bar; once more when the page has settled. */
export async function scrollTo(selector: string, within: Within): Promise<void> {
  await go(selector, within);
  await new Promise((done) => setTimeout(done, settles));
  await go(selector, within);
}

function go(selector: string, within: Within): Promise<void> {
  return new Promise((done) => {
    const look = (query: UniApp.SelectorQuery) => {
      query.select(selector).boundingClientRect();
      query.selectViewport().scrollOffset(() => undefined);
    };
    ask(within, look, ([there, view]) => {
      if (!there) return done();
      const top = (there.top ?? 0) + (view?.scrollTop ?? 0) - barHeight - air;
      uni.pageScrollTo({ scrollTop: Math.max(0, top), duration: 0, complete: () => done() });
    });
  });
}

/** How much of the window is free below for what is read: a bar lies there. */
const readable = 0.6;
/** Where in the window what is read comes to stand when the page has to move. */
const readAt = 0.25;

/** Scrolls where a place in a thing is out of sight; along: how far down in it, 0 to 1. */
export function keepInView(selector: string, within: Within, along: number): Promise<void> {
  const high = uni.getWindowInfo().windowHeight;
  return new Promise((done) => {
    const look = (query: UniApp.SelectorQuery) => {
      query.select(selector).boundingClientRect();
      query.selectViewport().scrollOffset(() => undefined);
    };
    ask(within, look, ([there, view]) => {
      if (!there) return done();
      const at = (there.top ?? 0) + (there.height ?? 0) * along;
      if (at > barHeight + air && at < high * readable) return done();
      const top = (view?.scrollTop ?? 0) + at - Math.max(barHeight + air, high * readAt);
      uni.pageScrollTo({ scrollTop: Math.max(0, top), duration: 200, complete: () => done() });
    });
  });
}

type Found = (UniApp.NodeInfo | null | undefined)[];

function ask(within: Within, look: (query: UniApp.SelectorQuery) => void, tell: (found: Found) => void): void {
  const query = uni.createSelectorQuery().in(within);
  look(query);
  query.exec(tell);
}
