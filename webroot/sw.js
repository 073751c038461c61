// Serves the page while there is no gateway. The gateway writes the version and the files in.
const VERSION = '{{version}}';
const FILES = ['./', {{files}}];

/** Fetched when it is first needed, and kept with the rest. */
const VENDOR = /\/vendor\//;
const CACHE = `sluice-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const ours = origin === location.origin && request.method === 'GET';
  if (!ours || /^\/(api|v1|health|metrics)\b/.test(pathname)) return;
  if (request.mode === 'navigate' && pathname !== '/' && pathname !== '/chat') return;
  event.respondWith(answer(request, request.mode === 'navigate' ? './' : request));
});

async function answer(request, wanted) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(wanted);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok && VENDOR.test(request.url) && isScript(response)) cache.put(request, response.clone());
  return response;
}

/** A proxy's page of apologies must never be taken for a script. */
function isScript(response) {
  return response.headers.get('Content-Type')?.startsWith('text/javascript') ?? false;
}
