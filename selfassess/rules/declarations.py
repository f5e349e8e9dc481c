"""Declarations, inspections, recovered tax and quarantine results.

Monthly tables: a month that is only partly inside the window may or may not have its cases inside, so
both possibilities are kept and a grade is proposed only where they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TypeVar

from selfassess.facts import DeclarationMonth, QuarantineMonth, TaxRecovery
from selfassess.grades import Grade
from selfassess.logic import Figure
from selfassess.rules.penalties import previous_year_months
from selfassess.rules.reading import Case, Reading, RecordNotRead, Shown, Source, money, share, source
from selfassess.text import text
from selfassess.window import Window

M = TypeVar("M", DeclarationMonth, QuarantineMonth)
_LARGE_RECOVERY = Decimal(100_000)
"""The single-case line of the recovered-tax items (advanced-2026 item 24, certified-2026 item 22)."""
_PARTLY_INSIDE = text(
    "按月统计，首尾月份只有一部分在期间内，结果可能不同，请按日核对",
    "counted by month; the first and last month are only partly inside the window and matter, so check by day",
)


def trade_activity(case: Case) -> Reading:
    """Whether there was a declaration in the window. None does not fail: related business also counts.

    Source: advanced-2026 item 21, certified-2026 item 19, general-2022-106 item 19.
    """
    table = case.table("declaration_volume")
    inside, edges = _split(table.rows, case.window)
    sure = sum(month.declarations for month in inside)
    perhaps = sure + sum(month.declarations for month in edges)
    needed = text(
        "期间内没有查到报关单：请说明是否有与海关直接有关的业务",
        "no declaration found in the window: say whether there was business directly linked to Customs",
    )
    return Reading(
        cases=tuple({case.metric: count} for count in dict.fromkeys((sure, perhaps))),
        shown=(Shown(text("报关单票数", "declarations"), _range(sure, perhaps)),),
        sources=(source(table, [*inside, *edges]),),
        proposes=frozenset({Grade.MET}),
        still_needed=needed if sure == 0 else None,
        direction="favourable",
    )


def inspection_findings(case: Case) -> Reading:
    """Inspected self-declared declarations, findings and high-quality findings.

    Source: advanced-2026 item 23, certified-2026 item 21. The rate is read as findings ÷ inspected.
    """
    table = case.table("inspection_results")
    inside, edges = _split(table.rows, case.window)
    low, high = _counts(inside), _counts([*inside, *edges])
    inspected = {low[0], high[0]} | {limit for limit in (50, 51) if low[0] <= limit <= high[0]}
    possible = product(sorted(inspected), {low[1:], high[1:]})
    cases = [_rates(count, found, best) for count, (found, best) in possible if count >= found]
    shown = (
        Shown(text("自理报关单检查票数", "self-declared declarations inspected"), _range(low[0], high[0])),
        Shown(text("查获票数", "with findings"), _range(low[1], high[1])),
        Shown(text("高质量查获票数", "with high-quality findings"), _range(low[2], high[2])),
    )
    remarks = (_PARTLY_INSIDE,) if low != high else ()
    rows = source(table, [*inside, *edges])
    return Reading(cases=tuple(cases), shown=shown, sources=(rows,), remarks=remarks, direction="both")


def _counts(months: Iterable[DeclarationMonth]) -> tuple[int, int, int]:
    listed = list(months)
    return (
        sum(month.inspected for month in listed),
        sum(month.found for month in listed),
        sum(month.high_quality_found for month in listed),
    )


def _rates(inspected: int, found: int, high_quality: int) -> dict[str, Figure]:
    return {
        "inspected_self_declared_declarations": inspected,
        "declarations_with_findings": found,
        "declarations_with_high_quality_findings": high_quality,
        "finding_rate": share(found, inspected),
        "high_quality_finding_rate": share(high_quality, inspected),
    }


def tax_recovery(case: Case) -> Reading:
    """Recovered tax in the window: sum, cases above CNY 100,000, and the share of last year's tax.

    Source: advanced-2026 item 24, certified-2026 item 22.
    """
    table = case.table("tax_recovery")
    rows: list[TaxRecovery] = [row for row in table.rows if case.window.covers(row.recovered_on)]
    total = sum((row.amount for row in rows), Decimal(0))
    large = sum(1 for row in rows if row.amount > _LARGE_RECOVERY)
    figures: dict[str, Figure] = {"recovered_tax_sum": Fraction(total), "recoveries_over_100000_count": large}
    shown = [
        money(text("追征税款累计", "recovered tax"), total),
        Shown(text("单次超过10万元的次数", "recoveries above CNY 100,000"), str(large)),
    ]
    sources = [source(table, rows)]
    tax, tax_source = _tax_paid(case)
    if tax is not None:
        figures["recovered_tax_to_previous_year_tax"] = share(total, tax)
        label = text(f"{case.previous_year}年总纳税额", f"tax paid in {case.previous_year}")
        shown.append(money(label, tax))
        sources.extend(tax_source)
    return Reading(cases=(figures,), shown=tuple(shown), sources=tuple(sources))


def _tax_paid(case: Case) -> tuple[Decimal | None, list[Source]]:
    try:
        months = previous_year_months(case)
    except RecordNotRead:
        return None, []
    paid = [month.tax_paid for month in months if month.tax_paid is not None]
    if not paid or len(paid) != len(months):
        return None, []
    return sum(paid, Decimal(0)), [source(case.table("declaration_volume"), months)]


def tax_element_signal(case: Case) -> Reading:
    """Recovered tax as a lead on the tax-element item; the judgement was Customs' own (2022 No. 114)."""
    table = case.table("tax_recovery")
    rows = [row for row in table.rows if case.window.covers(row.recovered_on)]
    total = sum((row.amount for row in rows), Decimal(0))
    return Reading(
        shown=(money(text("期间内追征税款", "tax recovered in the window"), total),),
        sources=(source(table, rows),),
        still_needed=text("请说明有没有被认定申报不规范", "say whether a declaration was found below standard"),
    )


