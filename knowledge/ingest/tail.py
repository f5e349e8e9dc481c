"""What stands after the last article: annexes, signature and date, the foot of a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ingest.blocks import Block, Remark
from knowledge.ingest.chinese_dates import is_date_line
from knowledge.ingest.law import Annex
from knowledge.ingest.markers import is_annex, list_depth

_FAREWELL = re.compile(r"^特此(?:公告|通知|通告|函复|批复|令)[。.]?$")
_SIGNATURE = re.compile(r"^[^。，；：、]{2,30}$")
_PAGE_FOOT = re.compile(
    r"^(?:【?(?:打印|关闭|返回顶部|我要纠错|收藏|分享)|责任编辑|信息来源|来源：|上一篇|下一篇|相关链接|扫一扫|版权所有|主办单位|承办单位"
    r"|网站标识码|网站地图|联系我们)|ICP备|公网安备"
)
_LONGEST_FOOT = 120


@dataclass(frozen=True)
class Tail:
    """The lines of the last article, and what follows them."""

    article: list[Block]
    annexes: tuple[Annex, ...]
    closing: tuple[str, ...]
    remarks: tuple[Remark, ...]


def split_tail(blocks: Sequence[Block]) -> Tail:
    """Divide the lines from the last article's first line on."""
    end = next((i for i, block in enumerate(blocks) if i and _is_page_foot(block.text)), len(blocks))
    remarks = []
    if end < len(blocks):
        remarks.append(
            Remark(
                f"正文之后的{len(blocks) - end}行（页脚等）没有读入，从“{blocks[end].text[:20]}”开始。",
                f"{len(blocks) - end} lines after the text were left out, from “{blocks[end].text[:20]}” on.",
            )
        )
    article: list[Block] = list(blocks[:1])
    annexes: list[tuple[str, list[str]]] = []
    closing: list[str] = []
    dated = False
    for index, block in enumerate(blocks[1:end], 1):
        listed = not annexes or "：" in annexes[-1][0] or ":" in annexes[-1][0]
        if not dated and listed and _closes(blocks[:end], index):
            closing.append(block.text)
            dated = is_date_line(block.text)
        elif is_annex(block.text):
            annexes.append((block.text, []))
        elif annexes:
            annexes[-1][1].append(block.text)
        elif closing:
            closing.append(block.text)
        else:
            article.append(block)
    return Tail(article, tuple(Annex(title, tuple(lines)) for title, lines in annexes), tuple(closing), tuple(remarks))


def _closes(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line is 特此公告, the date under a text, or a signature above such a date."""
    text = blocks[index].text
    if _FAREWELL.match(text) or is_date_line(text):
        return True
    if not _SIGNATURE.match(text) or is_annex(text) or list_depth(text):
        return False
    following = blocks[index + 1 : index + 4]
    dated = next((i for i, block in enumerate(following) if is_date_line(block.text)), None)
    return dated is not None and all(_SIGNATURE.match(block.text) for block in following[:dated])


def _is_page_foot(text: str) -> bool:
    return len(text) <= _LONGEST_FOOT and bool(_PAGE_FOOT.search(text))
