"""Real processes: what a worker that is killed leaves behind is finished by the next, once."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import select

from api.db import Database, open_database
from api.store import ChannelMessage
from tests.bridge.peer import Peer
from tests.bridge.platform import FakePlatform
from tests.bridge.processes import free_port, serving, worker_process

QUICK = {"lease": 0.5, "renew_every": 0.1, "sweep_every": 0.1, "repeats_for": 0.5}


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def until(wanted: Callable[[], bool]) -> bool:
    """Wait until something is so."""
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        if wanted():
            return True
        time.sleep(0.02)
    return False


def rows(database: Database) -> list[ChannelMessage]:
    """The inbox."""
    with database.reading() as session:
        return list(session.scalars(select(ChannelMessage)))


@pytest.mark.slow
def test_f10_kill_9_loses_nothing_and_doubles_nothing(tmp_path: Path, migrated: Path):
    shutil.copy(migrated, tmp_path / "credit.db")
    database = open_database(f"sqlite:///{tmp_path / 'credit.db'}")
    platform, port = FakePlatform(now), free_port()
    platform.spoke("oPERSON")
    peer = Peer("wechat_oa", "service", "wx0123456789abcdef", now)
    callback = peer.callback(peer.text("几年复核一次？"))
    url = f"http://127.0.0.1:{port}/hooks/wechat_oa/service?{urlencode(callback.query)}"

    with serving(platform) as address:
        common: dict[str, Any] = {"database": f"sqlite:///{tmp_path / 'credit.db'}", "api_base": f"{address}/oa"}
        with worker_process(port, {**common, "seconds": 60, "timing": QUICK}) as first:
            with pytest.raises(httpx2.TimeoutException):
                httpx2.post(url, content=callback.body, timeout=0.3)
            assert until(lambda: bool(rows(database)))
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
        with worker_process(port, {**common, "seconds": 0, "timing": QUICK}):
            assert until(lambda: bool(platform.sent))
            again = httpx2.post(url, content=callback.body)
            time.sleep(0.5)

    assert again.content == b"success"
    assert platform.texts("oPERSON") == ["答：几年复核一次？"]
    assert [row.attempts for row in rows(database)] == [2]
    database.close()
