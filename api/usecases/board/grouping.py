"""Put a question on the board: into the group of its meaning, or into a new one.

Grouping is online and stable: each question is compared with the first of each group only, which never changes.
So a group keeps its meaning however many join, no question moves later, and nothing is computed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.store import BoardCase, BoardQuestion
from knowledge.alike import AskedAbout, Nearby
from knowledge.embedding import Vector

# From how near a question joins a group. Measured by `tests/bench/board.py` (docs/board.md).
ALIKE = 0.6
LONGEST = 600
LOCK = 7_306_002_823


@dataclass(frozen=True)
class Noted:
    """A question that ended badly: what it is about, how it is shown, and how it ended on which day."""

    about: AskedAbout
    shown: str
    answer_id: str
    ending: str
    asked_on: date


def note_question(
    session: Session, nearby: Nearby, noted: Noted, now: datetime, into: BoardQuestion | None = None
) -> BoardQuestion:
    """Count a question in its group; one answer counts once. ``into`` is its group where that is known."""
    take_turns(session)
    held = session.scalars(select(BoardCase).where(BoardCase.answer_id == noted.answer_id)).first()
    if held is not None:
        held.ending = noted.ending
        return session.get_one(BoardQuestion, held.question_id)
    group = into or find_group(session, nearby, noted.about)
    if group is None:
        group = BoardQuestion(
            question=noted.shown[:LONGEST],
            subject=noted.about.subject,
            vector=as_bytes(noted.about.vector),
            state="open",
            why="",
            opened_at=now,
            last_at=now,
        )
        session.add(group)
    group.last_at = now
    session.flush()
    session.add(
        BoardCase(
            question_id=group.id,
            answer_id=noted.answer_id,
            question=noted.shown[:LONGEST],
            ending=noted.ending,
            asked_on=noted.asked_on,
        )
    )
    session.flush()
    return group


def find_group(session: Session, nearby: Nearby, about: AskedAbout) -> BoardQuestion | None:
    """Return the group whose first question is nearest, if it is near enough and names the same things."""
    statement = select(BoardQuestion.id, BoardQuestion.vector).where(
        BoardQuestion.subject == about.subject, BoardQuestion.vector != b""
    )
    rows = session.execute(statement.order_by(BoardQuestion.opened_at, BoardQuestion.id)).all()
    same_size = [(name, held) for name, held in rows if len(held) == about.vector.size * 2]
    if not same_size:
        return None
    likeness = nearby.of(about.vector, np.stack([as_vector(held) for _, held in same_size]))
    nearest = int(np.argmax(likeness))
    return session.get(BoardQuestion, same_size[nearest][0]) if likeness[nearest] >= ALIKE else None


def as_bytes(vector: Vector) -> bytes:
    """Return vectors as they are stored: in half precision, which is far finer than any threshold."""
    return vector.astype("<f2").tobytes()


def as_vector(held: bytes, rows: int = 0) -> Vector:
    """Return a stored vector, or ``rows`` of them."""
    flat = np.frombuffer(held, dtype="<f2").astype(np.float32)
    return flat.reshape(rows, -1) if rows else flat


def take_turns(session: Session) -> None:
    """Let one worker at a time change the board, so that the same new question makes one group.

    On SQLite a writer is alone already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
