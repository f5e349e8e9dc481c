"""What was read from an uploaded statement, as a table or as JSON for an answers file."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli_assess_words import WORDS, Language
from selfassess.figure_names import INDICATORS, LINES, SHARES
from selfassess.finance_prefill import indicator_label
from selfassess.indicators import calculate
from selfassess.numerals import Amount
from selfassess.statement import StatementReading
from selfassess.wording import show_figure


def print_statement(reading: StatementReading, language: Language, as_json: bool) -> None:
    """Print the lines found with their place, the indicators, and what is unclear."""
    if as_json:
        typer.echo(json.dumps(_as_json(reading, language), ensure_ascii=False, indent=2))
        return
    screen = Console(highlight=False)
    screen.print(_lines(reading, language))
    screen.print()
    screen.print(_indicators(reading, language))
    for problem in reading.problems:
        screen.print(f"! {problem.place}：{problem.message.read(language)}", markup=False)


def _lines(reading: StatementReading, language: Language) -> Table:
    table = _table(language, "line", "amount", "place")
    for found in reading.found:
        unit = found.amount.unit or ""
        table.add_row(LINES[found.line].read(language), f"{show_figure(found.amount.number, 'CNY')}{unit}", found.place)
    for line in reading.missing:
        table.add_row(LINES[line].read(language), "—", "")
    return table


def _indicators(reading: StatementReading, language: Language) -> Table:
    table = _table(language, "indicator", "formula", "result")
    for name, indicator in calculate(reading.figures).items():
        unit = "%" if name in SHARES else "ratio" if name in INDICATORS else "CNY"
        problem = "" if indicator.problem is None else indicator.problem.message.read(language)
        result = problem if indicator.value is None else show_figure(indicator.value, unit)
        table.add_row(indicator_label(name).read(language), indicator.formula.read(language), result)
    return table


def _table(language: Language, *words: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for word in words:
        table.add_column(WORDS[word][language], overflow="fold")
    return table


def _as_json(reading: StatementReading, language: Language) -> dict[str, Any]:
    figures = reading.figures
    return {
        "finance": {
            **({"audit_opinion": figures.audit_opinion} if figures.audit_opinion else {}),
            **{line: _amount(amount) for line, amount in figures.amounts.items()},
        },
        "missing": list(reading.missing),
        "problems": [
            {"code": problem.code, "place": problem.place, "text": problem.message.read(language)}
            for problem in reading.problems
        ],
    }


def _amount(amount: Amount) -> str | int | float:
    number: Fraction = amount.number
    plain = int(number) if number.denominator == 1 else float(number)
    return f"{plain}{amount.unit}" if amount.unit else plain
