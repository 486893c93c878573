// The tablet at the till: one question at a time, the next one at a tap, back to the start when she is done or gone.
// What was answered waits in the tablet until the network takes it; its key says that twice is once.

const IDLE = 45000; // without a touch: she has left
const THANKS = 5000;
const RETRY = 15000;
const QUEUE = `till-queue ${document.querySelector("[data-till]").dataset.till}`;

const form = document.querySelector("[data-till]");
const steps = [...form.querySelectorAll("[data-step]")];
const thanks = form.querySelector("[data-till-thanks]");
const progress = form.querySelector("progress");
const waiting = document.querySelector("[data-till-waiting]");
const heading = document.querySelector("h1");
let step = 0;
let began = 0;
let key = "";
let idle = 0;

// crypto.randomUUID is there on https only; a shop's own network seldom has it.
const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
};

const show = (to) => {
  step = to;
  steps.forEach((element, i) => (element.hidden = i !== to));
  thanks.hidden = to < steps.length;
  heading.hidden = to >= steps.length;
  form.querySelector(".till__foot").hidden = to >= steps.length;
  form.querySelector("[data-till-back]").hidden = to === 0;
  form.querySelector("[data-till-skip]").hidden = to >= steps.length - 1;
  progress.value = to;
  if (to >= steps.length) thanks.focus();
  else if (to > 0) steps[to].querySelector("input, textarea").focus({ preventScroll: true });
};

const begin = () => {
  form.reset();
  began = 0;
  key = newKey();
  show(0);
};

// The next customer begins anew, and reads the branch's own language; where nothing answers, the page stays as it is.
const restart = () => {
  clearTimeout(idle);
  begin();
  if (location.search) fetch(location.pathname).then((page) => page.ok && location.replace(location.pathname), () => {});
};

const touched = () => {
  began ||= Date.now();
  clearTimeout(idle);
  idle = setTimeout(() => {
    keep();
    restart();
  }, IDLE);
};

// --- what was answered -----------------------------------------------------------------------------------------------

const queued = () => JSON.parse(localStorage.getItem(QUEUE) || "[]");
const enqueue = (all) => localStorage.setItem(QUEUE, JSON.stringify(all));

// Called when the third question is answered, and again with her words: the same key, so it is the same answer.
const keep = () => {
  const said = new FormData(form);
  const answered = ["expectations", "value", "efficiency", "wish", "comment"].some((name) => said.get(name));
  if (!answered) return;
  said.delete("csrfmiddlewaretoken");
  said.set("key", key);
  said.set("seconds", Math.round((Date.now() - began) / 1000));
  const answer = { key, at: Date.now(), language: document.documentElement.lang, body: new URLSearchParams(said).toString() };
  enqueue([...queued().filter((other) => other.key !== key), answer]);
  send();
};

let sending = false;
const send = async () => {
  if (sending) return;
  sending = true;
  try {
    while (queued().length) {
      const [first] = queued();
      const ago = Math.max(0, Math.round((Date.now() - first.at) / 1000));
      const answer = await fetch(`${form.dataset.till}?language=${first.language}`, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: `${first.body}&ago=${ago}`,
      });
      if (answer.status === 404 || answer.status === 410) {
        waiting.textContent = form.dataset.tillEnded;
        waiting.hidden = false;
        return;
      }
      if (!answer.ok && answer.status !== 422) break; // the server is not well: later
      // She may have added a few words while it was on its way: then they go next.
      enqueue(queued().filter((other) => other.key !== first.key || other.at !== first.at));
    }
  } catch {
    // no network: later
  } finally {
    sending = false;
    const left = queued().length;
    if (left) waiting.textContent = `${form.dataset.tillWaits} ${left}`;
    waiting.hidden = left === 0 && waiting.textContent !== form.dataset.tillEnded;
  }
};

// --- what she does ---------------------------------------------------------------------------------------------------

form.addEventListener("pointerdown", touched);
form.addEventListener("keydown", touched);
form.addEventListener("input", touched);

const onward = () => {
  if (step === 2) keep();
  show(step + 1);
};
// A tap, Space or Enter chooses and goes on; the arrow keys, which choose too, only move among the faces.
let moving = false;
form.addEventListener("keydown", (event) => {
  moving = event.key.startsWith("Arrow");
  if (event.key === "Enter" && event.target.matches(".score input")) {
    event.preventDefault();
    event.target.click();
  }
});
form.addEventListener("keyup", () => (moving = false));
form.addEventListener("click", (event) => {
  if (event.target.matches(".score input") && !moving) onward();
});
form.querySelector("[data-till-back]").addEventListener("click", () => show(step - 1));
form.querySelector("[data-till-skip]").addEventListener("click", onward);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  keep();
  show(steps.length);
  clearTimeout(idle);
  idle = setTimeout(restart, THANKS);
});

document.querySelector("[data-till-wide]").addEventListener("click", () => document.documentElement.requestFullscreen());

// --- without a network -----------------------------------------------------------------------------------------------

// Where the browser lets us, the page and what it needs are kept: a tablet that is switched on without a network asks.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(form.dataset.tillWorker).then(async () => {
    const kept = await caches.open("till");
    const languages = [...document.querySelectorAll(".foot a[lang]")].map((link) => link.href);
    const ours = performance
      .getEntriesByType("resource")
      .filter((entry) => entry.initiatorType !== "fetch" && new URL(entry.name).origin === location.origin)
      .map((entry) => entry.name);
    for (const address of new Set([location.href, ...ours, ...languages])) await kept.add(address).catch(() => {});
  }).catch(() => {});
}

window.addEventListener("online", send);
setInterval(send, RETRY);
begin();
send();
