// Streams an answer into the page. Without this script the form works the ordinary way.
"use strict";

const form = document.getElementById("ask");
const log = document.getElementById("log");
const box = document.getElementById("q");
const earlier = document.getElementById("earlier");

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
    buffer += value.replaceAll("\r\n", "\n");
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

async function ask(question) {
  const data = new FormData(form);
  data.delete("choice");
  data.set("q", question);
  const body = new URLSearchParams(data);
  const response = await fetch("/stream" + location.search, { method: "POST", body });
  if (!response.ok) throw new Error(String(response.status));
  let article = null;
  let finished = false;
  for await (const { name, data: html } of events(response)) {
    const piece = fragment(html);
    if (name === "open") {
      log.append(piece);
      article = log.lastElementChild;
      article.scrollIntoView({ block: "start" });
    } else if (name === "part") {
      article.querySelector(".answer").append(piece);
    } else if (name === "close") {
      article.replaceWith(piece);
      finished = true;
    }
  }
  if (!finished) throw new Error("cut off");
  reveal(log.lastElementChild);
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "earlier";
  input.value = question;
  earlier.append(input);
}

form.addEventListener("submit", async (event) => {
  const chosen = event.submitter && event.submitter.name === "choice" ? event.submitter.value : "";
  const question = (chosen || box.value).trim();
  if (!question) return;
  event.preventDefault();
  const button = form.querySelector(".primary");
  button.disabled = true;
  try {
    await ask(question);
    document.getElementById("welcome")?.remove();
    if (!chosen) box.value = "";
    box.focus({ preventScroll: true });
  } catch {
    // The connection failed: let the browser send the form, which shows the answer or its own error.
    for (const busy of log.querySelectorAll("[aria-busy]")) busy.remove();
    box.value = question;
    form.submit();
  } finally {
    button.disabled = false;
  }
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const article = document.getElementById(copy.dataset.copy);
    const answer = [...article.querySelectorAll(".question, .lead, .points li, .look-up, .caveats li")];
    const sources = [...article.querySelectorAll(".source")].map((s) => `[${s.getAttribute("value")}] ${s.querySelector(".source-title").textContent.trim()} ${s.querySelector(".source-meta").textContent.trim().replace(/\s+/g, " ")}`);
    await navigator.clipboard.writeText([...answer.map((e) => e.textContent.trim()), ...sources].join("\n"));
    const label = copy.textContent;
    copy.textContent = "✓";
    setTimeout(() => { copy.textContent = label; }, 1500);
  }
  if (event.target.closest("[data-print]")) window.print();
});

reveal(document);
