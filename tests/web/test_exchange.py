"""What a page shows of an answer: blocks by role, sources by document, a text to be copied."""

from __future__ import annotations

from datetime import date

from assistant.models import Answer, Citation, Statement
from web.exchange import Exchange


def citation(n: int, document: str, last: date | None = None, **changes: str) -> Citation:
    """A citation of an article of an invented document."""
    values = {
        "number": f"{document}号",
        "title": f"{document}办法",
        "anchor": f"第{n}条",
        "label": f"第{n}条",
    } | changes
    return Citation(
        n=n,
        document_id=document,
        effective_from=date(2020, 1, 1),
        effective_to=last,
        in_force=last is None,
        confidence="S",
        excerpt="…",
        url=f"/documents/{document}#art-{n}",
        **values,
    )


def exchange(*citations: Citation, roles: tuple[str, ...] = ("lead",)) -> Exchange:
    """An exchange with one statement per role."""
    statements = tuple(Statement(role, (1,)) for role in roles)
    answer = Answer("answered", date(2026, 1, 1), "zh-Hans", "答[1]", statements, citations, roles=roles)
    return Exchange("问", answer)


def test_sources_are_grouped_by_document_in_the_order_they_are_cited():
    groups = exchange(citation(1, "甲"), citation(2, "乙"), citation(3, "甲")).sources

    assert [[c.n for c in group.citations] for group in groups] == [[1, 3], [2]]
    assert [group.number for group in groups] == ["甲号", "乙号"]


def test_provisions_of_different_periods_show_their_own():
    same, different = exchange(
        citation(1, "甲"), citation(2, "甲"), citation(3, "乙"), citation(4, "乙", date(2021, 1, 1))
    ).sources

    assert same.has_one_period
    assert not different.has_one_period


def test_a_title_that_only_repeats_the_number_is_left_out():
    (repeated,) = exchange(citation(1, "甲", title="甲号")).sources
    (telling,) = exchange(citation(1, "甲")).sources

    assert repeated.title == ""
    assert telling.title == "甲办法"


def test_statements_are_shown_by_role_in_a_fixed_order():
    shown = exchange(citation(1, "甲"), roles=("lead", "old", "point", "related", "point")).blocks

    assert [(role, len(statements)) for role, statements in shown] == [
        ("lead", 1), ("point", 2), ("related", 1), ("old", 1)
    ]  # fmt: skip


def test_the_text_to_be_copied_names_each_source_with_period_and_certainty():
    text = exchange(citation(1, "甲")).as_text("依据", lambda c: f"{c.effective_from}起", lambda mark: f"<{mark}>")

    assert text == "问\n\n答[1]\n\n依据\n[1] 甲号 第1条 · 2020-01-01起 · <S>"


def test_a_question_without_an_answer_has_nothing_to_show():
    empty = Exchange("问", None, "请输入问题。")

    assert (empty.blocks, empty.sources) == ([], [])
    assert empty.as_text("依据", lambda c: "", lambda mark: "") == ""
