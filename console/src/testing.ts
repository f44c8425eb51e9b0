/** Mounts a piece for a test, with the router and the query cache that pages have. */
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp, h, nextTick, type App, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { queries } from '@/api/query';

const mounted: App[] = [];

/** Shows a component in the page of the test; it goes when the test is over (see `tidy`). */
export async function show(component: Component, props: Record<string, unknown> = {}): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement('div'));
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => h(component, props) } }],
  });
  const app = createApp({ render: () => h(component, props) });
  app.use(router).use(VueQueryPlugin, { queryClient: queries }).mount(place);
  mounted.push(app);
  await router.isReady().catch(() => undefined);
  await nextTick();
  return place;
}

export function tidy(): void {
  mounted.splice(0).forEach((app) => app.unmount());
  document.body.replaceChildren();
  queries.clear();
}

/** A JSON answer of the server. */
export const answered = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

/** A promise that the test keeps when it likes. */
export function pending<T>(): { promise: Promise<T>; keep: (value: T) => void } {
  let keep: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => (keep = resolve));
  return { promise, keep: (value) => keep?.(value) };
}
