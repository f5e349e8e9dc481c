"""How many callbacks a second two workers take, how soon each is acknowledged, and whether any is lost or doubled.

    python -m tests.bench.bridge --rate 300 --seconds 60 --engine sqlite

The whole application runs in two processes; a fake platform takes what is sent later. Every message is signed and
encrypted as the platform does it, each from another person; one in twenty is delivered twice.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import func, select

from api.db import Database, open_database
from api.store import ChannelMessage, ChannelSending
from api.store.schema import migrate
from tests.bridge.peer import Peer
from tests.bridge.platform import FakePlatform
from tests.bridge.processes import SECONDS_TO_START, busy_seconds, free_port, processor_seconds, serving, worker_process
from tests.bridge.served import READY
from tests.postgres import running_server

CONNECTIONS = 64
LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
REPEATED = 20  # one in so many is delivered again
PATIENCE = 5.0  # seconds after which a platform gives up
LATEST = 30.0  # seconds after the plan's end at which the load ends: what was not sent by then was not acknowledged
SENT_A_SECOND = 20  # at the least: what takes longer to be sent later counts as lost


@dataclass
class Measured:
    """What the load generator saw."""

    seconds: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)  # how much later than planned a request could be sent
    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[float] = field(default_factory=list)  # those whose answer came with the callback
    failed: int = 0
    lasted: float = 0.0
    processor: float = 0.0  # seconds of the load generator itself
    workers: float = 0.0  # seconds of both workers while the load lasted
    others: float = 0.0  # seconds of whatever else ran on the machine


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def requests(peer: Peer, number: int, port: int, progress: Progress) -> list[bytes]:
    """Signed requests as they go over the line; their time is that of the beginning."""
    made = []
    task = progress.add_task("signing", total=number)
    chance = random.Random(3)  # noqa: S311 - a plan, not a key
    for n in range(number):
        document = peer.text(f"高级认证企业几年复核一次？{n}", person=f"o{n}")
        for _ in range(2 if chance.randrange(REPEATED) == 0 else 1):
            callback = peer.callback(document)
            path = f"/hooks/wechat_oa/service?{urlencode(callback.query)}"
            head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: text/xml\r\n"
            made.append(f"{head}content-length: {len(callback.body)}\r\n\r\n".encode() + callback.body)
        progress.update(task, completed=n + 1)
    return made


async def drive(port: int, made: list[bytes], rate: int) -> Measured:
    """Send the requests at a steady rate over a few lines that are kept open."""
    measured = Measured()
    began = time.perf_counter()
    places = iter(range(len(made)))

    async def line() -> None:
        talk = await _connected(port)
        for place in places:
            planned = began + place / rate
            await asyncio.sleep(max(0.0, planned - time.perf_counter()))
            sent = time.perf_counter()
            measured.late.append(sent - planned)
            try:
                async with asyncio.timeout(PATIENCE):
                    status, body = await talk.ask(made[place])
            except (TimeoutError, ConnectionError):
                talk.close()
                talk = await _connected(port)
                continue
            took = time.perf_counter() - sent
            measured.seconds.append(took)
            measured.statuses[status] += 1
            if body != b"success":
                measured.answered.append(took)
        talk.close()

    with suppress(TimeoutError):
        async with asyncio.timeout(len(made) / rate + LATEST):
            await asyncio.gather(*(line() for _ in range(CONNECTIONS)))
    measured.failed = len(made) - len(measured.seconds)
    measured.lasted = time.perf_counter() - began
    return measured


class Line(asyncio.Protocol):
    """One open line: a request out, an answer in. Cheap, because it shares the processors with what it measures."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        self._transport = cast(asyncio.Transport, transport)
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return status and body of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        """Take a piece of the answer."""
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if end and length and len(body) >= int(length[1]) and self._answer and not self._answer.done():
            self._answer.set_result((int(head.split(b" ", 2)[1]), body))
            self._received = b""

    def connection_lost(self, error: Exception | None) -> None:
        """Whoever waits is told."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the line was closed") if error is None else error)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


async def _connected(port: int) -> Line:
    _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
    return line


def driven(port: int, made: list[bytes], rate: int) -> Measured:
    """Run the load in this process, which is not the one that plays the platform's interface."""
    measured = asyncio.run(drive(port, made, rate))
    measured.processor = time.process_time()
    return measured


def wait_until_delivered(database: Database, people: int, progress: Progress) -> float:
    """Wait until everything is answered and sent; return how long it took."""
    began, task = time.perf_counter(), progress.add_task("answers", total=people)
    while time.perf_counter() - began < 60 + people / SENT_A_SECOND:
        with database.reading() as session:
            open_ = session.scalar(
                select(func.count()).select_from(ChannelMessage).where(ChannelMessage.delivery.is_(None))
            )
            waiting = session.scalar(
                select(func.count()).select_from(ChannelSending).where(ChannelSending.state == "waiting")
            )
        progress.update(task, completed=people - int(open_ or 0))
        if not open_ and not waiting:
            break
        time.sleep(0.2)
    return time.perf_counter() - began


