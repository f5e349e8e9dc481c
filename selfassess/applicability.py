"""Which standard and which of its items concern an enterprise; a refusal where the standard is not held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from selfassess.item import Item
from selfassess.loader import find_standard, list_standards
from selfassess.logic import Figure, Holds, check, holds
from selfassess.profile import Profile
from selfassess.standard import Level, Section, Standard
from selfassess.text import Text, text
from selfassess.thresholds import Threshold


@dataclass(frozen=True)
class NotHeld:
    """No standard is held for this enterprise on this day: nothing is graded, and what is known is said."""

    code: str
    on: date
    reason: Text
    known: tuple[Text, ...]
    ask: Text = field(
        default_factory=lambda: text(
            "请查公告附件原文，或者咨询主管海关（12360）",
            "read the annexes of the announcement or ask the competent customs office (12360)",
        )
    )


@dataclass(frozen=True)
class Applicable:
    """The items of a standard that concern an enterprise: ``exempt`` are ruled out, ``unclear`` need a fact."""

    standard: Standard
    exempt: dict[str, Text]
    unclear: dict[str, Text]


@dataclass(frozen=True)
class StandardsFor:
    """The general standard of a level and, where the enterprise does such business, the single-business one."""

    general: Standard
    single: Standard | None
    note: Text | None = None


LEVELS = {
    "advanced_certified": text("高级认证企业", "advanced certified enterprise"),
    "certified": text("认证企业", "certified enterprise"),
}
TYPES = {
    "trader": text("进出口货物收发货人", "consignee or consignor"),
    "customs_broker": text("报关企业", "customs broker"),
}
_LEVEL_CERTIFIED_SINCE = date(2026, 4, 1)
_INHERENT: dict[str, frozenset[str]] = {"customs_broker": frozenset({"customs_brokerage"})}
"""Businesses an enterprise of a type does by its nature."""


def standards_for(level: Level, profile: Profile, on: date) -> StandardsFor | NotHeld:
    """The standards to assess this enterprise against on this day, or why none is held."""
    general = find_standard(level, "general", profile.enterprise_type, on)
    if general is None:
        return _not_held(level, profile, on)
    single = find_standard(level, "single", profile.enterprise_type, on)
    note = None
    if level == "certified":
        note = text(
            "认证企业是否另有单项标准尚未核实",
            "whether certified enterprises have single-business standards is not known",
        )
    return StandardsFor(general, single, note)


def applicable_items(standard: Standard, profile: Profile, on: date) -> Applicable | NotHeld:
    """The items of this standard that concern this enterprise; NotHeld if it is not for such an enterprise."""
    if profile.enterprise_type not in standard.enterprise_types:
        return _not_held(standard.level, profile, on)
    exempt: dict[str, Text] = {}
    unclear: dict[str, Text] = {}
    for section, _, item in standard.walk():
        reason = _not_concerned(standard, section, item, profile)
        if reason is not None:
            exempt[item.no] = reason
        elif standard.kind == "single" and profile.businesses is None:
            unclear[item.no] = text(
                f"请说明是否从事{section.title.zh}",
                f"say whether the enterprise does this business: {section.title.en}",
            )
        elif not profile.type_known and set(item.enterprise_types) != set(standard.enterprise_types):
            whom = TYPES[item.enterprise_types[0]]
            unclear[item.no] = text(f"请说明是不是{whom.zh}", f"say whether the enterprise is a {whom.en}")
    return Applicable(standard, exempt, unclear)


def limits_for(item: Item, profile: Profile, on: date) -> tuple[Threshold, ...]:
    """The limits of an item that concern this enterprise: by production type, and applicant or already certified."""
    known = profile_figures(profile, on)
    return tuple(threshold for threshold in item.thresholds if check(threshold, known) is not Holds.NOT_CONCERNED)


def notes_for(item: Item, profile: Profile, on: date) -> tuple[Text, ...]:
    """What the item asks of this enterprise in particular: by age, and applicant or already certified."""
    known = profile_figures(profile, on)
    return tuple(entry.text for entry in item.for_profile if holds(entry.condition, known) is Holds.YES)


def profile_figures(profile: Profile, on: date) -> dict[str, Figure]:
    """The profile as figures that conditions compare; what was not said is left out."""
    given: dict[str, Figure | None] = {
        "production_enterprise": profile.production,
        "already_certified": profile.stage == "under_review",
        "under_one_year_old": profile.is_younger_than_a_year(on),
    }
    return {name: figure for name, figure in given.items() if figure is not None}


def _not_concerned(standard: Standard, section: Section, item: Item, profile: Profile) -> Text | None:
    if not profile.may_concern(item.enterprise_types):
        whom = TYPES[item.enterprise_types[0]]
        return text(f"本项只适用于{whom.zh}", f"this item is for a {whom.en} only")
    if standard.kind == "general" or profile.businesses is None:
        return None
    done = profile.businesses.union(*(_INHERENT.get(kind, frozenset()) for kind in profile.types))
    if section.id in done:
        return None
    return text(f"企业不从事{section.title.zh}", f"the enterprise does not do this business: {section.title.en}")


def _not_held(level: Level, profile: Profile, on: date) -> NotHeld:
    if level == "certified" and on < _LEVEL_CERTIFIED_SINCE:
        no_such_level = text(
            "2026年4月1日以前没有“认证企业”这一等级",
            "the level of certified enterprise did not exist before 1 April 2026",
        )
        return NotHeld("level_unknown_then", on, no_such_level, ())
    if on < min(standard.first_day for standard in list_standards()):
        too_early = text("这一天适用的认证标准没有收录", "the standard that applied on this day is not held")
        earliest = text(
            "收录的最早标准是海关总署公告2022年第106号",
            "the earliest standard held is Announcement 2022 No. 106",
        )
        return NotHeld("standard_not_held", on, too_early, (earliest,))
    level_name, type_name = LEVELS[level], TYPES[profile.enterprise_type]
    reason = text(
        f"{level_name.zh}标准中适用于{type_name.zh}的通用标准没有收录，不能用其他类型的标准代替评定",
        f"the general standard for a {type_name.en} at the level of {level_name.en} is not held, "
        "and a standard for another type is not used in its place",
    )
    return NotHeld("standard_not_held", on, reason, tuple(_known_for_brokers(level, on)))


def _known_for_brokers(level: Level, on: date) -> Iterator[Text]:
    yield text(
        "据二手资料，2026年标准把通用标准分为进出口货物收发货人和报关企业两类",
        "according to secondary sources, the 2026 general standards are split into consignees and consignors, "
        "and customs brokers",
    )
    single = find_standard(level, "single", "customs_broker", on)
    if single is not None:
        own = [item.no for item in single.items.values() if item.enterprise_types == ("customs_broker",)]
        yield text(
            f"单项标准中写给报关企业的是{'、'.join(own)}，可以单独对照",
            f"single-business items addressed to brokers are {', '.join(own)}; they can be checked alone",
        )
    yield text(
        "2022年第106号的通用标准和代理报关单项标准适用到2026年3月31日，现在只能作为旧规参考",
        "the general standard and the brokerage items of 2022 No. 106 applied until 31 March 2026 and are old law now",
    )
