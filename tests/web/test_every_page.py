"""Every page of everybody: it opens, speaks one language throughout, and is light."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser

from assistant.answering import Assistant
from knowledge.models import Provision
from knowledge.text import traditional
from tests.every_page import Opened, Walk, walk, weight_of
from tests.staged import Stage, staged
from web.views import LANGUAGE_NAMES

CHINESE = re.compile(r"[\u3400-\u9fff]+")
RIGHT_IN_BOTH = "伙"
HEAVIEST = 150_000
OWN_WORDS = ("王芳", "李明", "陈静", "赵磊", "孙岚", "制度已经修订，正在培训。", *LANGUAGE_NAMES.values())


@pytest.fixture(scope="module")
def stage(
    tmp_path_factory: pytest.TempPathFactory, quick_assistant: Assistant, provisions: list[Provision]
) -> Iterator[Stage]:
    """People at work."""
    with staged(quick_assistant, provisions, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def walked(stage: Stage) -> Walk:
    """Every page in Simplified Chinese."""
    return walk(stage)


@pytest.fixture(scope="module")
def quoted(stage: Stage) -> re.Pattern[str]:
    """What stands in the records and was typed by people: it is quoted as it is, in any language."""
    words = {word for text in (*texts_of(stage.sample), *OWN_WORDS) for word in CHINESE.findall(text)}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def texts_of(sample: Path) -> set[str]:
    """Every text of a database."""
    with sqlite3.connect(sample) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608
        found = {value for row in rows for value in row if isinstance(value, str)}
    connection.close()
    return found


def visible(answer: Response) -> str:
    """The text of a page as it is read; title, what is typed and what says its own language left out."""
    tree = LexborHTMLParser(answer.text)
    for node in tree.css("script, style, textarea, body [lang^='zh']"):
        node.decompose()
    return " ".join(tree.body.text(separator=" ").split()) if tree.body else ""


def in_language(stage: Stage, page: Opened, language: str) -> str:
    """The same page in another language."""
    mark = "&" if "?" in page.address else "?"
    return visible(stage.people[page.who].get(f"{page.address}{mark}lang={language}"))


def test_every_door_for_reading_gives_a_page_a_file_or_a_way_elsewhere(walked: Walk):
    assert walked.refused == []
    assert len(walked.pages) > 45


def test_english_pages_are_english_but_for_what_they_quote(walked: Walk, stage: Stage, quoted: re.Pattern[str]):
    wrong = {
        str(page): found
        for page in walked.pages
        if (found := CHINESE.findall(quoted.sub(" ", in_language(stage, page, "en"))))
    }

    assert wrong == {}


def test_traditional_pages_hold_no_simplified_characters(walked: Walk, stage: Stage, quoted: re.Pattern[str]):
    wrong = {
        str(page): found
        for page in walked.pages
        if (found := simplified_in(quoted.sub(" ", in_language(stage, page, "zh-Hant"))))
    }

    assert wrong == {}


def simplified_in(text: str) -> list[str]:
    """The characters that Traditional Chinese writes otherwise; a few are right in both and change by context."""
    return [a for a, b in zip(text, traditional(text), strict=False) if a != b and a not in RIGHT_IN_BOTH]


def test_no_page_is_heavy(walked: Walk):
    weights = {str(page): weight_of(page.answer) for page in walked.pages}

    assert {page: weight for page, weight in weights.items() if weight > HEAVIEST} == {}
