// Streams an answer into the page. Without this script the form works the ordinary way.

const chat = document.getElementById("chat");
const form = document.getElementById("ask");
const log = document.getElementById("log");
const box = document.getElementById("q");
const earlier = document.getElementById("earlier");
const failed = document.getElementById("failed");
const status = document.getElementById("status");

function reveal(root) {
  for (const actions of root.querySelectorAll(".actions")) actions.hidden = false;
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and escaped by the server
  return template.content;
}

async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value.replaceAll("\r", "");
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const block = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      const event = { name: "message", data: [] };
      for (const line of block.split("\n")) {
        if (line.startsWith("event:")) event.name = line.slice(6).trim();
        if (line.startsWith("data:")) event.data.push(line.slice(5).replace(/^ /, ""));
      }
      if (event.data.length) yield { name: event.name, data: event.data.join("\n") };
    }
  }
}

function show(article) {
  if (article === log.firstElementChild) window.scrollTo(0, 0);
  else article.scrollIntoView({ block: "start" });
}

function open(piece) {
  chat.classList.add("talking");
  log.append(piece);
  return log.lastElementChild;
}

async function ask(question) {
  const body = new URLSearchParams(new FormData(form));
  body.set("q", question);
  body.set("number", log.children.length + 1);
  const response = await fetch("/stream" + location.search, { method: "POST", body });
  if (!response.ok) throw new Error(String(response.status));
  let article = null;
  let finished = false;
  for await (const { name, data: html } of events(response)) {
    const piece = fragment(html);
    if (name === "open") {
      article = open(piece);
    } else if (name === "part") {
      article.querySelector(".said").append(piece);
    } else if (name === "close") {
      article.replaceWith(piece);
      finished = true;
    }
  }
  if (!finished) throw new Error("cut off");
  reveal(log.lastElementChild);
  show(log.lastElementChild);
}

function remember(question) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "earlier";
  input.value = question;
  earlier.append(input);
}

form.addEventListener("submit", async (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // another language: the whole page anew
  const chosen = event.submitter?.name === "choice" ? event.submitter.value : "";
  const question = (chosen || box.value).trim();
  event.preventDefault();
  const button = form.querySelector(".primary");
  if (!question || button.disabled) return;
  button.disabled = true;
  failed.hidden = true;
  log.setAttribute("aria-busy", "true");
  try {
    await ask(question);
    // What was said to the self-assessment is kept there; it is no question to follow up.
    // Neither is what was written to a coordinator.
    if (!log.lastElementChild.matches(".kind-assessment, .kind-person")) remember(question);
    if (!chosen) box.value = "";
    // On a phone the focus would bring up the keyboard over the answer.
    if (matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
  } catch {
    for (const busy of log.querySelectorAll("[aria-busy]")) busy.remove();
    if (!log.children.length) chat.classList.remove("talking");
    box.value = question;
    failed.hidden = false;
  } finally {
    button.disabled = false;
    log.removeAttribute("aria-busy");
  }
});

box.addEventListener("keydown", (event) => {
  // 229: a key that belongs to an input method, also where the browser does not say so.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    form.requestSubmit();
  }
});

async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Pages on plain http have no clipboard interface.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

document.addEventListener("submit", async (event) => {
  const rate = event.target.closest("form.rate");
  if (!rate) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(rate));
  const button = rate.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(rate.action, { method: "POST", body });
    if (!response.ok) throw new Error(String(response.status));
    const thanks = document.createElement("p");
    thanks.className = "rated";
    thanks.textContent = status.textContent = rate.dataset.done;
    rate.closest("details").replaceWith(thanks);
  } catch {
    button.disabled = false;
    status.textContent = rate.dataset.failed;
    rate.querySelector(".problem")?.remove();
    const problem = document.createElement("p");
    problem.className = "problem";
    problem.textContent = rate.dataset.failed;
    button.before(problem);
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    await copy(button.dataset.copy);
    const label = button.textContent;
    button.textContent = status.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; status.textContent = ""; }, 2000);
  }
  if (event.target.closest("[data-print]")) window.print();
  const language = event.target.closest(".languages a");
  if (language && earlier.children.length) {
    // The conversation goes along into the other language.
    event.preventDefault();
    form.action = language.href + "#last";
    form.submit();
  }
});

reveal(document);
