// Keys for the review desk. Everything they do is a link or a button of the page; without this script those do it.

const SWITCH = "review-keys";
const NAMES = { ArrowRight: "j", ArrowLeft: "k" };

function isTyping(target) {
  return target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, summary, [contenteditable]");
}

function isOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function act(key) {
  const digit = document.querySelector(`[data-digit="${key}"]`);
  if (digit) {
    digit.checked = true;
    digit.focus();
    return true;
  }
  const target = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.matches("textarea")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Enter" && event.ctrlKey && target.closest("#grading")) {
    document.querySelector('[data-key="s"]').click();
    event.preventDefault();
    return;
  }
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
  // In a group of radio buttons the arrows belong to the browser.
  if (NAMES[event.key] && target.matches("input")) return;
  if (act(NAMES[event.key] || event.key.toLowerCase())) event.preventDefault();
});

// Single letters can be switched off, for people who speak to their computer.
for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const show = () => { button.textContent = isOn() ? button.dataset.off : button.dataset.on; };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    localStorage.setItem(SWITCH, isOn() ? "off" : "on");
    show();
  });
}

const problem = document.querySelector(".problem[role=alert]");
if (problem) problem.scrollIntoView({ block: "nearest" });
