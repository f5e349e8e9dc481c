"""Which message steers the walk instead of answering: 跳过, 上一项, 还剩多少, 先做财务, 停, 继续."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from selfassess.replies.characters import simplified
from selfassess.replies.numbers import even
from selfassess.standard import Standard

Kind = Literal["skip", "back", "left", "stop", "resume", "show", "evidence", "jump"]

_ONE = r"一?(?:项|题|个|条)"
_SAID: dict[Kind, str] = {
    "skip": "|".join(
        (
            rf"(?:先|就)?(?:跳过|略过)(?:这|该|本)?(?:{_ONE})?|(?:这|本)(?:{_ONE})?(?:先)?(?:跳过|不答|不填)|下{_ONE}",
            r"先不(?:答|填)|(?:以后|回头|晚点|待会儿?)再(?:答|填)",
            r"skip(?: this| it| this one)?|pass|next(?: item| one)?",
        )
    ),
    "back": rf"(?:回到|返回|退回)?(?:上|前)(?:{_ONE}|一步)|返回|退回|往回|previous(?: item| one)?|(?:go )?back",
    "left": "|".join(
        (
            r"(?:现在)?(?:还)?(?:剩|有|差)(?:下)?(?:多少|几)(?:项|题|个|条)?(?:没答|没填|没做|要答|要做)?",
            r"进度(?:如何|怎么样)?|做到哪(?:里|儿)?了?|到哪(?:里|儿|一项)?了|还要多久|(?:还有)?哪些(?:没答|没填|没做|还没答)",
            r"how many(?: items)?(?: are)? left|how much is left|progress|what(?:'s| is) (?:left|open)",
        )
    ),
    "stop": "|".join(
        (
            r"停(?:止|下|一下|一停)?|暂停(?:一下)?|先(?:停(?:一下)?|到这|做到这|这样)(?:里|儿)?|(?:先)?不(?:做|填|答)了|结束|退出",
            r"(?:下次|改天|明天|以后)再(?:做|来|继续)|休息(?:一下|一会儿?)?",
            r"stop|pause|quit|exit|enough(?: for (?:now|today))?|later",
        )
    ),
    "resume": r"继续(?:自评|做|填)?|接着(?:做|来|填|答|自评)?|恢复|resume|continue|go on|carry on",
    "show": "|".join(
        (
            r"再说一(?:遍|次)|重复(?:一遍|一下)?|(?:看|显示)(?:一下)?(?:这一项|本项|要求|题目)",
            r"(?:这一项|本项)(?:要求)?(?:是)?什么(?:要求)?|repeat|again|show (?:it|the item)",
        )
    ),
    "evidence": "|".join(
        (
            r"(?:这一项|本项|这个)?(?:要|需要|得)?(?:准备|提供|交|看)?(?:什么|哪些)(?:材料|资料|证明|佐证|证据|文件)",
            r"什么(?:才)?算(?:证明|佐证|证据)|怎么证明|which (?:documents|evidence)",
            r"what (?:counts as|is the|proof|evidence)(?: proof| evidence)?(?: is needed)?",
        )
    ),
}
_POLITE = re.compile(
    r"^(?:请|麻烦|帮我|我(?:想|要|们)?|那就?|好的?|嗯|please)+|(?:吧|一下吧|了吧|好了|可以吗|谢谢|please)$"
)
_JUMP = re.compile(
    r"(?:先|再|改|换|直接)?(?:做|看|填|答|去|到|跳到|转到|跳去|改|回到|评|go to|jump to|do|show me)\s*"
    r"(?P<where>[^，。？?]{1,20}?)"
    r"(?:的?(?:部分|这部分|那部分|板块|这块|那块|内容|section|part|items?))?(?:first|先)?$"
)
_ITEM = re.compile(r"(?:第|item\s*)?((?:sp)?\d{1,3})\s*(?:项|题|条)?")
_SHORT_NAMES = {
    "internal_control": ("内控", "内部控制"),
    "financial_condition": ("财务", "财务状况", "finance", "finances", "financial"),
    "legal_compliance": ("守法", "守法规范", "合规", "compliance"),
    "trade_security": ("贸易安全", "安全", "security"),
    "bonus_standard": ("加分", "附加", "附加标准", "bonus"),
}


@dataclass(frozen=True)
class Command:
    """What to do; ``numbers`` are the items to jump to, the first open one first."""

    kind: Kind
    numbers: tuple[str, ...] = ()


def read_command(written: str, standard: Standard) -> Command | None:
    """The command a message is, or None where it is an answer or a question."""
    plain = even(simplified(written.strip()[:100])).strip(" 。.!！~～、，,?？")
    bare = _POLITE.sub("", _POLITE.sub("", plain)).strip()
    for kind, pattern in _SAID.items():
        if re.fullmatch(pattern, bare) or re.fullmatch(pattern, plain):
            return Command(kind)
    jump = _JUMP.fullmatch(bare) or re.fullmatch(r"(?P<where>第\d{1,3}[项题条])", bare)
    numbers = _place(jump["where"].strip(), standard) if jump else ()
    return Command("jump", numbers) if numbers else None


def _place(where: str, standard: Standard) -> tuple[str, ...]:
    """The items a place names: an item number, a section, a group, or an item's title."""
    item = _ITEM.fullmatch(where)
    if item:
        number = item[1].upper()
        return next(((no,) for no in (number, f"SP{number}") if no in standard.items), ())
    for section in standard.sections:
        if where in _SHORT_NAMES.get(section.id, ()) or _names(where, section.title.zh, section.title.en):
            return tuple(entry.no for entry in section.items)
    for _, group, _ in standard.walk():
        if _names(where, group.title.zh, group.title.en):
            return tuple(entry.no for entry in group.items)
    for no, entry in standard.items.items():
        if _names(where, entry.title.zh, entry.title.en):
            return (no,)
    return ()


def _names(where: str, zh: str, en: str) -> bool:
    """Whether the words are a good part of the title; two letters at least."""
    return len(where) >= 2 and (where in zh or where == en.lower() or zh in where)