def percentile(values: list[float], share: float) -> float:
    """The value that a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def show_load(measured: Measured, people: int, wanted: int) -> bool:
    """Print what the load generator saw; return whether everything was acknowledged in time."""
    p99 = percentile(measured.seconds, 0.99)
    taken = (measured.workers, measured.processor, measured.others)
    _print(
        f"bridge: {wanted} callbacks a second, two workers",
        {
            "messages (callbacks with repetitions)": f"{people} ({len(measured.seconds) + measured.failed})",
            "sent later than planned, p99": _ms(percentile(measured.late, 0.99)),
            "workers / generator / others, of one core": " / ".join(f"{s / measured.lasted:.0%}" for s in taken),
            "acknowledged, p50 / p95": " / ".join(_ms(percentile(measured.seconds, s)) for s in (0.5, 0.95)),
            "acknowledged, p99 / longest": f"{_ms(p99)} / {_ms(max(measured.seconds, default=0))}",
            "of these with an answer, p50 / p95": " / ".join(
                _ms(percentile(measured.answered, s)) for s in (0.5, 0.95)
            ),
            "not acknowledged within 5 s": measured.failed,
            "status": dict(measured.statuses),
        },
    )
    return not measured.failed and p99 <= 1.0


def show_delivery(database: Database, platform: FakePlatform, people: int, rest: float) -> bool:
    """Print what became of the messages; return whether none was lost or answered twice."""
    with database.reading() as session:
        rows = session.execute(select(ChannelMessage.delivery, ChannelMessage.attempts, ChannelMessage.peer)).all()
    ways, sent = Counter(str(row.delivery) for row in rows), Counter(one.peer for one in platform.sent)
    queued = {row.peer for row in rows if row.delivery == "queued"}
    lost = people - len(rows) + ways["None"] + len(queued - set(sent))
    doubled = sum(number > 1 for number in sent.values()) + len(set(sent) - queued)
    _print(
        "what became of them",
        {
            "answered with the callback / sent later": f"{ways['passive']} / {ways['queued']}",
            "taken by a worker more than once": sum(row.attempts > 1 for row in rows),
            "everything delivered after": f"{rest:.1f} s",
            "lost": lost,
            "answered twice": doubled,
        },
    )
    return not (lost or doubled)


def _print(title: str, figures: dict[str, object]) -> None:
    table = Table("measure", "value", title=title)
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _await_ready(workers: int) -> None:
    """Wait until all workers are built: what starting takes is no part of the load."""
    folder, until = Path(os.environ["TMPDIR"]), time.monotonic() + SECONDS_TO_START
    while len(list(folder.glob(f"{READY}*"))) < workers:
        if time.monotonic() > until:
            raise RuntimeError("the workers did not start")
        time.sleep(0.1)
    time.sleep(1)


def _awaited(load: Future[Measured], progress: Progress, seconds: int) -> Measured:
    """Wait for the load, showing how time goes by."""
    task = progress.add_task("callbacks", total=seconds)
    while not load.done():
        wait([load], timeout=0.5)
        progress.advance(task, 0.5)
    return load.result()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--answer-seconds", type=float, default=0.02, help="how long an answer takes")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    # Whoever ends this ends the workers with it: `timeout` sends SIGTERM, which would leave them running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        if given.engine == "sqlite":
            held = measure(f"sqlite:///{Path(folder) / 'credit.db'}", given)
        else:
            with running_server() as server:
                held = measure(server.create_database("bench"), given)
    sys.exit(0 if held else 1)


def measure(url: str, given: argparse.Namespace) -> bool:
    """Run the load against a database."""
    database, port, people = open_database(url), free_port(), given.rate * given.seconds
    migrate(database)
    platform = FakePlatform(now)
    platform.may_send = {f"o{n}": 5 for n in range(people)}
    peer = Peer("wechat_oa", "service", "wx0123456789abcdef", now)
    with serving(platform) as address, Progress(disable=not sys.stderr.isatty()) as progress:
        settings = {
            "database": url,
            "api_base": f"{address}/oa",
            "seconds": given.answer_seconds,
            "whole": True,
            "log_level": "info",
        }
        with worker_process(port, settings, workers=2) as workers:
            made = requests(peer, people, port, progress)
            _await_ready(2)
            before, busy, own = processor_seconds(workers.pid), busy_seconds(), time.process_time()
            with ProcessPoolExecutor(1, get_context("spawn")) as generator:
                measured = _awaited(generator.submit(driven, port, made, given.rate), progress, given.seconds)
            measured.workers = processor_seconds(workers.pid) - before
            ours = measured.workers + measured.processor + time.process_time() - own
            measured.others = busy_seconds() - busy - ours
            held = show_load(measured, people, given.rate)
            rest = wait_until_delivered(database, people, progress)
    held = show_delivery(database, platform, people, rest) and held
    database.close()
    return held


if __name__ == "__main__":
    main()
