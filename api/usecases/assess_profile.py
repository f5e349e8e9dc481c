"""What has to be known about the enterprise before the first item is asked, and how a reply says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.usecases.assess import Opened
from selfassess.errors import AssessmentError
from selfassess.profile_file import read_profile
from selfassess.text import Text, text

_PRODUCTION = text(
    "贵公司是生产型企业吗？有的限额按这个区分", "is the enterprise a manufacturer? some limits differ by it"
)
_TYPE = text(
    "贵公司是进出口货物收发货人，还是报关企业？标准按这个区分",
    "is the enterprise an importer or exporter, or a customs broker? the standards differ by it",
)
_TRADER = re.compile(
    r"(?:是|我们是)?(?:进出口(?:货物)?)?(?:收发货人|进出口(?:企业|公司)|外贸(?:企业|公司)|贸易(?:企业|公司)|生产(?:型)?企业)"
    r"|(?:an? )?(?:importer|exporter|importer or exporter|trader)"
)
_BROKER = re.compile(r"(?:是|我们是)?(?:代理)?报关(?:企业|行|公司)|(?:a )?(?:customs )?broker")
_BUSINESSES = text(
    "贵公司从事下面哪几类业务？可以一次说几类，例如：动植物检疫和商品检验",
    "which of these businesses does the enterprise do? several may be named at once",
)
_YES = re.compile(
    r"(?:是|对|嗯|我们是)?(?:一家)?(?:生产型|生产|制造|工厂|是的?|对的?|yes|manufacturer|production)(?:型)?(?:企业)?(?:的)?"
)
_NO = re.compile(
    r"(?:不是|非|我们不是|不属于)(?:生产型?|制造)?(?:型)?(?:企业)?(?:的)?"
    r"|(?:贸易|商贸)(?:型|公司|企业)*|no|not a manufacturer|trading"
)


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """One question about the enterprise; ``key`` is the field of the profile it fills."""

    key: str
    ask: Text
    choices: tuple[Text, ...]


def next_profile_question(opened: Opened) -> ProfileQuestion | None:
    """The next thing to ask about the enterprise, or None."""
    profile, standard = opened.profile, opened.standard
    if not profile.type_known:
        types = (text("进出口货物收发货人", "importer or exporter"), text("报关企业", "customs broker"))
        return ProfileQuestion("enterprise_type", _TYPE, types)
    if standard.kind == "single" and profile.businesses is None:
        return ProfileQuestion("businesses", _BUSINESSES, tuple(section.title for section in standard.sections))
    if standard.kind == "general" and profile.production is None:
        choices = (text("生产型企业", "manufacturer"), text("非生产型企业", "not a manufacturer"))
        return ProfileQuestion("production", _PRODUCTION, choices)
    return None


def read_profile_reply(opened: Opened, question: ProfileQuestion, written: str) -> Mapping[str, Any] | None:
    """What a reply says about the enterprise, or None where it says something else."""
    plain = written.strip().strip("。.!！，, ").lower()
    if question.key == "enterprise_type":
        if _BROKER.fullmatch(plain):
            return {"enterprise_type": "customs_broker"}
        return {"enterprise_type": "trader"} if _TRADER.fullmatch(plain) else None
    if question.key == "production":
        if _NO.fullmatch(plain):
            return {"production": False}
        return {"production": True} if _YES.fullmatch(plain) else None
    names = [part for part in re.split(r"[、，,；;和及与\s]+|\band\b", plain) if part]
    named = [
        section.id
        for section in opened.standard.sections
        if any(_names(part, section.title.zh, section.title.en.lower(), section.id) for part in names)
    ]
    businesses = named or _as_written(names)
    return {"businesses": businesses} if businesses else None


def _names(part: str, zh: str, en: str, section: str) -> bool:
    return len(part) >= 2 and (part in zh or part == section or (len(part) > 3 and part in en))


def _as_written(names: list[str]) -> list[str]:
    try:
        return sorted(read_profile({"businesses": names}).businesses or ())
    except AssessmentError:
        return []
