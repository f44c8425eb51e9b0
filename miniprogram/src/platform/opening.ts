/** What this platform does once, when the mini program is opened. */
export function whenOpened(): void {
  // #ifdef H5
  if ('serviceWorker' in navigator && import.meta.env.PROD)
    void navigator.serviceWorker.register('/m/worker.js', { scope: '/m/' });
  // #endif
}
