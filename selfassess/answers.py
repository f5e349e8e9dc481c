"""Read answers from a file or form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from selfassess.engine import Answer
from selfassess.errors import AnswersUnreadable
from selfassess.grades import Grade
from selfassess.standard import Standard

FINANCE = "finance"
_KINDS = {"procedure", "record", "agreement"}
_MOST_CHARACTERS = 4000


def read_answers(
    content: Mapping[str, Any], standard: Standard | None = None
) -> tuple[dict[str, Answer], Mapping[str, Any] | None]:
    """The answers by item number, and the finance figures if they stand under "finance".

    An answer is a grade, or ``{"grade": ..., "note": ..., "held": ["procedure", "record", "agreement"]}``. With a
    standard, a number may also be written as people do: 第5项, item 5, or 5 for SP5.
    """
    finance = content.get(FINANCE)
    if finance is not None and not isinstance(finance, Mapping):
        raise AnswersUnreadable("finance应当是项目和金额的对照", "finance must be a mapping of lines to amounts")
    answers: dict[str, Answer] = {}
    for key, given in content.items():
        if key == FINANCE:
            continue
        no = str(key) if standard is None else item_number(str(key), standard)
        if no in answers:
            raise AnswersUnreadable(f"第{no}项填了两次", f"item {no} is answered twice")
        answers[no] = _answer(no, given)
    return answers, finance


def item_number(written: str, standard: Standard) -> str:
    """The item's number in the standard for a number as people write it; unknown ones come back as they are."""
    if written in standard.items:
        return written
    bare = re.sub(r"^(第|item|no\.?|条目)|(项|条)$", "", unicodedata.normalize("NFKC", written).strip().lower())
    number = bare.strip().upper()
    return next((no for no in (number, f"SP{number}") if no in standard.items), written)


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
        listed = ", ".join(sorted(map(str, unknown)))[:80]
        raise AnswersUnreadable(
            f"第{no}项有不认识的字段{listed}，可以用：grade, note, held",
            f"item {no}: unknown field {listed}; known are: grade, note, held",
        )
    return Answer(_grade(no, given.get("grade")), _note(no, given.get("note")), _held(no, given.get("held")))


def _note(no: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise AnswersUnreadable(f"第{no}项的note应当是文字", f"item {no}: note must be text")
    if len(value) > _MOST_CHARACTERS:
        raise AnswersUnreadable(
            f"第{no}项的note超过{_MOST_CHARACTERS}字", f"item {no}: note is longer than {_MOST_CHARACTERS} characters"
        )
    return value


def _held(no: str, value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    listed = list(value) if isinstance(value, list | tuple | set | frozenset) else [None]
    kinds = [kind for kind in listed if isinstance(kind, str)]
    if len(kinds) != len(listed) or not set(kinds) <= _KINDS:
        known = ", ".join(sorted(_KINDS))
        raise AnswersUnreadable(f"第{no}项的held应当是{known}的列表", f"item {no}: held must be a list of {known}")
    return frozenset(kinds)


def _grade(no: str, value: object) -> Grade:
    if value is None:
        return Grade.UNANSWERED
    if isinstance(value, str) and value in set(Grade):
        return Grade(value)
    known = ", ".join(Grade)
    shown = repr(value)[:60]
    raise AnswersUnreadable(
        f"第{no}项的grade不认识{shown}，可以用：{known}", f"item {no}: unknown grade {shown}; use one of {known}"
    )
