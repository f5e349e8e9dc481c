"""A self-assessment on paper: everything is on it, it can be edited, and nothing somebody typed is run."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from api.exports.calendar_file import write_calendar
from api.exports.cells import safe_cell
from api.exports.document import write_document
from api.exports.paper import Paper, paper_of
from api.exports.workbook import write_workbook
from selfassess.grades import Grade
from selfassess.text import Language
from tests.api.exports.export_cases import HOSTILE, STANDARD, dossier, task

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u200b=1",
    "\u3000=1",
    "|calc",
]


@pytest.fixture(scope="module")
def paper() -> Paper:
    """The paper in Chinese."""
    return paper_of(dossier())


def sheets(written: bytes) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as rows of texts."""
    book = load_workbook(io.BytesIO(written))
    return {s.title: [[str(c.value or "") for c in row] for row in s.iter_rows()] for s in book.worksheets}


def text_of(written: bytes) -> str:
    """Everything a document says."""
    body = Document(io.BytesIO(written)).element.body
    return "\n".join("".join(run.text or "" for run in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))


@pytest.mark.parametrize("written", EVIL)
def test_a_text_that_could_be_a_formula_begins_with_an_apostrophe(written: str):
    assert safe_cell(written).startswith("'")


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_no_text_becomes_a_formula_whatever_was_typed(written: str):
    kept = safe_cell(written)

    assert not kept.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert "\x00" not in kept


def test_an_ordinary_text_stays_as_it_is():
    assert safe_cell("有制度，记录=齐全") == "有制度，记录=齐全"


def test_a_formula_in_a_note_is_a_text_in_the_workbook(paper: Paper):
    book = load_workbook(io.BytesIO(write_workbook(paper)))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert f"'{HOSTILE}" in {cell.value for cell in cells}


def test_every_item_stands_in_workbook_and_document(paper: Paper):
    listed = {row[0] for row in sheets(write_workbook(paper))["逐项自评"]}
    said = text_of(write_document(paper))

    assert set(STANDARD.items) <= listed
    assert all(item.title.zh in said for item in STANDARD.items.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_says_for_whom_which_day_and_which_version(language: Language):
    said = text_of(write_document(paper_of(dossier(), language), language))

    for fact in ("示例贸易有限公司", "9199000404835019X0", "2026-11-22", "ab" * 32, STANDARD.number):
        assert fact in said


def test_an_unconfirmed_pass_rule_is_said_on_paper(paper: Paper):
    assert STANDARD.pass_rule.note.zh in text_of(write_document(paper))
    assert any(STANDARD.pass_rule.note.zh in cell for row in sheets(write_workbook(paper))["自评结论"] for cell in row)


def test_a_record_that_fails_stands_with_its_figure_and_the_day_it_ends(paper: Paper):
    gap = next(row for row in paper.gaps.rows if row[2] == "不达标")

    assert gap[3] == "是"
    assert any(char.isdigit() for char in gap[4])
    assert paper.ahead.rows


def test_a_draft_says_that_it_is_one():
    assert "草稿，未提交" in text_of(write_document(paper_of(dossier(handed_in=None))))


def test_nothing_of_a_document_is_lost_to_control_letters():
    said = text_of(write_document(paper_of(dossier("甲\x00\x0b乙丙\ufffe"))))

    assert "甲乙丙" in said


def test_the_english_paper_says_nothing_in_chinese_but_names_and_notes():
    written = paper_of(dossier(note="ok", enterprise="Example", tasks=()), "en")

    said = [*written.item_heads, *written.gaps.heads, *written.plan.heads, written.verdict, *written.signed]
    assert all(text.isascii() for text in said)


def test_every_grade_is_counted_and_bonus_items_by_themselves(paper: Paper):
    *grades, bonus = paper.counts

    assert len(grades) == len(Grade)
    assert sum(int(count) for _, count in grades) == sum(not item.bonus for item in STANDARD.items.values())
    assert bonus[1].endswith("/ 6")


def test_a_task_is_a_whole_day_with_its_reminder():
    calendar = Calendar.from_ical(write_calendar([task(remind_days=7)], NOW))

    event = calendar.events[0]
    assert (event.start, event.end) == (date(2027, 1, 31), date(2027, 2, 1))
    assert timedelta(days=-7) == event.walk("VALARM")[0].TRIGGER


def test_done_tasks_and_those_without_a_day_are_not_in_the_calendar():
    tasks = [task(id="a", done=True), task(id="b", due=None), task(id="c")]

    assert [event.uid for event in Calendar.from_ical(write_calendar(tasks, NOW)).events] == ["c@credit-assistant"]


def test_what_somebody_typed_adds_nothing_to_the_calendar():
    written = write_calendar([task(what="甲\r\nEND:VEVENT\r\nBEGIN:VEVENT;乙,丙\\", owner="丁\nATTENDEE:x")], NOW)

    calendar = Calendar.from_ical(written)
    assert len(calendar.events) == 1
    assert "ATTENDEE" not in calendar.events[0]
    assert "BEGIN:VEVENT;乙,丙\\" in str(calendar.events[0]["summary"])


def test_long_lines_of_a_calendar_are_folded_as_the_format_asks():
    written = write_calendar([task(what="制度" * 400)], NOW)

    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def test_what_a_record_said_is_not_said_again_as_an_explanation():
    confirmed = paper_of(dossier(origins={"5": "record"}))

    row = next(cells for section in confirmed.sections for _, cells in section.rows if cells[0] == "5")
    assert row[3:5] == ("记录", "")
