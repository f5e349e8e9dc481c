"""Prints what the self-assessment tests covered, also when they run on several workers."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.selfassess.coverage import lines
from tests.selfassess.laws import CASES_RUN

_FROM_WORKERS: Counter[str] = Counter()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its counts to the controller."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["laws"] = dict(CASES_RUN)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """The controller adds a worker's counts."""
    _FROM_WORKERS.update(getattr(node, "workeroutput", {}).get("laws", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line each: what the standards hold, what was tried, how fast a full assessment is."""
    ran = CASES_RUN + _FROM_WORKERS
    if not ran:
        return
    terminalreporter.section("self-assessment")
    for line in lines(ran):
        terminalreporter.write_line(line)
