"""Small writes of many requests, committed together: at hundreds of callbacks a second one commit serves many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.bridge.turns import Turn
from api.db import Database

T = TypeVar("T")
Item = TypeVar("Item")
Together = Callable[[Session, list[Any]], list[Any]]
MOST_TOGETHER = 64
log = structlog.get_logger("bridge")


class WriteFailed(Exception):
    """The transaction a write belonged to was not committed."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    together: Together
    item: Any
    done: Future[Any] = field(default_factory=Future)


class Writing:
    """One thread that writes. What a caller is told has been committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = Turn(database.engine.url)
        self.reading = database.reading
        self._waiting: deque[_Waiting] = deque()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bridge-writing")

    def gather(self, together: Callable[[Session, list[Item]], list[T]], item: Item) -> Future[T]:
        """Do a write soon, in one call with all others of its kind that wait; the future ends once it is committed."""
        waiting = _Waiting(together, item)
        self._waiting.append(waiting)
        self._pool.submit(self._write_waiting)
        return waiting.done

    def submit(self, write: Callable[[Session], T]) -> Future[T]:
        """Do a write soon, in one transaction with others; the future holds its result once it is committed."""
        return self.gather(_one_by_one, write)

    def alone(self, write: Callable[[Session], T]) -> T:
        """Do a write in a transaction of its own, on the same thread; its errors come back to the caller.

        SQLite has one writer: threads of one process that compete for it would only make each other wait.
        """
        return self._pool.submit(self._write_alone, write).result()

    def close(self) -> None:
        """Finish what waits."""
        self._pool.shutdown()
        self._turn.close()

    def _write_waiting(self) -> None:
        batch: list[_Waiting] = []
        while self._waiting and len(batch) < MOST_TOGETHER:
            waiting = self._waiting.popleft()
            if waiting.done.set_running_or_notify_cancel():  # nobody waits for it any more otherwise
                batch.append(waiting)
        if not batch:
            return
        kinds: dict[Together, list[_Waiting]] = {}
        for waiting in batch:
            kinds.setdefault(waiting.together, []).append(waiting)
        try:
            with self._turn, self._database.writing() as session:
                results = [
                    (waiting.done, result)
                    for together, kind in kinds.items()
                    for waiting, result in zip(kind, together(session, [one.item for one in kind]), strict=True)
                ]
            for done, result in results:
                done.set_result(result)
        except SQLAlchemyError as error:
            log.error("write_failed", error=type(error).__name__, writes=len(batch))
        finally:
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_exception(WriteFailed("the write was not committed"))

    def _write_alone(self, write: Callable[[Session], T]) -> T:
        self._write_waiting()  # whoever waits for an acknowledgement goes first
        with self._turn, self._database.writing() as session:
            return write(session)


def _one_by_one(session: Session, writes: list[Callable[[Session], Any]]) -> list[Any]:
    return [write(session) for write in writes]
