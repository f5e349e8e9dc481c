// Shows what an enterprise writes without reloading the page a reply is being written on.

const place = document.getElementById("talk");
const EVERY = 5000;
const LONGEST = 60000;
let wait = EVERY;

function toEnd() {
  const list = place.querySelector(".said");
  if (list) list.scrollTop = list.scrollHeight;
}

async function look() {
  const response = await fetch(place.dataset.address + location.search);
  if (!response.ok) throw new Error(String(response.status));
  const template = document.createElement("template");
  template.innerHTML = await response.text(); // rendered and escaped by the server
  const next = template.content.querySelector(".talk");
  const shown = place.querySelector(".talk");
  if (next.dataset.version === shown.dataset.version) return;
  const list = shown.querySelector(".said > ol");
  const coming = next.querySelector(".said > ol");
  if (!list || !coming) {
    shown.replaceWith(next);
  } else {
    const known = new Set([...list.children].map((item) => item.dataset.number));
    for (const item of [...coming.children]) if (!known.has(item.dataset.number)) list.append(item);
    shown.querySelector(".talk-state").replaceWith(next.querySelector(".talk-state"));
    shown.dataset.version = next.dataset.version;
  }
  toEnd();
}

async function again() {
  if (!document.hidden) {
    try {
      await look();
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, LONGEST);
    }
  }
  setTimeout(again, wait);
}

toEnd();
setTimeout(again, wait);
