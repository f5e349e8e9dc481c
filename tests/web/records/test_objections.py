"""Objections to published information: drafted from the own record, as a file that only says what it may."""

from __future__ import annotations

import io

import pytest
from docx import Document

from api.usecases.objection.drafting import ALWAYS, ATTACHMENTS
from tests.people import A, Person, uscc
from tests.web.records.pages import Come, Read, words
from web.views import english

PENALISED, OBJECTING = 45, 17
PENALTY = {"table": "penalty", "record": "13"}
CLAIM = "罚款金额应为500元。\n缴款书写明500元。"


def letter_of(person: Person, **form: str) -> str:
    """What the letter says that somebody downloads."""
    answer = person.post("/objections/draft", **{**PENALTY, "claim": CLAIM, "correct": "500元", **form})
    assert answer.status_code == 200, answer.text[:200]
    assert "attachment" in answer.headers["content-disposition"]
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_the_page_says_who_may_where_what_to_attach_and_what_is_not_known(come: Come, read: Read):
    text = words(read(come("enterprise", PENALISED), "/objections"), "main")

    assert "认为关于自己的公示信息不准确的企业" in text
    assert "第282号令下的复核时限没有核实；旧规是20日" in text
    assert text.count("起草异议") == 9  # seven penalties, the level, the registration


def test_an_objection_that_was_made_is_shown_with_its_state(come: Come, read: Read):
    text = words(read(come("enterprise", OBJECTING), "/objections"), "main")

    assert "公示的处罚金额与决定书不一致" in text
    assert "状态 受理" in text.replace("已受理", "受理")


def test_the_letter_is_drafted_from_the_record(come: Come):
    text = letter_of(come("enterprise", PENALISED), attached=ALWAYS[0])

    assert "信用信息公示异议申请" in text
    assert uscc(PENALISED) in text
    assert "决定书文号：示例关罚字〔2026〕000045-1号" in text
    assert "记录：penalty 13，数据时点 2026-11-21" in text
    assert "缴款书写明500元。" in text
    assert f"1. {ALWAYS[0]}" in text
    assert "旧规（第251号令第十二条，2026-03-31止）是20日" in text


def test_the_letter_is_chinese_on_an_english_page_too(come: Come, read: Read):
    person = come("enterprise", PENALISED)
    form = read(person, "/objections/draft", lang="en", **PENALTY)
    text = letter_of(person, lang="en")

    assert "What is inaccurate, and why" in words(form, "form.form")
    assert "一、所异议的公示信息" in text


@pytest.mark.parametrize("claim", ["", "   ", "字" * 2001])
def test_an_objection_needs_words_and_not_too_many(claim: str, come: Come):
    answer = come("enterprise", PENALISED).post("/objections/draft", **PENALTY, claim=claim)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_what_was_typed_cannot_break_the_file_or_add_to_the_attachments(come: Come):
    text = letter_of(come("enterprise", PENALISED), claim="<b>x</b>\x00\x07=1+1 ]]>", attached="<script>")

    assert "<b>x</b>=1+1 ]]>" in text
    assert "<script>" not in text


@pytest.mark.parametrize("record", ["1", "999999", "' OR 1=1 --"])
def test_nothing_of_another_enterprise_can_be_objected_to(record: str, come: Come):
    person = come("enterprise", PENALISED)

    assert person.get("/objections/draft", params={"table": "penalty", "record": record}).status_code == 404
    assert person.post("/objections/draft", table="penalty", record=record, claim="x").status_code == 404


@pytest.mark.parametrize("table", ["profile_indicator", "audit_report", "sqlite_master"])
def test_what_is_not_published_cannot_be_objected_to(table: str, come: Come):
    answer = come("enterprise", A).get("/objections/draft", params={"table": table, "record": "1"})

    assert answer.status_code == 404


def test_who_is_bound_to_no_enterprise_is_told_how(come: Come):
    assert "您还没有绑定企业" in come("unbound").get("/objections").text
    assert come("unbound").post("/objections/draft", claim="x").status_code == 400


def test_every_attachment_we_advise_has_an_english_name():
    names = {name for of in ATTACHMENTS.values() for name in of} | set(ALWAYS)

    assert names - english().keys() == set()
