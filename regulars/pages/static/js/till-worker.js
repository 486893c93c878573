// Keeps a till's pages at hand: asked of the network first, and of what was kept when there is none.
const KEPT = "till";

const keep = async (request, answer) => (await caches.open(KEPT)).put(request, answer);

const answer = async (event) => {
  try {
    const found = await fetch(event.request);
    if (found.ok) event.waitUntil(keep(event.request, found.clone()));
    return found;
  } catch (error) {
    const kept = await caches.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event));
});
