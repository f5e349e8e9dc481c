"""The guides that are live, as the assistant is given them: the same in every worker at the next question."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.db import Database
from api.store import GuideEntry
from api.usecases.board.grouping import as_vector
from assistant.guides import Guide
from assistant.origin import Sent

log = structlog.get_logger()


class Shelf:
    """Keeps the live guides of a database until any guide has changed, which one small query tells."""

    def __init__(self) -> None:
        self._held: tuple[int, tuple[Guide, ...]] = (-1, ())
        self._lock = threading.Lock()

    def live(self, database: Database) -> Sequence[Guide]:
        """Return the live guides; none where the database does not answer: the rules answer without them."""
        try:
            with database.reading() as session:
                change = last_change(session)
                with self._lock:
                    held, guides = self._held
                if change != held:
                    guides = _read(session)
                    with self._lock:
                        self._held = (change, guides)
                return guides
        except SQLAlchemyError as error:
            log.warning("guides_not_read", problem=type(error).__name__)
            return ()


def last_change(session: Session) -> int:
    """Return the number of the latest change of any guide."""
    return session.scalar(select(func.max(GuideEntry.change))) or 0


def guide_of(entry: GuideEntry) -> Guide:
    """Return an entry as the assistant takes it."""
    return Guide(
        id=entry.id,
        question=entry.question,
        zh=entry.zh,
        en=entry.en,
        provisions=tuple(Sent(**sent) for sent in entry.provisions),
        subject=entry.subject,
        vectors=as_vector(entry.vectors, rows=len(entry.asks)),
        reviewed_on=entry.reviewed_on or entry.written_at.date(),
    )


def _read(session: Session) -> tuple[Guide, ...]:
    entries = session.scalars(select(GuideEntry).where(GuideEntry.state == "live").order_by(GuideEntry.id))
    return tuple(guide_of(entry) for entry in entries)
