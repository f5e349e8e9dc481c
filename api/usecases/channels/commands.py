"""Words and menu keys that mean something else than a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.auth.codes import ALPHABET


class Wish(StrEnum):
    """What a message asks for."""

    HELP = "help"
    BIND = "bind"
    UNBIND = "unbind"
    STATUS = "status"
    PERSON = "person"
    ENOUGH = "enough"  # no person is needed any more
    VISIT = "visit"
    CHOOSE = "choose"
    PROVES = "proves"  # which item the file sent last is evidence of
    MY_ENTERPRISES = "my_enterprises"
    LOOK_UP = "look_up"
    TO_DO = "to_do"
    TAKE_OVER = "take_over"
    REPLY = "reply"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Command:
    """A wish and what it is about."""

    wish: Wish
    about: str = ""
    rest: str = ""


CODE_LETTERS = 10
_CODE = rf"[{ALPHABET}]{{5}}[- ]?[{ALPHABET}]{{5}}"
# A menu of ours sends these keys; an older menu may send others, which are answered with help.
MENU_KEYS: Mapping[str, Wish] = {
    "help": Wish.HELP,
    "status": Wish.STATUS,
    "person": Wish.PERSON,
    "visit": Wish.VISIT,
    "bind": Wish.BIND,
    "to_do": Wish.TO_DO,
    "my_enterprises": Wish.MY_ENTERPRISES,
}
_FOR_ALL: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (Wish.HELP, re.compile(r"帮助|菜单|使用说明|help|menu|[?？]", re.I)),
    (Wish.UNBIND, re.compile(r"(解绑|解除绑定|取消绑定|unbind)", re.I)),
    (Wish.BIND, re.compile(rf"(?:(?:绑定|bind)\s*[:：]?\s*(?P<about>{_CODE})?|(?P<alone>{_CODE}))", re.I)),
    (Wish.PERSON, re.compile(r"(?:转|找|要)?(?:人工|协调员|真人)(?:客服|服务)?|human|talk to a person", re.I)),
    (Wish.ENOUGH, re.compile(r"结束人工|不用人工了?|end human", re.I)),
)
_ENTERPRISE: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (Wish.STATUS, re.compile(r"(?:我的|本企业|我们企业的?)?(?:信用)?(?:状态|状况|等级|信用)|my status", re.I)),
    (
        Wish.VISIT,
        re.compile(r"预约(?:体验中心|参观|体验)?(?P<rest>(?:[\s:：，,]).*|)|book a visit(?P<more>.*)", re.I | re.S),
    ),
    (
        Wish.PROVES,
        re.compile(r"材料\s*(?:第\s*)?(?P<about>\d[\w.\-]{0,9}?)\s*项?|evidence (?P<alone>\d[\w.\-]{0,9})", re.I),
    ),
    (Wish.CHOOSE, re.compile(r"切换企业\s*(?P<about>\S.*)?", re.I)),
)  # fmt: skip
_STAFF: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (Wish.MY_ENTERPRISES, re.compile(r"我的企业|my enterprises", re.I)),
    (Wish.TO_DO, re.compile(r"待办|to ?do", re.I)),
    (Wish.LOOK_UP, re.compile(r"查(?:询|一下|找)?\s*(?P<about>\S[^·]*?)(?:\s*·\s*(?P<rest>\S+))?", re.I)),
    (Wish.TAKE_OVER, re.compile(r"(?:接手|接入|take)\s*(?P<about>[0-9a-f]{6})(?:\s.*)?", re.I | re.S)),
    (Wish.FINISH, re.compile(r"(?:结束|finish)\s*(?P<about>[0-9a-f]{6})?(?:\s.*)?", re.I)),
    (Wish.REPLY, re.compile(r"(?:回复|reply)\s*(?P<about>[0-9a-f]{6})?[\s:：]*(?P<rest>\S.*)", re.I | re.S)),
)


_PASSED_ON = frozenset({Wish.REPLY, Wish.VISIT})


def read_command(text: str, *, enterprise: bool = False, staff: bool = False) -> Command | None:
    """Return what a message asks for, or None for a question. Only a whole message is a command."""
    typed = unicodedata.normalize("NFKC", text).strip().rstrip("。.!！")
    table = (*_FOR_ALL, *(_ENTERPRISE if enterprise else ()), *(_STAFF if staff else ()))
    for wish, pattern in table:
        # What is passed on to somebody stays as it was written.
        found = pattern.fullmatch(text.strip() if wish in _PASSED_ON else typed)
        if found:
            groups = found.groupdict()
            about = groups.get("about") or groups.get("alone") or ""
            return Command(wish, about.strip(), (groups.get("rest") or groups.get("more") or "").strip(" :：,，"))
    return None


def read_menu(key: str) -> Command:
    """Return what a click on a menu asks for; an unknown key asks for help."""
    return Command(MENU_KEYS.get(key, Wish.HELP))
