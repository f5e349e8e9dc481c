"""Which lines and ratios of the statements a free-text reply gives: 资产负债率60%, 货币资金500万."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from selfassess.figure_names import SHARES
from selfassess.metrics import METRICS
from selfassess.replies import words
from selfassess.replies.characters import simplified
from selfassess.replies.names import names_of
from selfassess.replies.numbers import Spoken, even, numbers_in


def statement_figures_in(written: str, awaiting: str | None = None) -> dict[str, str]:
    """The figures as `figures.read_figures` reads them; a bare number is the one ``awaiting`` an answer.

    An amount keeps its unit where it was written with one, so that mixed units stay visible.
    """
    plain = even(simplified(written.strip()[:1000]))
    if words.QUESTION.search(plain):
        return {}
    names, numbers = list(names_of(plain)), list(numbers_in(plain))
    found: dict[str, str] = {}
    for place, (metric, _, end) in enumerate(names):
        until = names[place + 1][1] if place + 1 < len(names) else len(plain)
        number = next((candidate for candidate in numbers if end <= candidate.start < until), None)
        if number is not None and number.mark != "times":
            found[metric] = _as_written(metric, number)
    if not found and not names and awaiting is not None and len(numbers) == 1 and numbers[0].mark != "times":
        found[awaiting] = _as_written(awaiting, numbers[0])
    return found


def _as_written(metric: str, number: Spoken) -> str:
    if METRICS[metric].kind == "amount":
        return _decimal(number.value) + ("元" if number.scaled or number.mark == "yuan" else "")
    if metric not in SHARES:
        return _decimal(number.value)
    percent = number.mark == "share" or abs(number.value) <= 1
    return _decimal(number.value * (100 if percent else 1)) + "%"


def _decimal(value: Fraction) -> str:
    with localcontext() as context:
        context.prec = 60
        return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
