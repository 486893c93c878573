// What the pages do a little smoother when a script may run. Each behaviour hangs on a data- attribute, and each page
// works without it. Listeners sit on the document, so parts that htmx brings in need no set-up.

const closest = (event, selector) => event.target instanceof Element && event.target.closest(selector);

// <a href="#ask" data-opens>: opens <dialog id="ask">; without a script the link shows it in the page.
document.addEventListener("click", (event) => {
  const opener = closest(event, "a[data-opens]");
  const dialog = opener && document.querySelector(opener.hash);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = closest(event, "[data-closes]");
  const open = closer && closer.closest("dialog[open]");
  if (open) {
    event.preventDefault();
    open.close();
  }
});

// <button data-dismiss>: puts a message away.
document.addEventListener("click", (event) => {
  const button = closest(event, "[data-dismiss]");
  if (button) button.closest(".message").remove();
});

// <button data-copy="#id">: copies the text or value of that element and says so.
document.addEventListener("click", async (event) => {
  const button = closest(event, "[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  button.textContent = button.dataset.copied;
});

// Menus close on Escape and on a tap elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// "/" goes to the search field of the page.
document.addEventListener("keydown", (event) => {
  const typing = closest(event, "input, textarea, select, [contenteditable]");
  const field = document.querySelector("[data-search]");
  if (event.key === "/" && !typing && field && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.focus();
  }
});

// <form data-autosubmit>: sends itself when something is chosen; its button is for those without a script.
document.addEventListener("change", (event) => {
  const form = closest(event, "form[data-autosubmit]");
  if (form) form.requestSubmit();
});

// A form is sent once, however often its button is tapped.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
const mayBeSentAgain = (root) => {
  for (const form of root.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
};
window.addEventListener("pageshow", () => mayBeSentAgain(document));
document.addEventListener("htmx:afterRequest", () => mayBeSentAgain(document));

// <select data-theme-choice>: shows light or dark at once; the form keeps it.
document.addEventListener("change", (event) => {
  const choice = closest(event, "[data-theme-choice] input, select[data-theme-choice]");
  if (choice) document.documentElement.dataset.theme = choice.value;
});

// After a refusal the reader lands on what to correct.
const land = (root) => {
  const wrong = root.querySelector("[data-focus], [aria-invalid='true']");
  if (wrong) wrong.focus();
};
document.addEventListener("DOMContentLoaded", () => land(document));
document.addEventListener("htmx:afterSwap", (event) => land(event.detail.target));

// An address that names a fold, such as …#learn, opens it.
document.addEventListener("DOMContentLoaded", () => {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
});

// What only a script can do stays hidden until there is one.
document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
});

// A passkey that was refused, or did not answer, is said in words.
document.addEventListener("allauth.error", (event) => {
  const wrong = document.querySelector("[data-passkey-wrong]");
  if (!wrong) return;
  event.preventDefault();
  wrong.hidden = false;
});
