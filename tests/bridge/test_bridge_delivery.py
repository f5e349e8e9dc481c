"""A message in, an answer out, once: in time, too late, lost on the way, repeated on another worker."""

from __future__ import annotations

import asyncio
import threading

import pytest

from api.bridge.bridge import Bridge
from tests.bridge.bench import APP, OA, Bench

PERSON = "oPERSON"


def test_a_quick_answer_comes_back_with_the_callback(bench: Bench, worker: Bridge):
    peer = bench.peer()

    seen = peer.push(peer.text("高级认证企业几年复核一次？"), worker)

    assert seen.texts == ["高级认证企业每五年复核一次。"]
    assert seen.attempts == 1
    assert not seen.fault
    assert bench.platform.sent == []


def test_an_application_s_answer_comes_back_the_same_way(bench: Bench, worker: Bridge):
    peer = bench.peer(APP, ours="ww0123456789abcdef")

    assert peer.push(peer.text("几年复核一次？", person="zhang"), worker).texts == [bench.script.answer]


def test_an_answer_with_markup_reaches_the_person_as_text(bench: Bench, worker: Bridge):
    bench.script.answer = "好]]></Content><ToUserName><![CDATA[oVICTIM\x00\x0b"
    peer = bench.peer()

    seen = peer.push(peer.text("问"), worker)

    assert seen.texts == ["好]]>＜/Content>＜ToUserName>＜![CDATA[oVICTIM"]


def test_f06_a_slow_answer_is_acknowledged_in_time_and_sent_once(bench: Bench, hasty: Bridge):
    bench.script.slow = threading.Event()
    bench.platform.spoke(PERSON)
    peer = bench.peer()

    seen = peer.push(peer.text("慢"), hasty)
    assert (seen.texts, seen.fault, seen.attempts) == ([], False, 1)
    bench.script.slow.set()
    bench.settle()
    bench.settle()

    assert bench.platform.texts(PERSON) == [bench.script.answer]
    assert b"\\u" not in bench.platform.sent[0].raw


def test_f07_an_answer_nobody_was_there_to_hear_is_fetched_by_the_repetition(
    bench: Bench, worker: Bridge, other: Bridge
):
    bench.script.slow = threading.Event()
    peer = bench.peer()
    timer = threading.Timer(0.3, bench.script.slow.set)
    timer.start()

    seen = peer.push(peer.text("丢"), worker, other, hang_up=(0.05,))
    bench.settle()

    assert seen.texts == [bench.script.answer]
    assert seen.attempts == 2
    assert bench.platform.sent == []
    assert bench.script.computed["丢"] == 1


def test_f07_an_answer_that_no_repetition_fetches_is_sent(bench: Bench, worker: Bridge, other: Bridge):
    bench.script.slow = threading.Event()
    bench.platform.spoke(PERSON)
    peer = bench.peer()

    seen = peer.push(peer.text("丢"), worker, other, hang_up=(0.02, 0.02, 0.02))
    bench.script.slow.set()
    bench.settle()
    assert seen.fault
    assert bench.platform.sent == []  # a repetition may still come
    bench.clock.pass_(seconds=21)
    bench.settle()
    bench.settle()

    assert bench.platform.texts(PERSON) == [bench.script.answer]


def test_f08_a_repetition_joins_the_computation_of_another_worker(bench: Bench, worker: Bridge, other: Bridge):
    bench.script.slow = threading.Event()
    peer = bench.peer()
    threading.Timer(0.3, bench.script.slow.set).start()

    seen = peer.push(peer.text("同"), worker, other, hang_up=(0.05,))

    assert seen.texts == [bench.script.answer]
    assert bench.script.computed["同"] == 1
    assert len(bench.messages()) == 1


def test_f08_three_attempts_on_two_workers_in_turn_compute_once(bench: Bench, worker: Bridge, other: Bridge):
    bench.script.slow = threading.Event()
    threading.Timer(0.4, bench.script.slow.set).start()
    peer = bench.peer()

    seen = peer.push(peer.text("三"), worker, other, hang_up=(0.1, 0.1))

    assert (seen.texts, seen.attempts) == ([bench.script.answer], 3)
    assert bench.script.computed["三"] == 1


def test_f09_a_repetition_after_the_answer_gets_the_same_again(bench: Bench, worker: Bridge, other: Bridge):
    peer = bench.peer()
    document = peer.text("再")

    first, second = peer.push(document, worker), peer.push(document, other)

    assert first.texts == second.texts == [bench.script.answer]
    assert bench.script.computed["再"] == 1


