"""Conduct found by Customs, orders and undertakings, registration changes, crimes, foreign notifications."""

from __future__ import annotations

from typing import Any

from selfassess.facts import Obligation, Occurrence, Table
from selfassess.grades import Grade
from selfassess.logic import Figures
from selfassess.rules.reading import (
    COUNT,
    Case,
    Reading,
    RecordNotRead,
    Shown,
    count_reading,
    source,
)
from selfassess.text import text

_ONLY_FAILURE = frozenset({Grade.NOT_MET})
_NOTHING = frozenset[Grade]()


def customs_findings(case: Case) -> Reading:
    """Findings of the kinds the item names: a lead only, the judgement is Customs' own.

    Source: advanced-2026 items 28 to 32 and 36 and their counterparts, single-business-2026 SP5 and SP10,
    general-2022-106 items 21 to 25 and 29.
    """
    kinds = case.parameters("kinds")
    found: list[tuple[Table[Any], list[Occurrence]]] = []
    for key in case.item.decided_by_records.keys:
        try:
            table = case.table(key)
        except RecordNotRead:
            continue
        found.append((table, [row for row in table.rows if row.kind in kinds and case.window.covers(row.on)]))
    if not found:
        raise RecordNotRead(case.item.decided_by_records.keys[0])
    count = sum(len(rows) for _, rows in found)
    return Reading(
        cases=({case.metric: count},),
        shown=(Shown(COUNT, str(count)),),
        sources=tuple(source(table, rows) for table, rows in found),
        proposes=_NOTHING,
        suggests=Grade.NOT_MET if count else None,
        still_needed=text("由海关认定，请如实说明", "Customs decides this; say how it is"),
    )


def rectification_orders(case: Case) -> Reading:
    """Ordered corrections or treatments missed in the window.

    Source: advanced-2026 items 33 and 34, certified-2026 items 31 and 32, general-2022-106 items 26 and 27.
    """
    table = case.table("customs_rectification_orders")
    rows = _missed(case, table, case.parameters("kinds"))
    needed = text("请确认没有其他责令事项", "confirm that there were no other orders")
    return count_reading(case, table, rows, COUNT, proposes=_ONLY_FAILURE, still_needed=None if rows else needed)


def undertakings(case: Case) -> Reading:
    """Written undertakings missed in the window, by the enterprise's own register: a lead.

    Source: advanced-2026 item 35, certified-2026 item 33.
    """
    table = case.table("undertakings_register")
    rows = _missed(case, table, None)
    return count_reading(
        case,
        table,
        rows,
        COUNT,
        proposes=_NOTHING,
        suggests=Grade.NOT_MET if rows else None,
        still_needed=text("请说明书面承诺的履行情况", "say how the written undertakings were honoured"),
    )


def registration_changes(case: Case) -> Reading:
    """Changes not filed by their day in the window: a lead, “not as prescribed” is for Customs to find.

    Source: advanced-2026 item 16, certified-2026 item 14.
    """
    table = case.table("registration_info")
    rows = _missed(case, table, ("registration_change",))
    return count_reading(
        case,
        table,
        rows,
        text("没有按期办理的变更", "changes not filed in time"),
        proposes=_NOTHING,
        suggests=Grade.NOT_MET if rows else None,
        still_needed=text(
            "请逐项核对海关备案信息与实际是否一致", "check the customs data against reality field by field"
        ),
    )


def _missed(case: Case, table: Table[Any], kinds: tuple[str, ...] | None) -> list[Obligation]:
    """Obligations that were overdue at some time in the window."""
    return [
        row
        for row in table.rows
        if (kinds is None or row.kind in kinds)
        and row.missed_on(case.window_end)
        and case.window.touches(row.due_on, row.done_on)
    ]


def criminal_cases(case: Case) -> Reading:
    """Convictions for intentional crimes in the window. None on record does not settle it.

    Source: advanced-2026 item 17, certified-2026 item 15, general-2022-106 item 15.
    """
    table = case.table("criminal_record_certificates")
    rows = [row for row in table.rows if row.kind == "intentional_crime" and case.window.covers(row.on)]
    needed = text("请提供无犯罪记录证明", "provide certificates of no criminal record")
    label = text("故意犯罪", "intentional crimes")
    return count_reading(case, table, rows, label, proposes=_ONLY_FAILURE, still_needed=None if rows else needed)


def registration_cancellations(case: Case) -> Reading:
    """Registrations cancelled for failed quarantine in the window (single-business-2026 SP11)."""
    table = case.table("registration_cancellations")
    rows = [row for row in table.rows if row.kind == "quarantine_failure" and case.window.covers(row.on)]
    return count_reading(case, table, rows, COUNT)


def foreign_notifications(case: Case) -> Reading:
    """Foreign notifications in the window; whose fault they were may be open.

    Source: single-business-2026 SP12, SP18, SP22, single-2022-106 items 6 and 7.
    """
    table = case.table("foreign_notifications")
    fields, severe = case.parameters("field"), bool(case.parameters("severe"))
    rows = [row for row in table.rows if row.field in fields and case.window.covers(row.notified_on)]
    rows = [row for row in rows if row.severe or not severe]
    own = sum(1 for row in rows if row.own_fault)
    unclear = sum(1 for row in rows if row.own_fault is None)
    cases: tuple[Figures, ...] = tuple({case.metric: count} for count in dict.fromkeys((own, own + unclear)))
    return Reading(
        cases=cases,
        shown=(
            Shown(text("企业自身原因的通报", "notifications for the enterprise's own fault"), str(own)),
            Shown(text("原因未定的通报", "notifications with open cause"), str(unclear)),
        ),
        sources=(source(table, rows),),
        proposes=_ONLY_FAILURE,
        still_needed=text(
            "通报多由海关转达，请补充自己收到的通报和原因",
            "notifications usually come through Customs; add those received otherwise, with their cause",
        ),
    )


def inspection_notices(case: Case) -> Reading:
    """How many inspection and verification notices there were: a lead (advanced-2026 and certified-2026 item 4)."""
    table = case.table("customs_inspection_notices")
    rows = [row for row in table.rows if row.on <= case.window_end]
    return Reading(
        shown=(Shown(text("稽查、核查通知书", "inspection and verification notices"), str(len(rows))),),
        sources=(source(table, rows),),
        still_needed=text("请说明配合和移交资料的情况", "say how the enterprise cooperated and what it handed over"),
    )


def matters_to_correct(case: Case) -> Reading:
    """What had to be corrected: penalties, orders, annual reports not filed. A lead, quality is for people.

    Source: advanced-2026 item 11, certified-2026 item 10, general-2022-106 item 12.
    """
    labels = {
        "annual_credit_report_status": text("未按期报送的信用年报", "annual credit reports not filed in time"),
        "customs_rectification_orders": text("海关责令、要求整改的事项", "rectifications ordered or asked for"),
        "customs_penalties": text("海关行政处罚", "customs penalties"),
    }
    shown, sources = [], []
    for key, label in labels.items():
        try:
            table = case.table(key)
        except RecordNotRead:
            continue
        rows = table.rows
        if key == "annual_credit_report_status":
            rows = tuple(row for row in rows if row.missed_on(case.window_end))
        shown.append(Shown(label, str(len(rows))))
        sources.append(source(table, rows))
    if not shown:
        raise RecordNotRead("customs_penalties")
    needed = text("请说明由谁牵头、怎样改进", "say who led the correction and what was improved")
    return Reading(shown=tuple(shown), sources=tuple(sources), still_needed=needed)
