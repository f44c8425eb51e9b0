// The pages at /m/ open without a network: their own files come from here, what the house says does not.
const place = 'm-__VERSION__';
const files = __FILES__;
const front = '/m/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(place)
      .then((kept) => kept.addAll([front, ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((all) => Promise.all(all.filter((name) => name.startsWith('m-') && name !== place).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const at = new URL(event.request.url);
  if (event.request.method !== 'GET' || at.origin !== self.location.origin || !at.pathname.startsWith(front)) return;
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => caches.match(front)));
  else event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});
