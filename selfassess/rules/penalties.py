"""Customs penalties and overdue payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from selfassess.facts import DeclarationMonth, OverduePayment, Penalty
from selfassess.logic import Figure
from selfassess.rules.reading import (
    COUNT,
    Case,
    Reading,
    RecordNotRead,
    Shown,
    Source,
    count_reading,
    money,
    share,
    source,
)
from selfassess.text import Text, text

_NO_VALUE = text(
    "上年度进出口总值算不出来，不看万分之一的比例",
    "last year's trade value cannot be computed, so the 1/10,000 ratio is ignored",
)
_NO_DOCUMENTS = text(
    "上年度单证票数算不出来，不看比例", "last year's document count cannot be computed, so the ratio is ignored"
)
_ONLY_DECLARATIONS = text(
    "单证票数按报关单计，其他单证没有计入", "documents are counted as declarations; other documents are not included"
)


def penalty_limits(case: Case) -> Reading:
    """Largest penalty, number and sum of the penalties in the window, against last year's trade.

    Source: advanced-2026 items 18 and 19, certified-2026 items 16 and 17, general-2022-106 items 16 and 17,
    single-2022-106 item 10.
    """
    table = case.table("customs_penalties")
    rows: list[Penalty] = [row for row in table.rows if case.window.covers(row.decided_on)]
    amounts = [row.amount for row in rows]
    largest, total = max(amounts, default=Decimal(0)), sum(amounts, Decimal(0))
    violations = sum(row.violations for row in rows)
    figures: dict[str, Figure] = {
        "single_customs_penalty_amount": Fraction(largest),
        "customs_penalty_count": len(rows),
        "violation_count": violations,
        "customs_penalty_sum": Fraction(total),
    }
    yearly, year_source, remarks = _yearly(case, figures)
    values = {
        "customs_penalty_count": Shown(text("处罚次数", "number of penalties"), str(len(rows))),
        "violation_count": Shown(text("违法次数", "number of violations"), str(violations)),
        "single_customs_penalty_amount": money(text("单次最高金额", "largest penalty"), largest),
        "customs_penalty_sum": money(text("累计金额", "sum of penalties"), total),
    }
    shown = [value for name, value in values.items() if name in _wanted(case)]
    return Reading(
        cases=(figures,), shown=(*shown, *yearly), sources=(source(table, rows), *year_source), remarks=remarks
    )


def _wanted(case: Case) -> set[str]:
    """The figures the item's thresholds ask for; a count and its violations go together."""
    wanted = {threshold.metric for threshold in case.item.thresholds}
    wanted |= {threshold.alternative.metric for threshold in case.item.thresholds if threshold.alternative}
    return wanted | ({"violation_count"} if "violations_to_previous_year_documents" in wanted else set())


def _yearly(case: Case, figures: dict[str, Figure]) -> tuple[list[Shown], list[Source], tuple[Text, ...]]:
    """Add the ratios to last year's trade value and documents, where the item asks for one."""
    ratios = {
        "single_penalty_to_previous_year_trade_value": ("single_customs_penalty_amount", "value"),
        "violations_to_previous_year_documents": ("violation_count", "documents"),
        "penalties_to_previous_year_documents": ("customs_penalty_count", "documents"),
    }
    shown: list[Shown] = []
    sources: list[Source] = []
    remarks: list[Text] = []
    for name in sorted(_wanted(case) & set(ratios)):
        part, whole_kind = ratios[name]
        try:
            months = previous_year_months(case)
        except RecordNotRead:
            continue
        whole = trade_value(months) if whole_kind == "value" else documents(months)
        top = figures[part]
        figures[name] = share(top, whole) if isinstance(top, int | Fraction) else 0
        sources.append(source(case.table("declaration_volume"), months))
        if whole_kind == "value":
            shown += [] if whole is None else [money(_year("进出口总值", "trade value", case), Decimal(whole))]
            remarks += [_NO_VALUE] if whole is None else []
        else:
            shown += [] if whole is None else [Shown(_year("单证票数", "documents", case), str(whole))]
            remarks.append(_NO_DOCUMENTS if whole is None else _ONLY_DECLARATIONS)
    return shown, sources, tuple(remarks)


def _year(zh: str, en: str, case: Case) -> Text:
    return text(f"{case.previous_year}年{zh}", f"{en} of {case.previous_year}")


def previous_year_months(case: Case) -> list[DeclarationMonth]:
    """The declaration months of the year before; raises RecordNotRead if the table starts later than that year."""
    table = case.table("declaration_volume")
    if table.complete_from is not None and table.complete_from > date(case.previous_year, 1, 1):
        raise RecordNotRead("declaration_volume")
    return [row for row in table.rows if row.month.year == case.previous_year]


def trade_value(months: Sequence[DeclarationMonth]) -> Decimal | None:
    """The year's import and export value; None unless it is known for every month recorded."""
    values = [month.trade_value for month in months if month.trade_value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(months) else None


def documents(months: Sequence[DeclarationMonth]) -> int | None:
    """The year's documents, counted as declarations where no wider count is held."""
    if not months:
        return None
    return sum(month.declarations if month.documents is None else month.documents for month in months)


def penalties_by_cause(case: Case) -> Reading:
    """Penalties in the window for the causes the item names.

    Source: advanced-2026 item 20, certified-2026 item 18, single-business-2026 SP2, SP6, SP9, SP13, SP16, SP19,
    general-2022-106 item 18.
    """
    table = case.table("customs_penalties")
    causes = set(case.parameters("causes"))
    rows = [row for row in table.rows if case.window.covers(row.decided_on) and causes & row.causes]
    return count_reading(case, table, rows, text("相关案由的处罚次数", "penalties for these causes"))


def overdue_payments(case: Case) -> Reading:
    """Payments overdue at some time in the window, leaving out agreed deferrals.

    Source: advanced-2026 item 22, certified-2026 item 20; general-2022-106 item 20 looks at the day itself.
    """
    table = case.table("overdue_payments")
    rows: list[OverduePayment] = [row for row in table.rows if _counts(case, row)]
    return count_reading(case, table, rows, COUNT)


def _counts(case: Case, row: OverduePayment) -> bool:
    if row.deferral_agreed or row.due_on >= case.window_end:
        return False
    if row.paid_on is None:
        return True
    return row.paid_on > row.due_on and case.window.touches(row.due_on, row.paid_on)
