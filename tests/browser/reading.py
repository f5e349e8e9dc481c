"""What a page gives to those who hear it or see it faintly: names of its parts, contrast of its texts."""

from __future__ import annotations

from playwright.sync_api import Page

NEEDS_NAME = {"link", "button", "textbox", "Date", "DisclosureTriangle", "navigation", "article", "log", "combobox"}
READABLE = 4.5
_CONTRAST = """
() => [...document.querySelectorAll("body *")].filter((e) => e.offsetParent && !e.disabled && !e.closest("svg, .unseen")
  && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).map((element) => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  let behind = element;
  while (behind && (channels(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
  const ground = behind ? channels(getComputedStyle(behind).backgroundColor) : [255, 255, 255];
  const pair = [light(channels(getComputedStyle(element).color)), light(ground)].sort((a, b) => b - a);
  return [element.className || element.tagName, Math.round(((pair[0] + 0.05) / (pair[1] + 0.05)) * 100) / 100];
})
"""


def contrasts(page: Page) -> list[tuple[str, float]]:
    """Each visible text with its contrast against its ground, as WCAG 2 measures it (1 to 21)."""
    return [(str(what), float(contrast)) for what, contrast in page.evaluate(_CONTRAST)]


def names(page: Page) -> list[tuple[str, str]]:
    """Role and accessible name of everything on the page that needs a name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    found = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n["ignored"]]
    return [(role, name) for role, name in found if role in NEEDS_NAME]


def levels(page: Page) -> list[int]:
    """The levels of the headings in their order."""
    return [int(h.evaluate("h => h.tagName[1]")) for h in page.locator("h1, h2, h3, h4, h5").all()]


def width(page: Page) -> int:
    """How wide the content is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
