"""Take turns at writing to SQLite: who waits is woken when it is its turn, instead of looking again and again.

SQLite itself lets a writer sleep up to 100 ms between two looks; between two busy workers that becomes seconds.
"""

from __future__ import annotations

import fcntl
import os
from types import TracebackType

from sqlalchemy import URL

SUFFIX = "-turn"


class Turn:
    """What one process holds while it writes to a database; nothing where several can write at once.

    The kernel gives the turn back when a process ends, however it ends. Whoever writes without a turn (the web
    does) is kept apart by SQLite itself as before.
    """

    def __init__(self, url: URL) -> None:
        alone = url.get_backend_name() == "sqlite" and url.database
        self._file = os.open(f"{url.database}{SUFFIX}", os.O_RDWR | os.O_CREAT, 0o600) if alone else None

    def __enter__(self) -> None:
        """Wait for the turn."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Give the turn back."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Take no more turns."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
