"""A self-assessment as people read it in a terminal: Chinese, or English on request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api.cli_assess_layout import Words, bullets, columns
from api.cli_assess_parts import PARTS
from api.cli_assess_words import GRADES, WORDS, Language
from selfassess.standard import Standard

_VERDICTS: dict[bool | None, tuple[str, str]] = {
    True: ("passed", "green"),
    False: ("failed", "red"),
    None: ("open", "cyan"),
}


def print_result(result: dict[str, Any], standard: Standard, language: Language) -> None:
    """Print a result: the verdict first, then what blocks it, what to do, what was assumed."""
    screen = Console(highlight=False)
    words = Words(standard, language)
    blocks: list[RenderableType] = [_verdict(result, words)]
    if result["items"]:
        blocks.append(_sections(result, words))
    blocks += [block for part in PARTS for block in part(result, words)]
    for block in blocks:
        screen.print(block)
        screen.print()


def _verdict(result: dict[str, Any], words: Words) -> Panel:
    outcome, rule, refused = result["outcome"], result["pass_rule"], result.get("refused")
    word, colour = ("refused", "yellow") if refused else _VERDICTS[outcome["passed"]]
    lines: list[RenderableType] = [Text(words.standard.title.read(words.language))]
    lines.append(Text(words.say(word), style=f"bold {colour}"))
    lines.append(bullets(outcome["reasons"]))
    if refused:
        lines.append(bullets([*refused["known"], refused["ask"]]))
    confirmed = words.say("confirmed" if rule["confirmed"] else "unconfirmed")
    lines.append(Text(words.tag("rule", f"{rule['source']}（{confirmed}）"), style="dim"))
    if outcome["total"] is not None:
        lines.append(Text(words.tag("total", f"{outcome['total']}（{words.say('for_information')}）"), style="dim"))
    heading = f"{words.standard.id} · {result['on']}"
    return Panel(Group(*lines), title=heading, title_align="left", border_style=colour)


def _sections(result: dict[str, Any], words: Words) -> Table:
    table = columns(words.say("section"), *(words.grade_name(grade) for grade in GRADES))
    given = {item["no"]: item["grade"] for item in result["items"]}
    for section in words.standard.sections:
        counts = {grade: sum(given[item.no] == grade for item in section.items) for grade in GRADES}
        cells = [Text(str(n), style=words.style(g)) if n else Text("·", style="dim") for g, n in counts.items()]
        table.add_row(section.title.read(words.language), *cells)
    totals = [Text(str(result["outcome"]["counts"][grade]), style="bold") for grade in GRADES]
    table.add_row(Text(words.say("all"), style="bold"), *totals)
    return table


def print_standards(standards: Iterable[Standard], language: Language) -> None:
    """The standards held: id, document, period, items; then what each is called."""
    screen = Console(highlight=False)
    headings = ("id", "document", "in_force_from", "in_force_to", "items", "bonus")
    table = columns(*(WORDS[word][language] for word in headings))
    names = Table.grid(padding=(0, 2))
    for standard in standards:
        first = str(standard.first_day) + ("*" if standard.effective_from == "unknown" else "")
        last = str(standard.effective_to or "—")
        bonus = sum(item.bonus for item in standard.items.values())
        table.add_row(standard.id, standard.document, first, last, str(len(standard.items)), str(bonus or "·"))
        names.add_row(standard.id, standard.title.read(language))
    for column in table.columns:
        column.no_wrap = True
    screen.print(table)
    screen.print(Text(WORDS["first_day_unknown"][language], style="dim"))
    screen.print()
    screen.print(names)
