// Saves the form item by item while it is filled in. Without this script the save button does it.

const form = document.getElementById("answers");
const saved = document.getElementById("saved");
const progress = document.getElementById("progress");
const WAIT = 900;
const AGAIN = 8000;
const dirty = new Set();
let timer = 0;
let sending = null;

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by the server
  return template.content;
}

function cardOf(no) {
  return form.querySelector(`.item[data-no="${CSS.escape(no)}"]`);
}

function fieldsOf(numbers, pressed) {
  const body = new URLSearchParams();
  for (const name of ["csrf", "section", "show"]) {
    const field = form.elements.namedItem(name);
    if (field) body.set(name, field.value);
  }
  const all = new FormData(form);
  for (const [name, value] of all) {
    const no = name === "no" ? value : name.split("-").slice(1).join("-");
    if (numbers.has(no) && typeof value === "string") body.append(name, value);
  }
  if (pressed) body.set(pressed.name, pressed.value);
  return body;
}

function put(no, piece) {
  const card = cardOf(no);
  if (!card) return;
  if (piece.card) {
    card.replaceWith(fragment(piece.card));
    return;
  }
  card.className = `item is-${piece.state}`;
  card.querySelector("[data-head]").replaceChildren(fragment(piece.head));
  card.querySelector("[data-told]").replaceChildren(fragment(piece.told));
  card.querySelector("[data-seen]").value = piece.seen;
}

// As items are answered, the next one that waits is opened; nothing closes under the reader's hands.
function unfoldNext() {
  if (form.querySelector(".item.is-open[open], .item.is-proposed[open]")) return;
  const next = form.querySelector(".item.is-open, .item.is-proposed");
  if (next) next.open = true;
}

async function send(numbers, pressed = null, last = false) {
  const body = fieldsOf(numbers, pressed);
  const response = await fetch(form.action, {
    method: "POST", body, keepalive: last, headers: { "x-autosave": "1", accept: "application/json" },
  });
  const told = await response.json();
  if (told.problem || told.error) {
    for (const no of numbers) dirty.add(no); // still only here: the next change or the button sends it again
    saved.textContent = told.problem || told.error[document.documentElement.lang === "en" ? "en" : "zh"];
    return;
  }
  for (const [no, piece] of Object.entries(told.cards)) put(no, piece);
  unfoldNext();
  progress.replaceChildren(fragment(told.progress));
  const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  saved.textContent = `${form.dataset.saved} ${now}`;
}

async function flush(pressed = null) {
  clearTimeout(timer);
  if (sending) await sending;
  if (!dirty.size && !pressed) return;
  const numbers = new Set(dirty);
  dirty.clear();
  saved.textContent = form.dataset.saving;
  sending = send(numbers, pressed).catch(() => {
    for (const no of numbers) dirty.add(no);
    saved.textContent = form.dataset.failed;
    timer = setTimeout(flush, AGAIN);
  });
  await sending;
  sending = null;
}

function changed(event, wait) {
  const card = event.target.closest(".item");
  if (!card) return;
  dirty.add(card.dataset.no);
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
}

form.addEventListener("input", (event) => changed(event, event.target.type === "radio" ? 0 : WAIT));
form.addEventListener("change", (event) => changed(event, 0));

form.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  const card = pressed?.closest(".item");
  if (pressed?.value === "all") return; // many items change: the whole page anew
  event.preventDefault();
  if (card && pressed.name) {
    dirty.add(card.dataset.no);
    flush({ name: pressed.name, value: pressed.value });
  } else {
    for (const one of form.querySelectorAll(".item[data-no]")) if (one.querySelector("[data-seen]")) dirty.add(one.dataset.no);
    flush();
  }
});

window.addEventListener("online", () => flush());
window.addEventListener("pagehide", () => {
  if (dirty.size) send(new Set(dirty), null, true).catch(() => {});
});
