"""What the finance form shows: the lines as typed or read from a statement, and the indicators they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from starlette.datastructures import FormData

from api.usecases.assess import Opened
from selfassess.applicability import limits_for
from selfassess.figure_names import LINES
from selfassess.figures import FinanceFigures, read_figures
from selfassess.finance import FinanceResult, grade_finances
from selfassess.indicators import calculate
from selfassess.logic import Holds, ThresholdCheck
from selfassess.metrics import name_of
from selfassess.numerals import Amount
from selfassess.statement import StatementReading
from selfassess.text import Text, text
from selfassess.wording import show_figure, show_limit
from web.assess.page import word

# What the form has no field for and keeps as it is.
KEPT = ("history", "average_total_assets", "erp_linked_and_balance_sheet_provided")


@dataclass(frozen=True)
class Check:
    """One limit: what is compared, the figure, the limit, and whether it is kept."""

    name: Text
    figure: Text | None
    limit: Text
    holds: Holds


@dataclass(frozen=True)
class Calculated:
    """One finance item: its limits with their figures, and the formulas."""

    result: FinanceResult
    title: Text
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Fields:
    """What stands in the form; ``places`` says where in a statement a line was found."""

    values: Mapping[str, str]
    unit: str
    opinion: str
    places: Mapping[str, str]


def typed_figures(form: FormData, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form says, with what it has no field for kept from before."""
    content: dict[str, Any] = {name: word(form, name, 60).strip() for name in LINES}
    content["unit"] = word(form, "unit", 10)
    content["audit_opinion"] = word(form, "audit_opinion", 20)
    kept = {name: value for name, value in before.items() if name in KEPT}
    stated = {name: str(float(share)) for name, share in _read(before).stated.items()}
    return kept | stated | {name: value for name, value in content.items() if value}


def fields_of(content: Mapping[str, Any]) -> Fields:
    """Return stored figures as fields; amounts of different units are written in 元."""
    figures = _read(content)
    amounts = figures.amounts
    units = {amount.unit for amount in amounts.values()}
    one = units.pop() if len(units) == 1 else None
    unit = one or ("" if units == {None} or not amounts else "元" if units - {None} else "")
    values = {
        line: written(amount, keep_unit=one is not None or amount.unit is None) for line, amount in amounts.items()
    }
    return Fields(values, unit, figures.audit_opinion or "", {})


def fields_typed(form: FormData) -> Fields:
    """Return what was typed, to be shown again beside a problem."""
    values = {name: word(form, name, 60) for name in LINES}
    return Fields(values, word(form, "unit", 10), word(form, "audit_opinion", 20), {})


def fields_found(reading: StatementReading) -> Fields:
    """Return what a statement says, to be looked at before it is stored."""
    units = {found.amount.unit for found in reading.found}
    one = units.pop() if len(units) == 1 else None
    values = {found.line: written(found.amount, keep_unit=one is not None) for found in reading.found}
    places = {found.line: found.place for found in reading.found}
    return Fields(values, one or ("元" if reading.found else ""), reading.figures.audit_opinion or "", places)


def written(amount: Amount, *, keep_unit: bool) -> str:
    """Return a number as it is typed: in its own unit, or in 元."""
    number = amount.number if keep_unit else amount.yuan
    return _decimal(number)


def calculated(opened: Opened) -> tuple[Calculated, ...]:
    """Return the finance items with their limits and figures; nothing where no figures are given."""
    figures = opened.situation.figures
    if figures is None:
        return ()
    results = grade_finances(opened.standard, figures, opened.profile.production)
    return tuple(_item(opened, one) for one in results)


def formulas(opened: Opened) -> tuple[tuple[Text, tuple[Text, ...], str], ...]:
    """Return each ratio with its formula, the lines it needs and its value."""
    figures = opened.situation.figures
    if figures is None:
        return ()
    return tuple(
        (one.formula, tuple(LINES[line] for line in one.inputs if line in LINES), _value(one.value))
        for one in calculate(figures).values()
        if len(one.inputs) > 1
    )


def _item(opened: Opened, result: FinanceResult) -> Calculated:
    item = opened.standard.items[result.no]
    concerned = {one.id for one in limits_for(item, opened.profile, opened.row.day)}
    # Of several kinds something can be of, such as audit opinions, only the one it is.
    shown = (one for one in result.judgement.checks if one.threshold.unit != "category" or one.holds is not Holds.NO)
    checks = tuple(_check(one) for one in shown if one.threshold.id in concerned)
    return Calculated(result, item.title, checks)


def _check(one: ThresholdCheck) -> Check:
    threshold = one.threshold
    name = name_of(threshold.metric) or threshold.formula or threshold.applies_to
    return Check(name, _figure(one), show_limit(threshold), one.holds)


def _figure(one: ThresholdCheck) -> Text | None:
    if one.figure is None:
        return None
    limit = one.threshold
    written = (show_figure(one.figure, limit.unit, limit.limit, language) for language in ("zh", "en"))
    return text(*written)


def _value(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.4g}"


def _read(content: Mapping[str, Any]) -> FinanceFigures:
    return read_figures(content) if content else FinanceFigures()


def _decimal(number: Fraction) -> str:
    whole = f"{number.numerator / number.denominator:.6f}" if number.denominator != 1 else str(number.numerator)
    return whole.rstrip("0").rstrip(".") if "." in whole else whole
