"""Traditional characters as simplified ones, so that one table of words serves both."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return str(_converter().convert(text))
