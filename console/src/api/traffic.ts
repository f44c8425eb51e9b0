/** What the frame knows of the way to the server: is it there, is it slow, when did it last answer. */
import { reactive } from 'vue';

/** After how long people are told that an answer takes its time, in ms. */
const slowAfter = 5_000;

export const traffic = reactive({
  online: typeof navigator === 'undefined' || navigator.onLine,
  slow: 0, // requests that have been waiting for long
  answeredAt: Date.now(), // when the server last saw us, in ms; other tabs count
});

const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('yuandu.console');
const whenSignedOut: (() => void)[] = [];

/** Follows one request: call the answer with whether the server was reached. */
export function underway(): (reached: boolean) => void {
  let late = false;
  const clock = setTimeout(() => {
    late = true;
    traffic.slow++;
  }, slowAfter);
  return (reached) => {
    clearTimeout(clock);
    if (late) traffic.slow--;
    traffic.online = reached || navigator.onLine;
    if (reached) seen(Date.now());
  };
}

function seen(at: number): void {
  traffic.answeredAt = at;
  tabs?.postMessage({ seen: at });
}

/** Tells the other tabs that nobody is signed in any more. */
export function tellSignedOut(): void {
  tabs?.postMessage({ signedOut: true });
}

export function onSignedOutElsewhere(then: () => void): void {
  whenSignedOut.push(then);
}

/** Listens to the browser and to the other tabs; once, when the console starts. */
export function listen(): void {
  window.addEventListener('online', () => (traffic.online = true));
  window.addEventListener('offline', () => (traffic.online = false));
  tabs?.addEventListener('message', (event: MessageEvent<{ seen?: number; signedOut?: boolean }>) => {
    if (event.data.seen) traffic.answeredAt = Math.max(traffic.answeredAt, event.data.seen);
    if (event.data.signedOut) whenSignedOut.forEach((then) => then());
  });
}
