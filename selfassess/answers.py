"""Read answers from a file or form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.engine import Answer
from selfassess.errors import AnswersUnreadable
from selfassess.grades import Grade

_KINDS = {"procedure", "record", "agreement"}


def read_answers(content: Mapping[str, Any]) -> tuple[dict[str, Answer], Mapping[str, Any] | None]:
    """The answers by item number, and the finance figures if they stand under "finance".

    An answer is a grade, or ``{"grade": ..., "note": ..., "held": ["procedure", "record", "agreement"]}``.
    """
    finance = content.get("finance")
    if finance is not None and not isinstance(finance, Mapping):
        raise AnswersUnreadable("finance must be a mapping of lines to amounts")
    return {str(no): _answer(str(no), given) for no, given in content.items() if no != "finance"}, finance


def write_answers(answers: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """Answers in the shape `read_answers` reads back unchanged; unanswered items are left out."""
    return {
        no: {
            "grade": answer.grade.value,
            **({"note": answer.note} if answer.note else {}),
            **({"held": sorted(answer.held)} if answer.held else {}),
        }
        for no, answer in answers.items()
        if answer.grade.answered
    }


def _answer(no: str, given: object) -> Answer:
    if isinstance(given, Answer):
        return given
    if not isinstance(given, Mapping):
        return Answer(_grade(no, given))
    if unknown := set(given) - {"grade", "note", "held"}:
        raise AnswersUnreadable(f"item {no}: unknown field {', '.join(sorted(map(str, unknown)))}")
    held = given.get("held", ())
    if not isinstance(held, list | tuple | set | frozenset) or not set(held) <= _KINDS:
        raise AnswersUnreadable(f"item {no}: held must be a list of {', '.join(sorted(_KINDS))}")
    note = given.get("note", "")
    if not isinstance(note, str):
        raise AnswersUnreadable(f"item {no}: note must be text")
    return Answer(_grade(no, given.get("grade")), note, frozenset(held))


def _grade(no: str, value: object) -> Grade:
    if value is None:
        return Grade.UNANSWERED
    try:
        return Grade(str(value))
    except ValueError as error:
        known = ", ".join(Grade)
        raise AnswersUnreadable(f"item {no}: unknown grade {value!r}; use one of {known}") from error
