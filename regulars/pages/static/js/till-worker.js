// Keeps a till's pages at hand: asked of the network first, and of what was kept when there is none.
const KEPT = "till";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request)
      .then(async (answer) => {
        if (answer.ok) (await caches.open(KEPT)).put(event.request, answer.clone());
        return answer;
      })
      .catch(async (error) => {
        const kept = await caches.match(event.request, { ignoreVary: true });
        if (kept) return kept;
        throw error;
      }),
  );
});
