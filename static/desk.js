// The editors' pages. Everything also works without this script, with buttons. It adds keyboard shortcuts,
// suggested names, quotes made of selected words, and a warning before unsaved text is lost.
"use strict";

// Texts for readers come from the page, which translates them; {names} in them are filled in here.
function text(name, values = {}) {
  const words = document.getElementById("texts").dataset[name];
  return words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function warnOnLeave(form) {
  let changed = "changed" in form.dataset;
  let sending = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { sending = true; });
  // Back from the page it was sent to, the form may be changed and left again.
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });
}

// All answers in one field, so that no limit on their number stands in the way.
function sendAsOneField(form) {
  form.addEventListener("formdata", ({ formData }) => {
    const answers = [...form.querySelectorAll(".proposal[data-id]")].map((proposal) => {
      const id = proposal.dataset.id;
      const answer = { id: Number(id), d: formData.get(`d-${id}`) || "" };
      for (const name of ["s", "k", "w"]) answer[name] = formData.get(`${name}-${id}`) || "";
      for (const name of ["d", "s", "k", "w"]) formData.delete(`${name}-${id}`);
      return answer;
    });
    formData.set("quotes", JSON.stringify(answers));
  });
}

function offerNames(form) {
  const list = document.getElementById("names");
  const offered = new Set([...list.options].map((option) => option.value));
  let waiting = 0;
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("list") !== "names") return;
    // Only the speaker of a proposal has a choice beside it.
    const who = target.id.startsWith("s-") && document.getElementById(target.id.replace(/^s-/, "k-"));
    if (who && (who.value === "nobody" || offered.has(target.value))) who.value = "named";
    clearTimeout(waiting);
    if (target.value.trim().length < 2) return;
    waiting = setTimeout(() => look(target.value), 150);
  });

  async function look(words) {
    const answer = await fetch(`${form.dataset.speakers}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer || !answer.ok) return;
    for (const { value, about } of (await answer.json()).speakers) {
      if (offered.has(value)) continue;
      offered.add(value);
      const option = document.createElement("option");
      option.value = value;
      option.textContent = about;
      list.append(option);
    }
  }
}

// What is marked with the mouse or the keyboard in the text, as words for a proposal.
function selectedWords() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  const from = range.commonAncestorContainer;
  const element = from.nodeType === Node.ELEMENT_NODE ? from : from.parentElement;
  if (!element.closest(".proof")) return "";
  const copy = range.cloneContents();
  for (const added of copy.querySelectorAll(".ref, .turnmark")) added.remove();
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  const parts = [...copy.querySelectorAll("p")].map((paragraph) => paragraph.textContent);
  return (parts.length ? parts.join("\n\n") : copy.textContent).trim();
}

function takeSelectedWords(form) {
  let last = "";
  document.addEventListener("selectionchange", () => {
    last = selectedWords() || last;
  });
  for (const field of form.querySelectorAll("textarea[name^='w-']")) {
    const button = (label, change) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button--small";
      made.textContent = label;
      made.addEventListener("click", () => {
        if (!last) return;
        field.value = change(field.value.trim());
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      return made;
    };
    const row = document.createElement("p");
    row.className = "turnacts";
    row.append(
      button(text("useSelected"), () => last),
      button(text("addSelected"), (words) => (words ? `${words} […] ${last}` : last)),
    );
    field.after(row);
  }
}

class Proposals {
  constructor(form) {
    this.form = form;
    this.all = [...form.querySelectorAll(".proposals > .proposal")];
    const asked = location.hash && document.getElementById(location.hash.slice(1));
    const shown = asked && asked.closest(".proposal");
    this.now = shown || form.querySelector(".proposal--now") || this.all[0] || null;
    // Until a key or the mouse has been used, the proposal that the page marks has not been shown.
    this.entered = Boolean(shown);
    this.said = document.createElement("p");
    this.said.className = "hidden";
    this.said.setAttribute("role", "status");
    form.append(this.said);
    if (shown) this.mark(shown);
    form.querySelector(".bench").addEventListener("click", (event) => this.follow(event));
    form.addEventListener("focusin", ({ target }) => {
      const proposal = target.closest(".proposals > .proposal");
      if (proposal) this.entered = true;
      if (proposal && proposal !== this.now) this.mark(proposal);
    });
    if (!shown) sessionStorage.removeItem(location.pathname);
  }

  follow(event) {
    const link = event.target.closest("a.prop, .bench__list a[href^='#p']");
    const proposal = link && document.getElementById(link.hash.slice(1));
    if (!proposal) return;
    event.preventDefault();
    if (window.getSelection().isCollapsed) this.show(proposal);
  }

  mark(proposal) {
    const marks = (of) => this.form.querySelectorAll(`a.prop[href="#p${of.dataset.id}"]`);
    if (this.now) {
      this.now.classList.remove("proposal--now");
      this.now.removeAttribute("aria-current");
      for (const mark of marks(this.now)) mark.classList.remove("prop--now");
    }
    this.now = proposal;
    proposal.classList.add("proposal--now");
    proposal.setAttribute("aria-current", "true");
    for (const mark of marks(proposal)) mark.classList.add("prop--now");
    return marks(proposal)[0];
  }

  show(proposal) {
    if (!proposal) return;
    this.entered = true;
    const mark = this.mark(proposal);
    proposal.focus({ preventScroll: true });
    if (mark) mark.scrollIntoView({ block: "nearest" });
    proposal.scrollIntoView({ block: "nearest" });
  }

  move(by) {
    this.show(this.entered ? this.all[this.all.indexOf(this.now) + by] : this.now);
  }

  decide(proposal, decision) {
    const radio = proposal.querySelector(`input[type=radio][value="${decision}"]`);
    if (!radio) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  isOpen(proposal) {
    const radio = proposal.querySelector("input[type=radio]:checked");
    return radio !== null && radio.value === "";
  }

  decideNow(decision) {
    if (!this.now || !this.decide(this.now, decision)) return;
    const quote = this.now.querySelector("h3").textContent;
    this.said.textContent = text(decision === "accept" ? "accepted" : "rejected", { quote });
    const after = this.all.slice(this.all.indexOf(this.now) + 1).find((proposal) => this.isOpen(proposal));
    if (after) this.show(after);
  }

  acceptSure() {
    const sure = this.all.filter((proposal) => "sure" in proposal.dataset && this.isOpen(proposal));
    for (const proposal of sure) this.decide(proposal, "accept");
    this.said.textContent = text("allAccepted", { n: sure.length });
  }

  changeWords() {
    const words = this.now && this.now.querySelector(".rewording");
    if (!words) return;
    words.open = true;
    words.querySelector("textarea").focus();
  }

  nameSpeaker() {
    const field = this.now && this.now.querySelector("input[name^='s-']");
    if (!field) return;
    field.focus();
    field.select();
  }

  // The border that the reading was least sure of, then the next; each is shown once, until the page is
  // opened again.
  leastSureBorder() {
    const seen = (sessionStorage.getItem(location.pathname) || "").split(" ");
    const border = this.all
      .filter((one) => "border" in one.dataset && !seen.includes(one.id))
      .sort((one, other) => one.dataset.border - other.dataset.border)[0];
    if (!border) {
      this.said.textContent = text("noBoundary");
      return;
    }
    sessionStorage.setItem(location.pathname, [...seen, border.id].join(" "));
    this.show(border);
  }

  nobody() {
    const who = this.now && this.now.querySelector("select[name^='k-']");
    if (!who) return;
    who.value = "nobody";
    who.dispatchEvent(new Event("input", { bubbles: true }));
    this.said.textContent = text("speakerUnknown");
  }

  press(act) {
    const button = this.now && this.now.querySelector(`[data-act="${act}"]`);
    if (button) button.click();
  }
}

const TYPED_IN = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])";

// Keys are heard only outside fields, and only while they are wanted; the wish is remembered.
function listen(keys, leave) {
  const wanted = document.getElementById("use-keys");
  if (!wanted) return;
  wanted.checked = localStorage.getItem("desk-keys") !== "off";
  wanted.addEventListener("change", () => localStorage.setItem("desk-keys", wanted.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!wanted.checked || event.isComposing || event.metaKey || event.altKey) return;
    if (event.ctrlKey) {
      const next = event.shiftKey && document.querySelector(".actions--fixed .button--main");
      const publish = event.key === "Enter" && (next || document.getElementById("publish"));
      if (!publish) return;
      event.preventDefault();
      publish.click();
      return;
    }
    if (event.target.matches(TYPED_IN)) {
      // Out of the field and back to where the keys are heard.
      if (event.key === "Escape") leave();
      return;
    }
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function reviewByKeys(form) {
  const proposals = new Proposals(form);
  const sheet = document.getElementById("keys");
  sheet.hidden = false;
  const press = (act) => () => proposals.press(act);
  const keys = {
    j: () => proposals.move(1),
    k: () => proposals.move(-1),
    b: () => proposals.leastSureBorder(),
    a: () => proposals.decideNow("accept"),
    r: () => proposals.decideNow("reject"),
    e: () => proposals.changeWords(),
    s: () => proposals.nameSpeaker(),
    0: () => proposals.nobody(),
    t: press("t"),
    T: press("T"),
    m: press("m"),
    n: () => beginTurn(form),
    q: () => quoteSelection(),
    A: () => proposals.acceptSure(),
    i: () => {
      const turns = form.querySelector("[data-act='i']");
      if (turns) turns.click();
    },
    "?": () => showKeys(!sheet.open),
  };
  // Over the page, so that an editor stays at the proposal that they are reading.
  const showKeys = (open) => {
    sheet.open = open;
    sheet.classList.toggle("keysheet--over", open);
    if (open) sheet.querySelector("summary").focus({ preventScroll: true });
    else if (proposals.now) proposals.now.focus({ preventScroll: true });
  };
  sheet.addEventListener("toggle", () => {
    if (!sheet.open) sheet.classList.remove("keysheet--over");
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") showKeys(false);
  });
  listen(keys, () => proposals.now && proposals.now.focus());
}

// What is selected in the text becomes a quote that nothing had proposed.
function quoteSelection() {
  const words = selectedWords();
  if (!words) return;
  document.getElementById("missed").open = true;
  const field = document.getElementById("w-new");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("s-new").focus();
}

// A turn begins at the paragraph in which the selection or the caret stands.
function beginTurn(form) {
  const at = window.getSelection().anchorNode;
  const element = at && (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement);
  const paragraph = element && element.closest(".proof p[data-at]");
  const field = document.getElementById("turn-at");
  if (!paragraph || !field) return;
  field.value = paragraph.dataset.at;
  form.querySelector("[data-act='n']").click();
}

function namesByKeys(form) {
  const rows = [...form.querySelectorAll(".namerow")];
  let now = rows[0];
  const show = (row) => {
    if (!row) return;
    now.classList.remove("namerow--now");
    now = row;
    now.classList.add("namerow--now");
    now.focus({ preventScroll: true });
    now.scrollIntoView({ block: "nearest" });
  };
  const choose = (key) => () => {
    const choice = now.querySelector(`[data-key="${key}"]`);
    if (!choice) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    show(rows[rows.indexOf(now) + 1]);
  };
  form.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".namerow");
    if (row && row !== now) {
      now.classList.remove("namerow--now");
      now = row;
      now.classList.add("namerow--now");
    }
  });
  const keys = { j: () => show(rows[rows.indexOf(now) + 1]), k: () => show(rows[rows.indexOf(now) - 1]) };
  for (const key of "123450ndl") keys[key] = choose(key);
  listen(keys, () => now.focus());
}

// 1 to 5 judge the quote; j and k walk through the judgements.
function sampleByKeys() {
  const keys = {};
  let sent = false;
  for (const control of document.querySelectorAll("[data-key]")) {
    keys[control.dataset.key] = () => {
      if (!sent) control.click();
      sent = true;
    };
  }
  window.addEventListener("pageshow", () => { sent = false; });
  listen(keys, () => document.activeElement.blur());
}

// Kept aside on the server while it is typed; the article itself is not touched by it.
function keepAside(form) {
  const said = document.getElementById("kept-at");
  let waiting = 0;
  let ended = false;
  form.addEventListener("submit", () => {
    ended = true;
    clearTimeout(waiting);
  });
  window.addEventListener("pageshow", () => { ended = false; });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });

  async function keep() {
    if (ended) return;
    const body = new FormData(form);
    body.delete("file");
    const answer = await fetch(form.dataset.keep, { method: "POST", body }).catch(() => null);
    if (ended) return;
    said.hidden = false;
    if (!answer || !answer.ok) {
      said.textContent = text("notKept");
      return;
    }
    const told = await answer.json();
    const time = new Date(told.kept_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const hadIt = document.getElementById("had-it");
    if (hadIt && !told.taken_by && !told.open_with) hadIt.value = told.kept_at;
    if (told.taken_by) {
      said.textContent = text("takenOver", { name: told.taken_by, time });
    } else if (told.open_with) {
      said.textContent = text("openWith", { name: told.open_with, time });
    } else {
      said.textContent = text("kept", { time });
    }
  }
}

for (const form of document.querySelectorAll("form[data-warn]")) warnOnLeave(form);
const review = document.getElementById("review");
if (review) {
  sendAsOneField(review);
  offerNames(review);
  takeSelectedWords(review);
  reviewByKeys(review);
  keepAside(review);
}
for (const form of document.querySelectorAll("form.suggest[data-speakers]")) offerNames(form);
const names = document.getElementById("names-desk");
if (names) namesByKeys(names);
if (document.getElementById("sample")) sampleByKeys();
const paste = document.getElementById("paste");
if (paste) {
  keepAside(paste);
  paste.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) paste.requestSubmit();
  });
}
