"""Small writes of many requests, committed together: at hundreds of callbacks a second one commit serves many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from api.db import Database

T = TypeVar("T")
MOST_TOGETHER = 64


class WriteFailed(Exception):
    """The transaction a write belonged to was not committed."""


class Writing:
    """One thread that writes. What a caller is told has been committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.reading = database.reading
        self._waiting: deque[tuple[Callable[[Session], Any], Future[Any]]] = deque()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bridge-writing")

    def submit(self, write: Callable[[Session], T]) -> Future[T]:
        """Do a write soon, together with others; the future holds its result once it is committed."""
        future: Future[T] = Future()
        self._waiting.append((write, future))
        self._pool.submit(self._write_waiting)
        return future

    def alone(self, write: Callable[[Session], T]) -> T:
        """Do a write in a transaction of its own, on the same thread; its errors come back to the caller.

        SQLite has one writer: threads of one process that compete for it would only make each other wait.
        """
        return self._pool.submit(self._write_alone, write).result()

    def close(self) -> None:
        """Finish what waits."""
        self._pool.shutdown()

    def _write_waiting(self) -> None:
        batch: list[tuple[Callable[[Session], Any], Future[Any]]] = []
        while self._waiting and len(batch) < MOST_TOGETHER:
            write, future = self._waiting.popleft()
            if future.set_running_or_notify_cancel():  # nobody waits for it any more otherwise
                batch.append((write, future))
        if not batch:
            return
        try:
            with self._database.writing() as session:
                results = [write(session) for write, _ in batch]
            for (_, future), result in zip(batch, results, strict=True):
                future.set_result(result)
        finally:
            for _, future in batch:
                if not future.done():
                    future.set_exception(WriteFailed("the write was not committed"))

    def _write_alone(self, write: Callable[[Session], T]) -> T:
        with self._database.writing() as session:
            return write(session)
