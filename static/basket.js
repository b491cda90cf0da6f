// The basket saved in this browser, and notes on its items. Neither is sent anywhere: a basket leaves the browser
// only as a link that its reader opens, a note only as text that they copy or download.
"use strict";

(() => {
  const KEPT = "basket", NOTES = "basket-notes", FOLLOW = "basket-follow", MOST = 300;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const link = document.querySelector("a[data-basket-own]");
  try {
    localStorage.getItem(KEPT);
  } catch {
    return; // Where nothing may be kept, everything stays as it is without this.
  }

  // A basket is a list of keys such as article-12, articles first, and the query that lists them in an address.
  const keysOf = (query) => {
    const given = new URLSearchParams(query);
    return ["article", "quote"].flatMap((what) =>
      (given.get(`${what}s`) ?? "").split(",").filter((id) => /^\d+$/.test(id)).map((id) => `${what}-${id}`));
  };
  const queryOf = (keys) => ["article", "quote"].flatMap((what) => {
    const ids = keys.filter((key) => key.startsWith(what)).map((key) => key.slice(what.length + 1));
    return ids.length ? [`${what}s=${ids.join(",")}`] : [];
  }).join("&");
  const kept = () => keysOf(localStorage.getItem(KEPT) ?? "");
  const keep = (keys) => {
    localStorage.setItem(KEPT, queryOf(keys));
    show();
  };
  const address = (keys) => link.pathname + (keys.length ? `?${queryOf(keys)}` : "");

  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  // Links that put something in. What is in already leads to the basket.
  const adders = all("a[data-basket]");
  const first = new Map(adders.map((adder) => [adder, adder.innerHTML]));
  const added = (adder) => keysOf(new URL(adder.href).search);
  const inside = (adder, keys) => added(adder).every((key) => keys.includes(key));

  function show() {
    const keys = kept();
    link.href = address(keys);
    link.querySelector("[data-count]").textContent = keys.length ? ` (${keys.length})` : "";
    for (const adder of adders) {
      if (inside(adder, keys)) adder.textContent = link.dataset.inside;
      else adder.innerHTML = first.get(adder);
    }
    showPage(keys);
  }

  for (const adder of adders) {
    adder.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const keys = kept();
      if (inside(adder, keys)) return location.assign(address(keys));
      const more = [...new Set([...keys, ...added(adder)])];
      if (more.length > MOST) {
        status.textContent = adder.textContent = `${link.dataset.full} (${MOST})`;
        return;
      }
      keep(more);
      status.textContent = `${link.dataset.added} (${more.length})`;
    });
  }
  addEventListener("storage", show);

  // The page of a basket: this browser's own, or another.
  const page = document.querySelector("[data-basket-page]");
  const here = page ? keysOf(page.dataset.listed) : [];

  function showPage(keys) {
    if (!page) return;
    const when = queryOf(keys) === queryOf(here) ? "same" : keys.length ? "other" : "none";
    const bar = page.querySelector("[data-basket-bar]");
    bar.hidden = !keys.length && !here.length;
    for (const said of all("[data-when]", bar)) said.hidden = said.dataset.when !== when;
    bar.querySelector("[data-count]").textContent = keys.length;
    bar.querySelector("[data-own]").href = address(keys);
  }

  if (page) {
    const own = () => queryOf(kept()) === queryOf(here);
    // A change of the remembered basket is remembered once its page is there.
    if (sessionStorage.getItem(FOLLOW)) keep(here);
    sessionStorage.removeItem(FOLLOW);
    for (const form of all("form[data-basket-change]", page)) {
      form.addEventListener("submit", () => own() && sessionStorage.setItem(FOLLOW, "1"));
    }
    for (const button of all("[data-keep]", page)) button.addEventListener("click", () => keep(here));
    page.querySelector("[data-join]").addEventListener("click", () => {
      sessionStorage.setItem(FOLLOW, "1");
      location.assign(address([...new Set([...kept(), ...here])]));
    });
    if (!location.search && kept().length) location.replace(address(kept()));
    showNotes();
  }
  show();

  // Notes stand beside what they are about; paper shows them as text.
  function showNotes() {
    const notes = JSON.parse(localStorage.getItem(NOTES) ?? "{}");
    const write = (box, text) => {
      box.querySelector("textarea").value = box.querySelector(".basket__said").textContent = text;
    };
    const boxes = all("[data-note]", page);
    for (const box of boxes) {
      box.hidden = false;
      write(box, notes[box.dataset.note] ?? "");
      box.addEventListener("input", (event) => {
        const text = event.target.value;
        box.querySelector(".basket__said").textContent = text;
        // Asked for again: another tab may have written another note.
        const now = JSON.parse(localStorage.getItem(NOTES) ?? "{}");
        if (text.trim()) now[box.dataset.note] = text;
        else delete now[box.dataset.note];
        localStorage.setItem(NOTES, JSON.stringify(now));
      });
    }
    if (!boxes.length) return;
    for (const bar of all("[data-notes-bar]", page)) bar.hidden = false;

    const asText = () => [location.href, ...boxes.map((box) => {
      const item = box.closest("[data-basket-item]");
      const lines = [
        page.querySelector(`[data-reference="${box.dataset.note}"]`)?.textContent,
        item.querySelector("blockquote")?.textContent,
        box.querySelector("textarea").value.trim().replace(/^/gm, "    "),
      ];
      return lines.map((line) => line?.trimEnd()).filter(Boolean).join("\n");
    })].join("\n\n") + "\n";
    const copy = page.querySelector("[data-notes-copy]");
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(asText());
      copy.textContent = document.body.dataset.copied;
    });
    page.querySelector("[data-notes-save]").addEventListener("click", () => {
      const file = document.createElement("a");
      file.href = URL.createObjectURL(new Blob([asText()], { type: "text/plain" }));
      file.download = "basket.txt";
      file.click();
      URL.revokeObjectURL(file.href);
    });
    page.querySelector("[data-notes-forget]").addEventListener("click", (event) => {
      if (event.target.dataset.sure) {
        localStorage.removeItem(NOTES);
        for (const box of boxes) write(box, "");
        event.target.textContent = event.target.dataset.done;
        delete event.target.dataset.sure;
      } else {
        event.target.dataset.sure = "1";
        event.target.textContent = event.target.dataset.question;
      }
    });
  }
})();
