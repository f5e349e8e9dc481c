"""Stop asking an endpoint that keeps failing, and try again after a while."""

from __future__ import annotations

import threading
from collections.abc import Callable

FAILURES = 3
PAUSE = 30.0


class Breaker:
    """Open after several failures in a row; then one attempt at a time is let through after a pause.

    ``clock`` counts seconds.
    """

    def __init__(self, clock: Callable[[], float], failures: int = FAILURES, pause: float = PAUSE) -> None:
        self._clock = clock
        self._limit = failures
        self._pause = pause
        self._failed = 0
        self._again_at = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether nothing is let through, but for an attempt now and then."""
        with self._lock:
            return self._failed >= self._limit

    def lets_through(self) -> bool:
        """Whether a call may be made now."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._again_at:
                return False
            self._again_at = self._clock() + self._pause  # the one that tries; others wait for its outcome
            return True

    def succeeded(self) -> None:
        """Note a good answer."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """Note a failure."""
        with self._lock:
            self._failed += 1
            self._again_at = self._clock() + self._pause
