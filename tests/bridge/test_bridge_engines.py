"""On PostgreSQL as on SQLite: accepted once, computed once, sent once, one token."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from api.bridge import leases
from api.bridge.bridge import Bridge
from api.bridge.model import Address, Channel, Outbound
from api.db import Database, open_database
from api.store.schema import migrate
from tests.bridge.bench import HASTY, OA, Bench, Script, account
from tests.bridge.platform import FakePlatform
from tests.postgres import Server
from tests.services import Clock

OPENID = Address(Channel.WECHAT_OA, "service", "oPERSON")


@pytest.fixture
def pg(server: Server) -> Iterator[Bench]:
    """A bench on PostgreSQL."""
    url = server.create_database(f"bridge_{uuid4().hex[:12]}")
    first = open_database(url)
    migrate(first)
    first.close()

    def opened() -> Database:
        return open_database(url)

    clock = Clock()
    made = Bench(clock, FakePlatform(clock), Script(), opened)
    yield made
    made.close()


@pytest.fixture
def workers(pg: Bench) -> tuple[Bridge, Bridge]:
    """Two workers."""
    return pg.worker(), pg.worker()


def test_a_repetition_joins_the_computation_of_another_worker(pg: Bench, workers: tuple[Bridge, Bridge]):
    pg.script.slow = threading.Event()
    threading.Timer(0.15, pg.script.slow.set).start()
    peer = pg.peer()

    seen = peer.push(peer.text("同"), *workers, hang_up=(0.05,))

    assert seen.texts == [pg.script.answer]
    assert pg.script.computed["同"] == 1


def test_a_slow_answer_is_sent_once_by_two_workers(pg: Bench, workers: tuple[Bridge, Bridge]):
    pg.script.slow = threading.Event()
    pg.platform.spoke("oPERSON")
    peer = pg.peer()
    peer.push(peer.text("慢"), pg.worker(account(OA, **HASTY)))
    pg.script.slow.set()
    pg.settle()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: workers[n % 2].tick(), range(8)))

    assert pg.platform.texts("oPERSON") == [pg.script.answer]


def test_what_a_dead_worker_left_is_taken_by_one(pg: Bench, workers: tuple[Bridge, Bridge]):
    pg.script.slow = threading.Event()
    pg.platform.spoke("oPERSON")
    peer = pg.peer()
    peer.push(peer.text("杀"), pg.worker(account(OA, **HASTY)))
    pg.clock.pass_(seconds=6)
    pg.script.slow.set()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: workers[1].sweep(), range(4)))
    pg.settle()
    pg.settle()

    assert pg.platform.texts("oPERSON") == [pg.script.answer]


def test_twenty_cold_calls_fetch_one_token(pg: Bench, workers: tuple[Bridge, Bridge]):
    pg.platform.may_send["oPERSON"] = 20

    def send(number: int) -> str:
        adapter = workers[number % 2].adapters[("wechat_oa", "service")]
        return adapter.send(OPENID, Outbound("x"), None, "k").outcome

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(send, range(20))) == {"sent"}

    assert pg.platform.calls["cgi-bin/stable_token"] == 1


def test_a_lease_has_one_holder(pg: Bench, workers: tuple[Bridge, Bridge]):
    def take(number: int) -> bool:
        with pg.databases[number % 2].writing() as session:
            return leases.take(session, "work", f"w{number}", pg.clock(), workers[0].timing.lease_length)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1
