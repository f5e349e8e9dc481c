"""How the property tests of this folder are written, and how many cases they ran."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

CASES_RUN: Counter[str] = Counter()
"""Cases run in this process, by test."""


def law(*drawn: SearchStrategy[Any], cases: int = 100) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A property that holds for every case drawn."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @settings(max_examples=cases, deadline=None)
        @given(*drawn)
        @functools.wraps(test)
        def counted(*arguments: Any, **named: Any) -> None:
            CASES_RUN[test.__name__] += 1
            test(*arguments, **named)

        return counted

    return decorate
