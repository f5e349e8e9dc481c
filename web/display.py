"""How a person wants pages to look: colours, contrast, size of letters; kept in a cookie, so no account is needed."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

COOKIE = "display"
THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}
CONTRASTS = {"auto": "跟随系统", "more": "高对比度"}
SIZES = {"normal": "标准", "large": "大", "larger": "特大"}
DARK, CONTRAST = "screen and (prefers-color-scheme: dark)", "screen and (prefers-contrast: more)"  # paper is white


@dataclass(frozen=True, slots=True)
class Display:
    """What was chosen; anything else than the known words counts as not chosen."""

    theme: str = "auto"
    contrast: str = "auto"
    size: str = "normal"

    def __str__(self) -> str:
        """The value of the cookie."""
        return f"{self.theme}-{self.contrast}-{self.size}"

    @property
    def dark_for(self) -> str:
        """The media query under which the dark colours apply, or nothing where they never do."""
        return {"auto": DARK, "light": "", "dark": "screen"}[self.theme]

    @property
    def contrast_for(self) -> str:
        """The media query under which the strong colours apply."""
        return "screen" if self.contrast == "more" else CONTRAST


def display_of(theme: str, contrast: str, size: str) -> Display:
    """Return the choice that three words stand for."""
    return Display(
        theme if theme in THEMES else "auto",
        contrast if contrast in CONTRASTS else "auto",
        size if size in SIZES else "normal",
    )


def display_chosen(request: Request) -> Display:
    """Return what this browser was told."""
    words = request.cookies.get(COOKIE, "").split("-")
    return display_of(*words) if len(words) == 3 else Display()