def test_f09_a_repetition_of_what_is_being_sent_is_only_acknowledged(bench: Bench, hasty: Bridge, other: Bridge):
    bench.script.slow = threading.Event()
    bench.platform.spoke(PERSON)
    peer = bench.peer()
    document = peer.text("迟")
    peer.push(document, hasty)
    bench.script.slow.set()
    bench.settle()

    assert peer.push(document, other).texts == []
    bench.settle()
    assert bench.platform.texts(PERSON) == [bench.script.answer]


def test_f10_what_a_killed_worker_left_is_finished_by_another(bench: Bench, hasty: Bridge, other: Bridge):
    bench.script.slow = threading.Event()
    bench.platform.spoke(PERSON)
    peer = bench.peer()
    peer.push(peer.text("杀"), hasty)
    bench.clock.pass_(seconds=6)  # the lease is not renewed any more

    bench.script.slow.set()
    other.sweep()
    bench.settle()
    bench.settle()

    assert bench.platform.texts(PERSON) == [bench.script.answer]
    assert [message.delivery for message in bench.messages()] == ["queued"]


def test_f11_a_message_delivered_again_hours_later_is_known(bench: Bench, worker: Bridge):
    peer = bench.peer()
    document = peer.text("旧")
    peer.push(document, worker)
    bench.clock.pass_(hours=7)

    assert peer.push(document, worker).texts == [bench.script.answer]
    assert bench.script.computed["旧"] == 1


def test_f12_two_events_in_one_second_are_two(bench: Bench, worker: Bridge):
    peer = bench.peer()
    for name, key in (("subscribe", "qrscene_7"), ("SCAN", "7"), ("CLICK", "help"), ("CLICK", "status")):
        peer.push(peer.event(name, key=key), worker)
    again = peer.event("CLICK", key="help")
    peer.push(again, worker)
    peer.push(again, worker)

    assert len(bench.messages()) == 4


def test_more_than_can_be_computed_is_acknowledged_and_answered_later(bench: Bench, hasty: Bridge):
    bench.script.slow = threading.Event()
    peer = bench.peer()
    documents = [peer.text(f"问{number}", person=f"o{number}") for number in range(14)]
    for number in range(14):
        bench.platform.spoke(f"o{number}")

    async def all_at_once() -> list[object]:
        return list(await asyncio.gather(*(peer.pushing(document, hasty) for document in documents)))

    seen = asyncio.run(all_at_once())
    bench.script.slow.set()
    for _ in range(4):
        bench.settle()

    assert not any(one.fault for one in seen)  # type: ignore[attr-defined]
    assert sorted(sent.peer for sent in bench.platform.sent) == sorted(f"o{number}" for number in range(14))
    assert set(bench.script.computed.values()) == {1}


def test_a_repetition_of_what_was_left_for_later_is_computed_at_once_and_once(bench: Bench, worker: Bridge):
    bench.platform.spoke(PERSON)
    peer = bench.peer()
    document = peer.text("später")
    worker.computing.pause()
    assert peer.push(document, worker).texts == []
    worker.computing._paused_until = 0.0

    assert peer.push(document, worker).texts == []
    bench.settle()
    bench.settle()

    assert [(message.attempts, message.delivery) for message in bench.messages()] == [(1, "queued")]
    assert bench.platform.texts(PERSON) == [bench.script.answer]


def test_a_computation_that_fails_is_tried_again_and_ends_in_an_apology(bench: Bench, hasty: Bridge):
    bench.script.fails = 9
    bench.platform.spoke(PERSON)
    peer = bench.peer()
    peer.push(peer.text("坏"), hasty, attempts=1)
    for _ in range(4):
        bench.clock.pass_(seconds=30)
        hasty.sweep()
        for message in bench.messages():
            running = hasty.computing.running(message.id)
            if running is not None:
                running.result(20)
    bench.settle()
    bench.settle()

    assert bench.script.computed["坏"] == 3
    assert "没能处理" in bench.platform.texts(PERSON)[0]


@pytest.mark.parametrize("values", [OA, APP])
def test_the_address_proves_to_be_ours(values: dict[str, object], bench: Bench, worker: Bridge):
    peer = bench.peer(values)

    assert worker.verify(peer.channel, peer.account, peer.verification()) == "5927782489442352469"
