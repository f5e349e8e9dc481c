"""Brokers, principals, partners, branches, investors and the other firms of related persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from selfassess.facts import Party, Table
from selfassess.grades import Grade
from selfassess.logic import NOT_COMPUTABLE, Figure
from selfassess.rules.reading import Case, Reading, Shown, count_reading, source
from selfassess.text import Text, text

DISCREDITED = frozenset({"discredited", "seriously_discredited"})
"""失信企业 and 严重失信企业."""
AEO = frozenset({"advanced_certified", "certified"})
"""高级认证企业 and 认证企业."""
_LINKED_IN_WINDOW = text(
    "按委托期间的等级比对；以哪一天的等级为准，标准没有写明",
    "compared with the level during the entrustment; the standard does not say which day counts",
)


def posts_held_elsewhere(case: Case) -> Reading:
    """The posts related persons hold elsewhere, as far as public; whether Customs was told is for people.

    Source: advanced-2026 and certified-2026 item 1.
    """
    table = case.table("related_person_positions")
    rows = [row for row in table.rows if _linked(row, case)]
    return Reading(
        shown=(Shown(text("查到的在外任职", "posts found elsewhere"), str(len(rows))),),
        sources=(source(table, rows),),
        still_needed=text(
            "请补充没有公开的任职，并说明是否已告知海关",
            "add posts that are not public, and say whether Customs was told",
        ),
    )


def firms_of_related_persons(case: Case) -> Reading:
    """Firms of related persons rated discredited now. None found does not settle it: the list must be declared.

    Source: advanced-2026 item 37, certified-2026 item 35.
    """
    table = case.table("credit_level_related_firms")
    return count_reading(
        case,
        table,
        _discredited_now(case, table),
        text("失信的任职企业", "discredited firms of related persons"),
        proposes=frozenset({Grade.NOT_MET}),
        still_needed=text("请确认任职企业清单完整", "confirm that the list of firms is complete"),
    )


def branches(case: Case) -> Reading:
    """Branches, the enterprise a branch belongs to and sibling branches rated discredited now.

    Source: advanced-2026 item 38, certified-2026 item 36.
    """
    table = case.table("credit_level_branches")
    label = text("失信的分支机构或者所属企业", "discredited branches or parent")
    return count_reading(case, table, _discredited_now(case, table), label)


def investors(case: Case) -> Reading:
    """Registered investors rated discredited now. Source: advanced-2026 item 39, certified-2026 item 37."""
    table = case.table("credit_level_shareholders")
    return count_reading(case, table, _discredited_now(case, table), text("失信的出资人", "discredited investors"))


def brokers_used(case: Case) -> Reading:
    """Brokers rated discredited while entrusted. Source: advanced-2026 item 25, certified-2026 item 23."""
    return _discredited_in_window(case, "credit_level_brokers", text("失信的报关企业", "discredited brokers"))


def principals_served(case: Case) -> Reading:
    """Principals rated discredited while served. Source: advanced-2026 item 26, certified-2026 item 24."""
    return _discredited_in_window(case, "credit_level_principals", text("失信的委托单位", "discredited principals"))


def partners(case: Case) -> Reading:
    """Partners rated discredited now: a lead. Whether they were watched and acted on is for people.

    Source: advanced-2026 item 66, certified-2026 item 54.
    """
    table = case.table("credit_level_partners")
    rows = _discredited_now(case, table)
    asked = text(
        "请说明对失信伙伴是否动态关注、采取了什么措施",
        "say whether the discredited partners are watched and what was done",
    )
    general = text("请说明签约前审核和动态关注的做法", "describe the review before signing and the watching")
    return Reading(
        shown=(Shown(text("失信的商业伙伴", "discredited partners"), str(len(rows))),),
        sources=(source(table, rows),),
        still_needed=asked if rows else general,
    )


def brokers_all_aeo(case: Case) -> Reading:
    """The share of the brokers used in the window that were AEO throughout.

    Source: advanced-2026 item 73, certified-2026 item 61.
    """
    table = case.table("credit_level_brokers")
    used = [row for row in table.rows if _linked(row, case)]
    aeo = [row for row in used if _aeo_throughout(row, case)]
    figure: Figure = Fraction(len(aeo), len(used)) if used else NOT_COMPUTABLE
    shown = (
        Shown(text("期间内委托的报关企业", "brokers used in the window"), str(len(used))),
        Shown(text("其中高级认证或认证企业", "of them advanced certified or certified"), str(len(aeo))),
    )
    nobody = text("期间内没有委托报关企业，本项是否适用请确认", "no broker was used; confirm whether the item applies")
    return Reading(
        cases=({case.metric: figure},),
        shown=shown,
        sources=(source(table, used),),
        proposes=frozenset(Grade) if used else frozenset(),
        still_needed=None if used else nobody,
        direction="both",
    )


def _discredited_now(case: Case, table: Table[Any]) -> list[Party]:
    return _with_level(case, table, case.window_end, lambda level: level in DISCREDITED)


def _discredited_in_window(case: Case, key: str, label: Text) -> Reading:
    table = case.table(key)
    rows = _with_level(case, table, case.window.start, lambda level: level in DISCREDITED)
    return count_reading(case, table, rows, label, remarks=(_LINKED_IN_WINDOW,) if rows else ())


def _with_level(case: Case, table: Table[Any], first: date, wanted: Callable[[str], bool]) -> list[Party]:
    return [row for row in table.rows if any(wanted(held.level) for held in row.levels_between(first, case.window_end))]


def _linked(row: Party, case: Case) -> bool:
    return case.window.touches(row.from_day, row.to_day)


def _aeo_throughout(row: Party, case: Case) -> bool:
    """Whether every level held during the entrustment in the window is an AEO level, without a gap."""
    first = max(case.window.start, row.from_day)
    last = min(case.window_end, row.to_day or date.max)
    held = sorted(row.levels_between(first, last), key=lambda period: period.from_day)
    day = first
    for period in held:
        if period.level not in AEO or period.from_day > day:
            return False
        day = max(day, (period.to_day or date.max))
        if day >= last:
            return True
        day = day.fromordinal(day.toordinal() + 1)
    return False
