/** The network's first seconds belong to whoever reads; what is kept for a time without one comes after. In ms. */
const keepAfter = 4000;

/** What this platform does once, when the mini program is opened. */
export function whenOpened(): void {
  // #ifdef H5
  if ('serviceWorker' in navigator && import.meta.env.PROD)
    setTimeout(() => void navigator.serviceWorker.register('/m/worker.js', { scope: '/m/' }), keepAfter);
  // #endif
}
