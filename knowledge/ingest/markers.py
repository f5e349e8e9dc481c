"""What a line begins: an article, a chapter, a list item, an annex, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.ingest.characters import NUMERAL, heading_text, number

ChapterKind = Literal["编", "分编", "章", "节"]

MOST_ARTICLES = 3_000
_N = f"[{NUMERAL}](?: ?[{NUMERAL}])*"
_CHINESE_N = "[一二三四五六七八九十百]+"
_ARTICLE = re.compile(f"^第 ?({_N}) ?条(?: ?之 ?([一二三四五六七八九十]+))?(?P<gap>[\\s　:：]*)(?P<rest>.*)$")
_CHAPTER = re.compile(f"^第 ?({_N}) ?(分编|编|章|节)(?P<gap>[\\s　]*)(?P<title>.*)$")
_MARKER = re.compile(f"^(第 ?{_N} ?(?:条(?: ?之 ?[一二三四五六七八九十]+)?|分编|编|章|节))[\\s　]+(.*)$")
_UNNUMBERED = frozenset(("总则", "分则", "附则"))
_LONGEST_CHAPTER = 120
_LEADER = re.compile(r"[\s　]*[.…·．﹒⋯]{2,}[\s　]*\d*$|[\s　]+\d{1,4}$")
# What follows an article or chapter that is only referred to: 第五条规定的, 第十条、第十一条, 第三条第二款.
_REFERENCE = re.compile(
    f"^(?:的|规定|第{_N}[条款项章节目]|[、，,。；;）)》”]|和(?:第|本)|或者?(?:第|本)|至第|到第|及(?:第|其|本)|与(?:第|本)"
    "|所(?:列|称|规定|述|定|指)|中(?:的|规定|所)|等规定|之(?:外|规定)|以外的|修改为|改为)"
)
_SECTION = re.compile(f"^({_CHINESE_N})、[\\s　]*(?P<rest>.*)$")
_SECTION_ANCHOR = re.compile(f"^第({_N})项$")
_LISTED = re.compile(f"^[（(] ?({_N}) ?[）)](?!项|[、至和]|款)")
_DOTTED = re.compile(r"^(\d{1,3}) ?[.．、](?!\d)")
_CIRCLED = re.compile("^[①-⑳]")
_ANNEX = re.compile(f"^附 ?(?:件|表|录)? ?(?:{_N})?(?:[\\s　]*[:：].*|[\\s　]+\\S.*|)$")
_ANNEX_NAMED = re.compile("^附(?:件|表|录|[:：])")
_CONTENTS = frozenset(("目录", "目次"))
_SENTENCE_ENDS = frozenset("。；：！？;:!?.…”」』》〉）)")


@dataclass(frozen=True)
class ArticleMark:
    """第…条 at the start of a line. ``clear`` when nothing speaks for a mere reference."""

    number: int
    suffix: int
    rest: str
    clear: bool

    @property
    def key(self) -> tuple[int, int]:
        """Number and 之-number: 第十条之一 is (10, 1)."""
        return (self.number, self.suffix)


@dataclass(frozen=True)
class ChapterMark:
    """A heading of a part, chapter or section; ``number`` is 0 for 附则 standing alone."""

    kind: ChapterKind
    number: int
    title: str
    bare: bool


def article_mark(text: str) -> ArticleMark | None:
    """Return the article the line may begin, None where it begins none or refers to one."""
    match = _ARTICLE.match(text)
    if match is None or _REFERENCE.match(match["rest"]):
        return None
    value, suffix = number(match[1]), number(match[2] or "零")
    if value is None or suffix is None or not 0 < value <= MOST_ARTICLES or suffix > MOST_ARTICLES:
        return None
    return ArticleMark(value, suffix, match["rest"], bool(match["gap"]) or not match["rest"])


def section_anchor(text: str) -> tuple[int, int] | None:
    """Return the number of a section as it is cited, 第二项 being (2, 0)."""
    match = _SECTION_ANCHOR.match(text)
    value = number(match[1]) if match else None
    return (value, 0) if value is not None and 0 < value <= MOST_ARTICLES else None


def begins_article(text: str) -> bool:
    """Whether the line may begin an article."""
    return article_mark(text) is not None


def chapter_mark(text: str) -> ChapterMark | None:
    """Return the heading of a part, chapter or section the line is, without leaders of a table of contents."""
    if len(text) > _LONGEST_CHAPTER:
        return None
    text = _LEADER.sub("", text)
    if heading_text(text) in _UNNUMBERED:
        return ChapterMark("章", 0, heading_text(text), bare=False)
    match = _CHAPTER.match(text)
    if match is None or (value := number(match[1])) is None or _REFERENCE.match(match["title"]):
        return None
    title = heading_text(match["title"])
    if len(title) > 40 or title.endswith(("。", "；", "，", "：")) or (not match["gap"] and "，" in title):
        return None
    kind: ChapterKind = match[2]  # type: ignore[assignment]  # the pattern allows these four only
    sign = f"第{''.join(match[1].split())}{kind}"
    return ChapterMark(kind, value, f"{sign} {title}".strip(), bare=not title)


def split_marker(text: str) -> tuple[str, str]:
    """Return a leading 第…条, 第…章 and the like apart from the rest, where a space separates them."""
    match = _MARKER.match(text)
    return (match[1], match[2]) if match else ("", text)


def section_mark(text: str) -> tuple[int, str] | None:
    """Return number and text of 一、… in an announcement without articles."""
    match = _SECTION.match(text)
    if match is None or (value := number(match[1])) is None:
        return None
    return value, match["rest"]


def list_depth(text: str) -> int:
    """Return how deep a list item the line begins: 1 for （一）, 2 for 1. or （1）, 3 for ①, 0 for none."""
    if listed := _LISTED.match(text):
        return 2 if listed[1][0].isdecimal() else 1
    if _SECTION.match(text):
        return 1
    if _DOTTED.match(text):
        return 2
    return 3 if _CIRCLED.match(text) else 0


def is_annex(text: str) -> bool:
    """Whether the line is the heading of an annex (附件1 …, 附：…) or of the list of annexes."""
    return len(text) <= 80 and not text.endswith("。") and bool(_ANNEX_NAMED.match(text) and _ANNEX.match(text))


def is_contents_heading(text: str) -> bool:
    """Whether the line is 目录."""
    return heading_text(text) in _CONTENTS


def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence or a list item can end."""
    return text[-1:] in _SENTENCE_ENDS


def begins_structure(text: str) -> bool:
    """Whether the line begins something of its own, so that it cannot continue the line before it."""
    return bool(
        article_mark(text) or chapter_mark(text) or list_depth(text) or is_annex(text) or is_contents_heading(text)
    )
