// Shows what a coordinator writes without reloading. Without this script the link 刷新 does it.

const place = document.getElementById("with-person");
const log = document.getElementById("log");
const EVERY = 5000;
const LONGEST = 60000;
let wait = EVERY;
let timer = 0;

function shown() {
  return place.querySelector("[data-version]");
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by the server
  return template.content;
}

function keepSaid(fresh) {
  // What was read out already stays where it is: only what is new is added to the live list.
  const list = place.querySelector(".person-said > ol");
  const coming = fresh.querySelector(".person-said > ol");
  if (!list || !coming) return false;
  const known = new Set([...list.children].map((item) => item.dataset.number));
  for (const item of [...coming.children]) if (!known.has(item.dataset.number)) list.append(item);
  const section = shown();
  const next = fresh.querySelector("[data-version]");
  section.dataset.version = next.dataset.version;
  section.dataset.state = next.dataset.state;
  section.className = next.className;
  section.querySelector(".person-state").replaceWith(next.querySelector(".person-state"));
  return true;
}

async function look() {
  const response = await fetch("/conversation/now" + location.search);
  if (!response.ok) throw new Error(String(response.status));
  const fresh = fragment(await response.text());
  const next = fresh.querySelector("[data-version]");
  if (next.dataset.version === shown().dataset.version) return;
  if (!keepSaid(fresh)) place.replaceChildren(fresh);
  hideReload();
}

function hideReload() {
  for (const link of place.querySelectorAll(".reload")) link.hidden = true;
}

function isOpen() {
  return ["waiting", "person"].includes(shown().dataset.state);
}

function again() {
  clearTimeout(timer);
  if (!isOpen()) return;
  timer = setTimeout(async () => {
    if (!document.hidden) {
      try {
        await look();
        wait = EVERY;
      } catch {
        wait = Math.min(wait * 2, LONGEST);
      }
    }
    again();
  }, wait);
}

new MutationObserver(async () => {
  const last = log.lastElementChild;
  if (!last?.matches(".kind-person, .kind-handoff")) return;
  try {
    await look();
  } catch {
    // The next look shows it.
  }
  again();
}).observe(log, { childList: true });

document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
hideReload();
again();
