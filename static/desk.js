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
  document.addEventListener("desk:saved", () => { changed = "changed" in form.dataset; });
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
  const list = () => document.getElementById("names");
  const isOffered = (name) => [...list().options].some((option) => option.value === name);
  const isKnown = (name) => [...list().options].some((o) => o.value === name && !("new" in o.dataset));
  // Only the speaker of a proposal or a person has a choice beside it.
  const choiceOf = (field) => field.id.startsWith("s-") && document.getElementById(field.id.replace(/^s-/, "k-"));
  let waiting = 0;
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("list") !== "names") return;
    const who = choiceOf(target);
    if (who && (who.value === "nobody" || isKnown(target.value))) who.value = "named";
    clearTimeout(waiting);
    if (target.value.trim().length < 2) return;
    waiting = setTimeout(() => look(target), 150);
  });

  async function look(field) {
    const words = field.value;
    const answer = await fetch(`${form.dataset.names}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer || !answer.ok) return;
    const { speakers, categories } = await answer.json();
    for (const { value, about } of speakers || categories) {
      if (isOffered(value)) continue;
      const option = document.createElement("option");
      option.value = value;
      option.textContent = about;
      list().append(option);
    }
    const who = choiceOf(field);
    if (who && who.value === "new" && field.value === words && isKnown(words)) who.value = "named";
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

// The buttons are put beside each field for words; the page may be replaced under them.
let lastSelected = "";
document.addEventListener("selectionchange", () => {
  lastSelected = selectedWords() || lastSelected;
});

function takeSelectedWords(form) {
  for (const field of form.querySelectorAll("textarea[name^='w-']")) {
    const button = (label, change) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button--small";
      made.textContent = label;
      made.addEventListener("click", () => {
        if (!lastSelected) return;
        field.value = change(field.value.trim());
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      return made;
    };
    const row = document.createElement("p");
    row.className = "turnacts";
    row.append(
      button(text("useSelected"), () => lastSelected),
      button(text("addSelected"), (words) => (words ? `${words} […] ${lastSelected}` : lastSelected)),
    );
    field.after(row);
  }
}

// What these buttons do is shown without loading the page again.
const IN_PLACE = new Set([
  "all", "turns", "person", "flip", "flipon", "narrate", "join", "later", "earlier", "move", "begin",
  "interview", "newspaper", "section", "topic", "last", "undo", "back",
]);

// The review page: a list of people and quotes to walk through, with the decisions of this visit.
class Review {
  constructor(form) {
    this.form = form;
    this.decided = [];
    this.said = document.createElement("p");
    this.said.className = "hidden";
    this.said.setAttribute("role", "status");
    form.before(this.said);
    this.read(location.hash && document.getElementById(location.hash.slice(1)));
    form.addEventListener("click", (event) => this.click(event));
    form.addEventListener("focusin", ({ target }) => {
      const stop = target.closest(".whom, .proposals > .proposal");
      if (stop) this.entered = true;
      if (stop && stop !== this.now) this.mark(stop);
    });
    form.addEventListener("keydown", (event) => {
      const act = event.key === "Enter" && !event.ctrlKey && event.target.dataset.enter;
      if (!act) return;
      event.preventDefault();
      this.send(act);
    });
    this.dragTurns();
  }

  // Reads the page, at first and after each replacement; `shown` is where the editor is.
  read(shown) {
    const form = this.form;
    takeSelectedWords(form);
    this.all = [...form.querySelectorAll(".whom, .proposals > .proposal")];
    const stop = shown && shown.closest(".whom, .proposals > .proposal");
    // Until a key or the mouse has been used, the first one has not been shown.
    this.entered = Boolean(stop);
    this.now = stop || (location.search.includes("quote=") && form.querySelector(".proposal--now"))
      || form.querySelector(".whom[data-open]") || form.querySelector(".proposal--now") || this.all[0] || null;
    this.mark(this.now);
  }

  click(event) {
    const button = event.target.closest("button[name='do']");
    if (button && IN_PLACE.has(button.value.split(":")[0])) {
      event.preventDefault();
      // The keys then act on the turn whose letter was chosen.
      const turn = document.getElementById(button.id.replace(/^at-/, ""));
      const stop = button.id.startsWith("at-") && turn && turn.closest(".proposals > .proposal");
      if (stop) this.mark(stop);
      hear(() => this.send(button.value, button));
      return;
    }
    const link = event.target.closest("a.prop, .bench__list a[href^='#p'], .settle a[href^='#p']");
    const proposal = link && document.getElementById(link.hash.slice(1));
    if (!proposal) return;
    event.preventDefault();
    if (window.getSelection().isCollapsed) this.show(proposal);
  }

  // Sends the form with this button, and puts the page that answers in place of this one.
  async send(act, button) {
    const form = this.form;
    const data = new FormData(form);
    data.set("do", act);
    document.dispatchEvent(new Event("desk:sent"));
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page && page.getElementById("review");
    if (!fresh) {
      // A question to answer first, a login, or no connection: the browser shows it as a page.
      const pressed = form.querySelector("button.hidden[value='draft']");
      pressed.value = act;
      form.requestSubmit(pressed);
      pressed.value = "draft";
      return;
    }
    const [x, y] = [window.scrollX, window.scrollY];
    const list = form.querySelector(".bench__list");
    const scrolled = list ? list.scrollTop : 0;
    const focused = document.activeElement && document.activeElement.id;
    const place = this.all.indexOf(this.now);
    const entered = this.entered;
    // Where the editor is; a turn that was joined to the one above is gone.
    const [was, above] = [this.now, this.all[place - 1]].map((stop) => (stop ? stop.id : ""));
    form.replaceChildren(...fresh.childNodes);
    form.toggleAttribute("data-changed", fresh.hasAttribute("data-changed"));
    const old = document.querySelector(".deskmessages");
    const told = page.querySelector(".deskmessages");
    if (old) old.remove();
    if (told) form.before(told);
    this.said.textContent = told ? told.textContent.trim().replace(/\s+/g, " ") : "";
    if (told) told.removeAttribute("role");
    this.decided = [];
    const target = document.getElementById(was) || document.getElementById(above);
    this.read(target);
    this.entered = entered;
    document.getElementById("keys").hidden = false;
    document.dispatchEvent(new Event("desk:saved"));
    window.scrollTo(x, y);
    const listNow = form.querySelector(".bench__list");
    if (listNow) listNow.scrollTop = scrolled;
    const same = focused && document.getElementById(focused);
    if (act.startsWith("person:") || act === "all" || act === "turns") this.nextOpen(place);
    else if (same) same.focus({ preventScroll: true });
    else this.show(this.now);
  }

  // What a key needs that is missing, beside the buttons that are always in sight.
  hint(name) {
    document.getElementById("hint").textContent = name ? text(name) : "";
  }

  nextOpen(place) {
    const later = [...this.all.slice(Math.max(place, 0)), ...this.all];
    const open = later.find((stop) => this.isOpen(stop));
    this.show(open || this.all[Math.max(place, 0)] || null);
  }

  mark(stop) {
    const marks = (of) => this.form.querySelectorAll(`a.prop[href="#p${of.dataset.id}"]`);
    const before = this.form.querySelectorAll(".proposal--now, .prop--now");
    for (const one of before) {
      one.classList.remove("proposal--now", "prop--now");
      one.removeAttribute("aria-current");
    }
    this.now = stop;
    if (!stop) return null;
    stop.classList.add("proposal--now");
    stop.setAttribute("aria-current", "true");
    for (const mark of marks(stop)) mark.classList.add("prop--now");
    return marks(stop)[0];
  }

  show(stop) {
    if (!stop) return;
    this.entered = true;
    this.hint("");
    const mark = this.mark(stop);
    stop.focus({ preventScroll: true });
    if (mark) mark.scrollIntoView({ block: "nearest" });
    stop.scrollIntoView({ block: "nearest" });
  }

  move(by) {
    this.show(this.entered ? this.all[this.all.indexOf(this.now) + by] : this.now);
  }

  isOpen(stop) {
    if (stop.classList.contains("whom")) return "open" in stop.dataset;
    const radio = stop.querySelector("input[type=radio]:checked");
    return radio !== null && radio.value === "";
  }

  decide(decision) {
    const stop = this.now;
    if (stop && stop.classList.contains("whom") && decision === "accept") return this.press("a");
    const radio = stop && stop.querySelector(`input[type=radio][value="${decision}"]`);
    if (!radio) return this.hint("needsQuote");
    this.decided.push([stop, stop.querySelector("input[type=radio]:checked")]);
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    const quote = stop.querySelector("h3").textContent.trim();
    this.said.textContent = text(decision === "accept" ? "accepted" : "rejected", { quote });
    const after = this.all.slice(this.all.indexOf(stop) + 1).find((one) => this.isOpen(one));
    if (after) this.show(after);
    return null;
  }

  // The last decision of this visit that is not saved yet; else what the server did last.
  undo() {
    const [stop, radio] = this.decided.pop() || [];
    if (!stop) return this.send("undo");
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    this.said.textContent = text("undone", { what: stop.querySelector("h3").textContent.trim() });
    this.show(stop);
    return null;
  }

  changeWords() {
    const words = this.now && this.now.querySelector(".rewording");
    if (!words) {
      this.hint("needsQuote");
      return;
    }
    words.open = true;
    words.querySelector("textarea").focus();
  }

  nameSpeaker() {
    const field = this.now && this.now.querySelector("input[name^='s-']");
    if (!field) {
      this.hint("needsQuote");
      return;
    }
    field.focus();
    field.select();
  }

  // The turn whose start is least certain, then the next; each is shown once, until the page is opened again.
  doubtfulTurn() {
    this.seen = this.seen || new Set();
    const turn = this.all
      .filter((one) => "border" in one.dataset && !this.seen.has(one.id))
      .sort((one, other) => one.dataset.border - other.dataset.border)[0];
    if (!turn) {
      this.hint("noBoundary");
      return;
    }
    this.seen.add(turn.id);
    this.show(turn);
  }

  nobody() {
    const who = this.now && this.now.querySelector("select[name^='k-']");
    if (!who) {
      this.hint("needsQuote");
      return;
    }
    who.value = "nobody";
    who.dispatchEvent(new Event("input", { bubbles: true }));
    this.said.textContent = text("speakerUnknown");
  }

  // Sends the button of the person or quote where the editor is, or else one of the page.
  press(act) {
    const wanted = `[data-act="${act}"]`;
    const button = (this.now && this.now.querySelector(wanted)) || this.form.querySelector(`${wanted}:not(li *)`);
    return button ? this.send(button.value, button) : this.hint("aAi".includes(act) ? "noneOpen" : "needsTurn");
  }

  settle() {
    const first = this.form.querySelector(".settle :is(input, select, button, a)");
    if (!first) {
      this.hint("noneToSettle");
      return;
    }
    const add = this.form.querySelector(".settle .addnew input");
    const target = add && add.value ? add : first;
    target.focus();
    if (target.select) target.select();
  }

  people() {
    const person = this.form.querySelector(".whom[data-open]") || this.form.querySelector(".whom");
    if (person) this.show(person);
    else this.hint("needsQuote");
  }

  // A turn's letter in the margin, dragged to another paragraph, moves the start of the turn.
  dragTurns() {
    const form = this.form;
    let turn = null;
    let over = null;
    const at = ({ clientX, clientY }) => {
      const element = document.elementFromPoint(clientX, clientY);
      return element && element.closest(".para[data-para]");
    };
    const point = (para) => {
      if (over) over.classList.remove("para--over");
      over = para;
      if (over) over.classList.add("para--over");
    };
    form.addEventListener("pointerdown", (event) => {
      const letter = event.button === 0 && event.target.closest(".turnmark[data-turn]");
      turn = letter ? { letter, from: letter.closest(".para"), moved: false } : null;
    });
    form.addEventListener("pointermove", (event) => {
      if (!turn) return;
      const para = at(event);
      turn.moved ||= para !== turn.from;
      if (turn.moved) point(para);
    });
    document.addEventListener("pointerup", (event) => {
      const [dragged, para] = [turn, turn && at(event)];
      turn = null;
      point(null);
      if (!dragged || !dragged.moved || !para || para === dragged.from) return;
      hear(() => this.send(`move:${dragged.letter.dataset.turn}:${para.dataset.para}`));
    });
    document.addEventListener("pointercancel", () => { turn = null; point(null); });
  }
}

// One act after the other: a key waits until what the key before it sent has been answered.
let acting = Promise.resolve();
function hear(act) {
  acting = acting.then(act).catch((error) => { console.error(error); });
}

const TYPED_IN = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])";

// Keys are heard only outside fields, and only while they are wanted; the wish is remembered.
function listen(keys, leave, undo) {
  const wanted = () => document.getElementById("use-keys");
  if (!wanted()) return;
  const isOn = () => localStorage.getItem("desk-keys") !== "off";
  const showChoice = () => { wanted().checked = isOn(); };
  showChoice();
  document.addEventListener("desk:saved", showChoice);
  document.addEventListener("change", ({ target }) => {
    if (target.id === "use-keys") localStorage.setItem("desk-keys", target.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.isComposing || event.metaKey || event.altKey) return;
    const typing = event.target.matches(TYPED_IN);
    if (event.ctrlKey) {
      if (event.key === "z" && undo && !typing) {
        event.preventDefault();
        hear(undo);
      }
      if (event.key !== "Enter") return;
      event.preventDefault();
      const next = event.shiftKey;
      hear(() => {
        const button = (next && document.querySelector(".actions--fixed .button--main")) || document.getElementById("publish");
        if (button) button.click();
      });
      return;
    }
    if (typing) {
      // Out of the field and back to where the keys are heard.
      if (event.key === "Escape") leave();
      return;
    }
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    hear(act);
  });
}

function reviewByKeys(form) {
  const page = new Review(form);
  const sheet = () => document.getElementById("keys");
  sheet().hidden = false;
  const press = (act) => () => page.press(act);
  // Over the page, so that an editor stays at the quote that they are reading.
  const showKeys = (open) => {
    sheet().open = open;
    sheet().classList.toggle("keysheet--over", open);
    if (open) sheet().querySelector("summary").focus({ preventScroll: true });
    else if (page.now) page.now.focus({ preventScroll: true });
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#keys")) showKeys(false);
  });
  const keys = {
    j: () => page.move(1),
    k: () => page.move(-1),
    d: () => page.doubtfulTurn(),
    a: () => page.decide("accept"),
    r: () => page.decide("reject"),
    e: () => page.changeWords(),
    s: () => page.nameSpeaker(),
    0: () => page.nobody(),
    n: () => beginTurn(page),
    q: () => quoteSelection(page),
    p: () => page.people(),
    f: () => page.settle(),
    u: () => page.undo(),
    "?": () => showKeys(!sheet().open),
  };
  for (const act of "tTmbBAi") keys[act] = press(act);
  listen(keys, () => page.now && page.now.focus(), () => page.undo());
}

// What is selected in the text becomes a quote that nothing had proposed.
function quoteSelection(page) {
  const words = selectedWords();
  if (!words) {
    page.hint("needsWords");
    return;
  }
  document.getElementById("missed").open = true;
  const field = document.getElementById("w-new");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("s-new").focus();
}

// A turn begins at the paragraph in which the selection or the caret is.
function beginTurn(page) {
  const at = window.getSelection().anchorNode;
  const element = at && (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement);
  const paragraph = element && element.closest(".proof p[data-at]");
  return paragraph ? page.send(`begin:${paragraph.dataset.at}`) : page.hint("needsParagraph");
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
  const said = () => document.getElementById("kept-at");
  let waiting = 0;
  let ended = false;
  form.addEventListener("submit", () => {
    ended = true;
    clearTimeout(waiting);
  });
  window.addEventListener("pageshow", () => { ended = false; });
  document.addEventListener("desk:sent", () => { clearTimeout(waiting); });
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
    said().hidden = false;
    if (!answer || !answer.ok) {
      said().textContent = text("notKept");
      return;
    }
    const told = await answer.json();
    const time = new Date(told.kept_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const hadIt = document.getElementById("had-it");
    if (hadIt && !told.taken_by && !told.open_with) hadIt.value = told.kept_at;
    if (told.taken_by) {
      said().textContent = text("takenOver", { name: told.taken_by, time });
    } else if (told.open_with) {
      said().textContent = text("openWith", { name: told.open_with, time });
    } else {
      said().textContent = text("kept", { time });
    }
  }
}

for (const form of document.querySelectorAll("form[data-warn]")) warnOnLeave(form);
const review = document.getElementById("review");
if (review) {
  sendAsOneField(review);
  offerNames(review);
  reviewByKeys(review);
  keepAside(review);
}
for (const form of document.querySelectorAll("form.suggest[data-names]")) offerNames(form);
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
