"""Bring text people type into one form, and tell its language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opencc import OpenCC

Language = Literal["zh-Hans", "zh-Hant", "en"]

_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CJK = re.compile(f"[{_CJK}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Controls except tab and line feed, Unicode's Default_Ignorable_Code_Point, and interlinear annotation marks.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")
_SPACE_IN_CJK = re.compile(f"(?<=[{_CJK}，。？！、；：]) +(?=[{_CJK}，。？！、；：])")


def visible(text: str) -> str:
    """Return a text without invisible, control and bidirectional characters."""
    return _INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """Remove invisible and control characters and fold widths, keeping what a person sees."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    # NFKC can bring back format characters (for example from U+FDFA's expansion), so remove once more.
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _SPACE_IN_CJK.sub("", text).strip()


def simplify(text: str) -> str:
    """Return the text in Simplified Chinese characters; it may be written as in Hong Kong or in Taiwan."""
    return str(_converter("hk2s").convert(text))


def traditional(text: str) -> str:
    """Return the text in Traditional characters as written in Hong Kong and Macao: 核實, 為準, not 覈實, 爲準."""
    return str(_converter("s2hk").convert(text))


def language_of(text: str) -> Language:
    """Tell the language of a question.

    Abbreviations and a few Latin words inside Chinese (AEO, ERP) do not make it English: English words
    must outnumber the ideographs. A text counts as Traditional when converting it to Simplified changes
    more characters than the other way round.
    """
    ideographs = CJK.findall(text)
    if not ideographs:
        return "en" if _LATIN_WORD.search(text) else "zh-Hans"
    if sum(not word.isupper() for word in _LATIN_WORD.findall(text)) > len(ideographs):
        return "en"
    changed_to_simplified = sum(a != b for a, b in zip(text, simplify(text), strict=False))
    changed_to_traditional = sum(a != b for a, b in zip(text, traditional(text), strict=False))
    return "zh-Hant" if changed_to_simplified > changed_to_traditional else "zh-Hans"


@cache
def _converter(direction: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(direction)