def adverse_results(case: Case) -> Reading:
    """Adverse inspection and quarantine results in a field, and their share of inspected batches.

    Source: single-business-2026 SP3, SP4, SP7, SP8, SP14, SP15, SP20, SP21.
    """
    table = case.table("inspection_quarantine_results")
    fields, roles = case.parameters("field"), case.parameters("role")
    rows: list[QuarantineMonth] = [row for row in table.rows if row.field in fields and row.role in roles]
    inside, edges = _split(rows, case.window)
    sure = (sum(row.adverse_results for row in inside), sum(row.inspected_batches for row in inside))
    extra = (sum(row.adverse_results for row in edges), sum(row.inspected_batches for row in edges))
    possible = {sure, (sure[0], sure[1] + extra[1]), (sure[0] + extra[0], sure[1] + extra[0])}
    possible.add((sure[0] + extra[0], sure[1] + extra[1]))
    cases = tuple(
        {"adverse_inspection_results": adverse, "adverse_result_rate": share(adverse, batches)}
        for adverse, batches in sorted(possible)
    )
    shown = (
        Shown(text("不合格处置次数", "adverse results"), _range(sure[0], sure[0] + extra[0])),
        Shown(text("检查批次", "inspected batches"), _range(sure[1], sure[1] + extra[1])),
    )
    remarks = (_PARTLY_INSIDE,) if extra[0] else ()
    rows_used = source(table, [*inside, *edges])
    return Reading(cases=cases, shown=shown, sources=(rows_used,), remarks=remarks, direction="both")


def _split(rows: Sequence[M], window: Window) -> tuple[list[M], list[M]]:
    """The months wholly inside the window, and those only partly inside."""
    touching = [row for row in rows if window.touches(row.month, row.last_day)]
    inside = [row for row in touching if window.covers(row.month) and window.covers(row.last_day)]
    return inside, [row for row in touching if row not in inside]


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
