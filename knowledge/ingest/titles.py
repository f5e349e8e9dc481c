"""Which line is the title of the instrument?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.blocks import Block
from knowledge.ingest.characters import CJK, heading_text

_LONGEST = 80
_ENDS = (
    "法|法典|条例|办法|规定|细则|规则|标准|公告|通知|通告|决定|意见|规范|制度|方案|程序|解释|税则|章程|准则|指南|措施"
    "|批复|公约|协定"
)
_TITLE = re.compile(f"^.*(?:{_ENDS})(?:[（(][^（）()]{{1,20}}[）)])?$")
# 海关总署公告, 国务院令: the head of the sheet, a title only where there is no better one.
_LETTERHEAD = re.compile(f"^[{CJK}、 ]{{2,40}}(?:公告|令|文件|通告)$")
_NO_TITLE = re.compile(
    r"[。：:；;>＞»›|｜]|^[^关]+，|^(?:根据|依照|按照|依据|违反|本|第|（|\(|附)|^\d|(?:法律法规|相关规定|政策解读|有关规定|法律、行政法规)$"
)
_BEGUN = re.compile(r"^(?:中华人民共和国|关于|海关总署关于|国务院关于)")
# 海关总署公告2022年第1号（关于……的公告） and ……管理办法（海关总署第1号令), as web pages head their texts.
_NUMBER_THEN_TITLE = re.compile(r"^[^（(]{2,40}\d+ ?号 ?[（(](.+)[）)]$")
_NUMBER_AFTER_TITLE = re.compile(r"[（(][^（）()]{2,30}号令?[）)]$")
_VERSION = re.compile(r"[（(][^（）()]*(?:修正|修订|年|版)[^（）()]*[）)]$")


def is_title(text: str) -> bool:
    """Whether the line can be the title of an instrument."""
    return 3 <= len(text) <= _LONGEST and bool(_TITLE.match(text)) and not _NO_TITLE.search(text)


def title_of(blocks: Sequence[Block]) -> tuple[str, frozenset[int]]:
    """Return the title among the lines above the text, and the positions of the lines it takes up."""
    found = [candidate for index in range(len(blocks)) if (candidate := _candidate(blocks, index))]
    named = [item for item in found if not _LETTERHEAD.match(item[0]) or "关于" in item[0]]
    printed = [item for item in named if any(blocks[index].heading for index in item[1])]
    chosen = printed or named or found
    return chosen[-1] if chosen else ("", frozenset())


def _candidate(blocks: Sequence[Block], index: int) -> tuple[str, frozenset[int]] | None:
    """Return the title that ends in this line, with the line before it where the title is broken over two."""
    title = _bare(blocks[index].text)
    before = blocks[index - 1].text if index else ""
    if _is_first_half(before, title) and is_title(before + title):
        return before + title, frozenset((index - 1, index))
    return (title, frozenset((index,))) if is_title(title) else None


def title_key(title: str) -> str:
    """Return the title without 《》 and without a version such as （2021年修正）, to compare two titles."""
    return _VERSION.sub("", re.sub(r"[《》\s]", "", title))


def _bare(text: str) -> str:
    text = heading_text(text)
    if named := _NUMBER_THEN_TITLE.match(text):
        text = named[1]
    text = _NUMBER_AFTER_TITLE.sub("", text)
    quoted = text.startswith("《") and text.find("》") == len(text) - 1
    return text[1:-1] if quoted else text


def _is_first_half(before: str, title: str) -> bool:
    return (
        bool(_BEGUN.match(before))
        and not _BEGUN.match(title)
        and not is_title(before)
        and not _LETTERHEAD.match(before)
        and not any(character.isdigit() for character in before + title)
    )
