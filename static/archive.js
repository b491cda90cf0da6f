// Everything works without JavaScript; this makes it quicker.
"use strict";

// A page that tried itself again has the link of the first attempt.
const shown = new URL(location.href);
if (shown.searchParams.has("retried")) {
  shown.searchParams.delete("retried");
  history.replaceState(history.state, "", shown);
}

// A button that copies appears only where copying works.
function showCopyButtons(within) {
  if (!navigator.clipboard) return;
  for (const button of within.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = document.body.dataset.copied;
    });
  }
}
showCopyButtons(document);

// A menu with the link of a page shows that page's part in place when it is first opened.
for (const menu of document.querySelectorAll("details[data-load]")) {
  menu.addEventListener("toggle", async () => {
    if (!menu.open || menu.dataset.loaded) return;
    menu.dataset.loaded = "1";
    const response = await fetch(menu.querySelector("a").href).catch(() => null);
    if (!response?.ok) return; // The link stays.
    const part = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-part]");
    if (!part) return;
    menu.querySelector("summary").nextElementSibling.append(part);
    menu.querySelector("a").remove();
    showCopyButtons(part);
  });
}

// A filter applies when it is chosen. Its control keeps the focus and its place on the screen, and the new count
// is announced. Dates apply by the button or Enter: the calendar only fills in the field.
const filters = document.querySelector("form[data-filters]");
const CHOSEN = "chosen-filter";
if (filters) {
  const same = ({ name, value }) => [...filters.elements].find((each) => each.name === name && each.value === value);
  filters.addEventListener("change", (event) => {
    const { type, name, value } = event.target;
    if (type !== "checkbox" && type !== "radio") return;
    const top = event.target.getBoundingClientRect().top;
    sessionStorage.setItem(CHOSEN, JSON.stringify({ name, value, top, path: location.pathname }));
    filters.requestSubmit();
  });
  for (const calendar of filters.querySelectorAll("input[data-for]")) {
    const field = document.getElementById(calendar.dataset.for);
    calendar.hidden = false;
    if (/^\d{4}-\d\d-\d\d$/.test(field.value)) calendar.value = field.value;
    calendar.addEventListener("change", () => { field.value = calendar.value; });
  }
  // Back and forward bring a page with the boxes as they were left; its results are those of its link.
  addEventListener("pageshow", () => filters.reset());
  const chosen = JSON.parse(sessionStorage.getItem(CHOSEN) ?? "null");
  sessionStorage.removeItem(CHOSEN);
  if (chosen?.path === location.pathname) {
    filters.closest("details").open = true;
    const control = same(chosen);
    control?.focus({ preventScroll: true });
    if (control) scrollBy(0, control.getBoundingClientRect().top - chosen.top);
    // A live region is read out only when it changes after the page was loaded.
    const status = document.createElement("p");
    status.className = "hidden";
    status.setAttribute("role", "status");
    document.body.append(status);
    setTimeout(() => { status.textContent = document.querySelector("h1").textContent; }, 300);
  }
}

// The / key leads to the search box, unless it is typed somewhere or switched off on the help page.
const SWITCH = "slash-key";
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (localStorage.getItem(SWITCH) === "off") return;
  event.preventDefault();
  document.getElementById("q")?.focus();
});

// The keys n and p lead to the next and the previous of the words marked in an article.
document.addEventListener("keydown", (event) => {
  const step = { n: 1, p: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("w1")) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (localStorage.getItem(SWITCH) === "off") return;
  const now = Number(/^#w(\d+)$/.exec(location.hash)?.[1] ?? (step > 0 ? 0 : 2));
  if (document.getElementById(`w${now + step}`)) location.hash = `w${now + step}`;
});

const choice = document.getElementById(SWITCH);
if (choice) {
  choice.closest("[hidden]").hidden = false;
  choice.checked = localStorage.getItem(SWITCH) !== "off";
  choice.addEventListener("change", () => localStorage.setItem(SWITCH, choice.checked ? "on" : "off"));
}
