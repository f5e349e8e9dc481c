"""Many messages at once: stored together, told once it is committed, acknowledged before anything is answered."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.bridge.bridge import Bridge
from api.bridge.turns import Turn
from api.bridge.writing import WriteFailed, Writing
from tests.bridge.bench import Bench


def commits(bench: Bench) -> list[object]:
    """What grows with every commit of the first worker's database."""
    seen: list[object] = []
    event.listen(bench.databases[0].engine, "commit", seen.append)
    return seen


def test_messages_that_come_in_together_are_stored_with_few_commits(bench: Bench, worker: Bridge):
    worker.computing.pause()
    peer, seen = bench.peer(), commits(bench)

    async def rush() -> list[list[str]]:
        pushed = [peer.pushing(peer.text(f"问{n}", person=f"o{n}"), worker) for n in range(60)]
        return [one.texts for one in await asyncio.gather(*pushed)]

    assert asyncio.run(rush()) == [[]] * 60
    assert len(bench.messages()) == 60
    assert len(seen) < 30


def test_a_rush_on_two_workers_loses_nothing_and_answers_nothing_twice(bench: Bench, worker: Bridge, other: Bridge):
    peer = bench.peer()
    documents = [peer.text(f"问{n}", person=f"o{n}") for n in range(40)]
    for n in range(40):
        bench.platform.spoke(f"o{n}")

    async def rush() -> list[int]:
        workers = (worker, other)
        pushed = [peer.pushing(document, workers[n % 2]) for n, document in enumerate(documents * 2)]
        return [one.attempts for one in await asyncio.gather(*pushed)]

    assert asyncio.run(rush()) == [1] * 80
    for _ in range(10):
        bench.settle()

    assert bench.script.computed == {f"问{n}": 1 for n in range(40)}
    passive = [message.peer for message in bench.messages() if message.delivery == "passive"]
    assert sorted(passive + [sent.peer for sent in bench.platform.sent]) == sorted(f"o{n}" for n in range(40))


def test_whoever_waits_for_an_acknowledgement_goes_before_an_answer(bench: Bench):
    writing, held, done = Writing(bench.open_database()), threading.Event(), []

    def hold(_: Session) -> None:
        assert held.wait(5)

    threads = [
        threading.Thread(target=writing.alone, args=(write,)) for write in (hold, lambda _: done.append("answer"))
    ]
    for thread in threads:
        thread.start()
        thread.join(0.1)
    accepted = writing.submit(lambda _: done.append("acceptance"))
    held.set()
    accepted.result(5)
    threads[1].join()
    writing.close()

    assert done == ["acceptance", "answer"]


def test_what_was_not_committed_is_told_to_everybody_who_waits(bench: Bench):
    writing = Writing(bench.open_database())

    def broken(_: Session) -> None:
        raise OperationalError("as the test wants it", {}, Exception())

    together = [writing.submit(broken), writing.submit(lambda _: "stored")]

    for one in together[:1]:
        with pytest.raises(WriteFailed):
            one.result(5)
    assert writing.submit(lambda _: "stored").result(5) == "stored"
    writing.close()


def test_one_process_writes_at_a_time_and_a_turn_ends_with_whoever_held_it(bench: Bench):
    url = bench.open_database().engine.url
    first, second, order = Turn(url), Turn(url), []

    def wait() -> None:
        with second:
            order.append("second")

    with first:
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join(5)
    first.__enter__()
    first.close()  # as the kernel does when a process is killed
    with second:
        order.append("again")
    second.close()

    assert order == ["first", "second", "again"]
