"""Correcting the split of a text: numbers, wording, order, joining and cutting."""

from __future__ import annotations

import pytest

from api.usecases.texts.child import read
from knowledge.ingest.body import read_body, write_body
from knowledge.ingest.editing import Correction, Part, correct, cut, join, move, take_out
from knowledge.ingest.errors import SplitInvalid
from knowledge.models import Confidence
from tests.knowledge.ingest.ingest_files import as_txt


@pytest.fixture(scope="module")
def body() -> str:
    """The sample law as its split gave it."""
    return str(read(as_txt(), "示例条例.txt")["body"])


@pytest.fixture
def parts(body: str) -> tuple[Part, ...]:
    """Its articles."""
    return tuple(Part(p, n, n) for n, p in enumerate(read_body(body), 1))


def anchors(parts: tuple[Part, ...]) -> list[str]:
    """The numbers of the articles in order."""
    return [part.provision.anchor for part in parts]


def test_a_wording_is_written_as_it_was_read(body: str):
    assert write_body(read_body(body)) == body


def test_an_article_gets_number_title_wording_and_certainty(parts: tuple[Part, ...]):
    correction = Correction(
        "第三条之二", "认定", "部门认定。\n（一）甲；\n（二）乙。", confidence=Confidence.O, asks="谁认定"
    )

    corrected = correct(parts, 2, correction)[2].provision

    assert (corrected.anchor_id, corrected.title_zh, corrected.title_en) == ("art-3-2", "认定", "Article 3-2")
    assert [line.is_point for line in corrected.zh] == [False, True, True]
    assert read_body(write_body([corrected]))[0].asks == ("谁认定",)
    assert read_body(write_body([corrected]))[0].confidence is Confidence.O


def test_an_article_moves_and_no_further_than_the_ends(parts: tuple[Part, ...]):
    assert anchors(move(parts, 0, 1))[:2] == ["第二条", "第一条"]
    assert anchors(move(parts, 0, -1)) == anchors(parts)


def test_joining_keeps_the_first_number_and_both_wordings_and_both_places(parts: tuple[Part, ...]):
    joined = join(parts, 1)

    assert anchors(joined) == ["第一条", "第二条", "第三条之一", "第四条"]
    assert joined[1].provision.zh == parts[1].provision.zh + parts[2].provision.zh
    assert (joined[1].first_line, joined[1].last_line) == (2, 3)


def test_cutting_is_the_reverse_of_joining(parts: tuple[Part, ...]):
    again = cut(join(parts, 1), 1, len(parts[1].provision.zh) + 1, "第三条")

    assert anchors(again) == anchors(parts)
    assert [part.provision.zh for part in again] == [part.provision.zh for part in parts]


def test_what_cannot_be_done_is_told_and_changes_nothing(parts: tuple[Part, ...]):
    for edit in (
        lambda: correct(parts, 0, Correction("第二条", "", "重复的条号。")),
        lambda: correct(parts, 0, Correction("第一条", "", "  ")),
        lambda: cut(parts, 0, 1, "第九条"),
        lambda: cut(parts, 1, 2, "随便"),
        lambda: join(parts, len(parts) - 1),
        lambda: take_out(parts[:1], 0),
        lambda: move(parts, 99, 1),
    ):
        with pytest.raises(SplitInvalid):
            edit()
