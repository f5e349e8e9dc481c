"""What axe-core finds wrong on a page: the rules of WCAG 2.2 A and AA, and its best practices."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

# Put in before a page's own content, from outside the page: its policy stays whole.
SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """
async ([tags, contrast]) => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, rules: { "color-contrast": { enabled: contrast } },
    resultTypes: ["violations"], preload: false,
  });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? rule.help})`));
}
"""


def check(page: Page, *, contrast: bool) -> list[str]:
    """Return what the rules find with everything unfolded.

    Contrast takes axe-core longer than all its other rules together; `reading.contrasts` measures it on every page.
    """
    return [str(said) for said in page.evaluate(_RUN, [TAGS, contrast])]
