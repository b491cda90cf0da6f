// The preview of an import follows the choices. Without this script, the button «Preview» does the same.
"use strict";

const form = document.getElementById("import");
const look = form.querySelector("button[value='look']");
let asked = 0;

// The server sends the whole page; only its parts marked as live replace those shown.
async function refresh() {
  asked += 1;
  const number = asked;
  const body = new FormData(form, look);
  const answer = await fetch(form.action || location.href, { method: "POST", body }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return;
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  }
}

form.addEventListener("change", refresh);
