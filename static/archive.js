// Comforts for those who have JavaScript; everything works without.
"use strict";

// A search that was refused and tried again by itself: its link is that of the search.
const shown = new URL(location.href);
if (shown.searchParams.has("retried")) {
  shown.searchParams.delete("retried");
  history.replaceState(history.state, "", shown);
}

// A button that copies appears only where copying works.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  });
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
