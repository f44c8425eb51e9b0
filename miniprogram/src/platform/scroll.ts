/** How long a jump takes to settle: what comes into the tree on the way moves what lies below it. In ms. */
const settles = 120;

/** Scrolls the page so that something stands below the bar; once more when the page has settled. */
export async function scrollTo(selector: string): Promise<void> {
  await go(selector);
  await new Promise((done) => setTimeout(done, settles));
  await go(selector);
}

function go(selector: string): Promise<void> {
  return new Promise((done) => {
    const query = uni.createSelectorQuery();
    query.select(selector).boundingClientRect();
    query.selectViewport().scrollOffset(() => undefined);
    query.select('.nav').boundingClientRect();
    query.exec(([there, view, bar]: [UniApp.NodeInfo | null, UniApp.NodeInfo, UniApp.NodeInfo | null]) => {
      if (!there) return done();
      const top = (there.top ?? 0) + (view.scrollTop ?? 0) - (bar?.height ?? 0) - 12;
      uni.pageScrollTo({ scrollTop: Math.max(0, top), duration: 0, complete: () => done() });
    });
  });
}
