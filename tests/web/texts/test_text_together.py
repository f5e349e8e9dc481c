"""Two administrators at once, on either engine: one decision, one edition; and a question in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from api.auth.audit import read_rows
from tests.web.texts.conftest import LAW, TextWorld, ask, do, revision, upload

BOTH = pytest.mark.parametrize("texts", ["sqlite", "postgresql"], indirect=True)


@BOTH
def test_two_who_approve_at_once_make_one_edition(texts: TextWorld):
    writer = texts.administrator("writer")
    address = upload(writer)
    do(writer, address, "submit")
    here, there = texts.administrator("here"), texts.other.administrator("there")
    seen = revision(here, address)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: who.post(f"{address}/approve", revision=seen).status_code, (here, there)))

    assert sorted(answers) == [303, 409]
    assert texts.library.current().number == 1
    assert texts.actions().count("text_approved") == 1


@BOTH
def test_two_texts_approved_at_once_are_both_in_the_library(texts: TextWorld):
    writer = texts.administrator("writer")
    drafts = [
        upload(writer, LAW.replace("99号", f"{n}号").replace("示例事务", f"示例{word}"))
        for n, word in ((91, "甲类"), (92, "乙类"))
    ]
    for draft in drafts:
        do(writer, draft, "submit")
    people = [texts.administrator("here"), texts.other.administrator("there")]
    seen = [revision(person, draft) for person, draft in zip(people, drafts, strict=True)]

    def approve(n: int) -> int:
        return people[n].post(f"{drafts[n]}/approve", revision=seen[n]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(approve, range(2))) == [303, 303]

    titles = {d.title_zh for d in texts.library.current().documents.values()}
    assert {"示例甲类管理办法", "示例乙类管理办法"} <= titles
    assert texts.library.current().number == 2
    with texts.services.database.reading() as session:
        assert texts.services.trail.verify(read_rows(session)).whole


def test_a_question_that_has_begun_is_answered_from_one_edition(texts: TextWorld):
    writer = texts.administrator("writer")
    address = upload(writer)
    do(writer, address, "submit")
    before = texts.library.current()

    do(texts.administrator("second"), address, "approve")

    after = texts.library.current()
    assert before.number == 0
    assert after.number == 1
    assert len(before.search.provisions) == len(before.provisions) < len(after.provisions)
    assert "6年" in ask(texts, "高级认证企业的认证证书有效期为几年")


def test_a_process_that_starts_later_opens_the_stored_index_and_embeds_nothing(texts: TextWorld, make_library):
    writer = texts.administrator("writer")
    address = upload(writer)
    do(writer, address, "submit")
    do(texts.administrator("second"), address, "approve")

    late = make_library(texts.services.database)
    edition = late.current()

    assert edition.number == 1
    assert late.ground.model.embedded == []
    assert late.state().fits
