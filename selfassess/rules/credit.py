"""Lists and ratings: abnormal list, Credit China, public rating, national lists, status of the enterprise."""

from __future__ import annotations

from datetime import date

from selfassess.facts import CreditEntry
from selfassess.rules.reading import COUNT, Case, Reading, Shown, count_reading, source, yes_or_no
from selfassess.text import text


def abnormal_listing(case: Case) -> Reading:
    """Days on the abnormal credit-information list in the window.

    Source: advanced-2026 item 27, certified-2026 item 25.
    """
    return _listed_in_window(case, "abnormal_list")


def bad_record_list(case: Case) -> Reading:
    """Days on the imported-food bad-record list in the window.

    Source: single-business-2026 SP17, single-2022-106 item 8.
    """
    return _listed_in_window(case, "food_bad_record_list")


def _listed_in_window(case: Case, key: str) -> Reading:
    table = case.table(key)
    rows = [row for row in table.rows if case.window.touches(row.from_day, row.to_day)]
    return count_reading(case, table, rows, COUNT)


def national_lists(case: Case) -> Reading:
    """Whether the enterprise is on one of the national lists the item names.

    Source: advanced-2026 items 69 to 71, certified-2026 items 57 to 59.
    """
    table = case.table(case.item.decided_by_records.keys[0])
    lists = case.parameters("lists")
    rows = [row for row in table.rows if row.kind in lists and _on_list(case, row.from_day, row.to_day)]
    return count_reading(case, table, rows, text("在名单上", "entries on the lists"), direction="favourable")


def statistics_sample(case: Case) -> Reading:
    """Whether the enterprise is a statistics sample; Customs confirms the quality of its returns.

    Source: advanced-2026 item 72, certified-2026 item 60.
    """
    table = case.table("customs_stat_sample")
    rows = [r for r in table.rows if r.kind == "statistics_sample" and _on_list(case, r.from_day, r.to_day)]
    needed = text(
        "请说明填报是否真实、准确、完整、及时", "say whether the returns were true, accurate, complete and on time"
    )
    return Reading(
        shown=(yes_or_no(text("在样本名单上", "on the sample list"), bool(rows)),),
        sources=(source(table, rows),),
        still_needed=needed,
    )


def _on_list(case: Case, first: date, last: date | None) -> bool:
    return first <= case.window_end and (last is None or case.window_end <= last)


def business_status(case: Case) -> Reading:
    """Whether the enterprise is in dissolution or bankrupt, by its latest status.

    Source: advanced-2026 item 15, certified-2026 item 13.
    """
    table = case.table("business_status")
    known = [row for row in table.rows if row.since <= case.window_end]
    if not known:
        none = text("没有查到存续状态，请自行确认", "no status found; confirm it yourself")
        return Reading(sources=(source(table, []),), still_needed=none)
    latest = max(known, key=lambda row: row.since)
    value = bool(latest.in_dissolution_or_bankrupt)
    shown = (yes_or_no(text("解散或者破产", "dissolution or bankruptcy"), value),)
    return Reading(cases=({case.metric: value},), shown=shown, sources=(source(table, [latest]),))


def public_credit_rating(case: Case) -> Reading:
    """The latest national public credit rating. Source: advanced-2026 item 40, certified-2026 item 38."""
    table = case.table("public_credit_rating")
    known = [row for row in table.rows if row.rated_on <= case.window_end]
    if not known:
        none = text("没有评价结果，如何处理标准没有写明", "there is no rating; the standard does not say what follows")
        return Reading(sources=(source(table, []),), still_needed=none)
    latest = max(known, key=lambda row: row.rated_on)
    shown = (Shown(text("评价结果", "rating"), latest.letter),)
    return Reading(cases=({case.metric: latest.letter},), shown=shown, sources=(source(table, [latest]),))


def credit_china_entries(case: Case) -> Reading:
    """Serious-discredit entries under publication for the subjects the item names.

    Source: advanced-2026 items 41 and 42, certified-2026 items 39 and 40.
    """
    return _published(case, "serious_discredit", case.parameters("subjects"))


def lowest_grade(case: Case) -> Reading:
    """Entries at the lowest grade of an authority. Source: advanced-2026 item 43, certified-2026 item 41."""
    return _published(case, "lowest_grade", ("enterprise", "investor"))


def _published(case: Case, kind: str, subjects: tuple[str, ...]) -> Reading:
    table = case.table("creditchina")
    rows = [
        row
        for row in table.rows
        if row.kind == kind and row.subject in subjects and _on_list(case, row.published_from, row.published_to)
    ]
    return count_reading(case, table, rows, text("正在公示的信息", "entries under publication"))


def joint_sanctions(case: Case) -> Reading:
    """Joint-punishment listings of the enterprise or key persons in the window (general-2022-106 item 30)."""
    table = case.table("creditchina")
    rows: list[CreditEntry] = [
        row
        for row in table.rows
        if row.kind == "joint_sanction"
        and row.subject in ("enterprise", "related_person")
        and case.window.touches(row.published_from, row.published_to)
    ]
    return count_reading(case, table, rows, COUNT)
