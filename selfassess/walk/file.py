"""A walk as JSON-ready values and back, so that it goes on after a stop, elsewhere or another day."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from selfassess.answers import read_answers, write_answers
from selfassess.errors import AnswersUnreadable
from selfassess.grades import Grade
from selfassess.logic import NOT_COMPUTABLE, Figure
from selfassess.walk.state import Pending, Walk


def write_walk(walk: Walk) -> dict[str, Any]:
    """The walk as JSON-ready values."""
    return {
        "standard": walk.standard,
        "at": walk.at,
        "answers": write_answers(walk.answers),
        "skipped": list(walk.skipped),
        "figures": {no: {name: _write(figure) for name, figure in given.items()} for no, given in walk.figures.items()},
        "finance": dict(walk.finance),
        "pending": None if walk.pending is None else _write_pending(walk.pending),
        "stopped": walk.stopped,
    }


def read_walk(content: Mapping[str, Any]) -> Walk:
    """The walk `write_walk` wrote; raises AnswersUnreadable for anything else."""
    try:
        answers, _ = read_answers(content["answers"])
        figures = {
            no: {name: _read(value) for name, value in given.items()} for no, given in content["figures"].items()
        }
        return Walk(
            standard=str(content["standard"]),
            at=content["at"],
            answers=answers,
            skipped=tuple(content["skipped"]),
            figures=figures,
            finance=dict(content["finance"]),
            pending=None if content["pending"] is None else _read_pending(content["pending"]),
            stopped=bool(content["stopped"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AnswersUnreadable("存下来的自评进度读不出来", f"the stored walk cannot be read ({error})") from error


def _write_pending(pending: Pending) -> dict[str, Any]:
    return {
        "kind": pending.kind,
        "grade": None if pending.grade is None else pending.grade.value,
        "options": [grade.value for grade in pending.options],
        "metric": pending.metric,
        "note": pending.note,
        "held": sorted(pending.held),
    }


def _read_pending(content: Mapping[str, Any]) -> Pending:
    if content["kind"] not in ("figure", "confirm", "reason", "between"):
        raise ValueError(f"unknown question {content['kind']!r}")
    return Pending(
        kind=content["kind"],
        grade=None if content["grade"] is None else Grade(content["grade"]),
        options=tuple(Grade(grade) for grade in content["options"]),
        metric=content["metric"],
        note=content["note"],
        held=frozenset(content["held"]),
    )


def _write(figure: Figure) -> Any:
    """Numbers as exact text, so that 0.1 stays a tenth."""
    if figure is NOT_COMPUTABLE:
        return {"not": "computable"}
    if isinstance(figure, bool | str):
        return figure
    return {"number": str(Fraction(figure))}


def _read(value: Any) -> Figure:
    if isinstance(value, bool | str):
        return value
    return NOT_COMPUTABLE if "not" in value else Fraction(value["number"])
