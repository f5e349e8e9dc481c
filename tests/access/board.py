"""An answer, a question on the board and a guide to knock at."""

from __future__ import annotations

from datetime import date

import numpy as np

from api.services import Services
from api.store import BoardCase, BoardQuestion, GivenAnswer, GuideEntry
from api.store.base import new_id
from api.usecases.board.grouping import as_bytes

DAY = date(2026, 11, 22)
_NOWHERE = as_bytes(np.zeros(384, dtype=np.float32))


def given_answer(services: Services, **values: object) -> str:
    """Store an answer; return its id."""
    row: dict[str, object] = {
        "id": new_id(), "given_at": services.now(), "given_on": DAY, "channel": "web", "kind": "unknown",
        "worded_by": "rules", "on_day": DAY, "chosen_day": None, "language": "zh-Hans", "chosen_language": "",
        "question": "x", "earlier": [], "understood": "x", "readings": [], "is_masked": False, "text": "x",
        "cited": [], "retrieved": [], "guide": "", "versions": {}, "latency_step": 40,
    }  # fmt: skip
    with services.database.writing() as session:
        answer = GivenAnswer(**{**row, **values})
        session.add(answer)
        session.flush()
        return answer.id


def board_question(services: Services, question: str = "x", ending: str = "unknown") -> str:
    """Store a question of the board with one case; return its id."""
    now = services.now()
    with services.database.writing() as session:
        row = BoardQuestion(
            question=question, subject="-", vector=_NOWHERE, state="open", why="", opened_at=now, last_at=now
        )
        session.add(row)
        session.flush()
        session.add(BoardCase(question_id=row.id, answer_id=None, question=question, ending=ending, asked_on=DAY))
        return row.id


def guide_entry(services: Services, question_id: str, state: str = "live") -> str:
    """Store a guide; return its id."""
    now = services.now()
    with services.database.writing() as session:
        entry = GuideEntry(
            question_id=question_id, question="x", subject="-", zh="x", en="", provisions=[], asks=["x"],
            vectors=_NOWHERE, state=state, change=1, written_at=now, reviewed_at=now, reviewed_on=DAY, note="",
        )  # fmt: skip
        session.add(entry)
        session.flush()
        return entry.id
