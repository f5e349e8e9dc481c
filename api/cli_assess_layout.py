"""How `assess` lays words out on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli_assess_words import GRADES, WORDS, Language
from selfassess.standard import Standard

_STYLES = {
    "met": "green",
    "partly_met": "yellow",
    "not_met": "bold red",
    "not_applicable": "dim",
    "unanswered": "cyan",
}


@dataclass(frozen=True)
class Words:
    """The words of one language, and the titles of one standard."""

    standard: Standard
    language: Language

    def say(self, word: str, **values: object) -> str:
        """A fixed word."""
        return WORDS[word][self.language].format(**values)

    def tag(self, word: str, said: str) -> str:
        """A fixed word as a label in front of something."""
        return f"{self.say(word)}：{said}" if self.language == "zh" else f"{self.say(word)}: {said}"

    def values(self, shown: Iterable[Any]) -> str:
        """Values with their labels."""
        colon, stop = ("：", "；") if self.language == "zh" else (": ", "; ")
        return stop.join(f"{value['label']}{colon}{value['value']}" for value in shown)

    def title(self, no: str) -> str:
        """What an item is called."""
        return self.standard.items[no].title.read(self.language)

    def grade_name(self, grade: str) -> str:
        """A grade as a word."""
        return GRADES[grade][self.language]

    def style(self, grade: str) -> str:
        """The colour of a grade."""
        return _STYLES[grade]

    def grade(self, grade: str) -> Text:
        """A grade in its colour."""
        return Text(self.grade_name(grade), style=self.style(grade))

    def in_order(self, numbers: Iterable[str]) -> str:
        """Item numbers in the order of the standard."""
        wanted = set(numbers)
        return self.joined(no for no in self.standard.items if no in wanted)

    def joined(self, parts: Iterable[str]) -> str:
        """Words side by side."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def heading(self, word: str, count: int) -> Text:
        """The heading of a part with how many there are."""
        return Text(f"{self.say(word)} {count}", style="bold")


def entry(heading: Text, *lines: Text) -> Group:
    """A heading with indented lines below."""
    return Group(heading, *(Padding(line, (0, 0, 0, 3)) for line in lines if line.plain))


def bullets(lines: Iterable[str], mark: str = "·", style: str = "") -> Table:
    """Lines with a mark in front; wrapped text stays behind the mark."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in lines:
        grid.add_row(Text(mark, style=style), Text(line, style=style))
    return grid


def columns(*headings: str) -> Table:
    """A table without lines."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def listed(label: str, numbers: str) -> RenderableType:
    """A label, and item numbers below."""
    return entry(Text(label, style="bold"), Text(numbers))


def sources(found: Iterable[Any]) -> str:
    """Table, rows and time of each source; a long list of rows is cut."""
    return "；".join(f"{source['table']} {_rows(source['rows'])}({source['as_of'][:10]})" for source in found)


def _rows(rows: list[str]) -> str:
    if not rows:
        return ""
    return f"{'、'.join(rows[:4])}{'…' if len(rows) > 4 else ''} "
