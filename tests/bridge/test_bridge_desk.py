"""WeCom customer service: a callback is a hint, the messages are pulled, each is answered once."""

from __future__ import annotations

import json
from typing import Any

import httpx2

from api.bridge.bridge import Bridge
from api.bridge.model import Outbound
from tests.bridge.bench import KF, Bench

CUSTOMER = "wmCUSTOMER"


def ready(bench: Bench, *bridges: Bridge) -> None:
    """Tell that messages lie ready."""
    peer = bench.peer(KF)
    bench.clock.pass_(seconds=1)
    seen = peer.push(peer.event("kf_msg_or_event", OpenKfId="wk1", Token="WORD"), *bridges)
    assert not seen.fault


def message(number: int, text: str = "问", **more: Any) -> dict[str, Any]:
    """A customer's message as it is pulled."""
    told = {
        "msgid": f"m{number}",
        "open_kfid": "wk1",
        "external_userid": CUSTOMER,
        "send_time": 1764131400,
        "origin": 3,
    }
    return {**told, "msgtype": "text", "text": {"content": f"{text}{number}"}, **more}


def answer_all(bench: Bench) -> None:
    """Pull, compute, send."""
    for _ in range(3):
        bench.settle()


def test_f26_the_callback_is_answered_at_once_and_the_messages_are_pulled_page_by_page(bench: Bench, worker: Bridge):
    bench.platform.waiting = [message(n) for n in range(5)]

    ready(bench, worker)
    assert bench.platform.calls["cgi-bin/kf/sync_msg"] == 0
    answer_all(bench)

    assert bench.platform.calls["cgi-bin/kf/sync_msg"] == 3
    assert bench.script.computed == {f"问{n}": 1 for n in range(5)}
    assert bench.platform.texts(CUSTOMER) == [bench.script.answer] * 5


def test_f26_a_second_pull_goes_on_where_the_first_ended(bench: Bench, worker: Bridge, other: Bridge):
    bench.platform.waiting = [message(0)]
    ready(bench, worker)
    answer_all(bench)
    bench.platform.waiting.append(message(1))
    ready(bench, other)
    answer_all(bench)

    assert bench.script.computed == {"问0": 1, "问1": 1}


def test_f26_two_workers_do_not_pull_at_the_same_time(bench: Bench, worker: Bridge, other: Bridge):
    bench.platform.waiting = [message(n) for n in range(3)]
    ready(bench, worker, other)
    ready(bench, other)

    for bridge in (worker, other):
        for puller in bridge._pullers:
            puller.pull_wanted()
    answer_all(bench)

    assert set(bench.script.computed.values()) == {1}
    assert len(bench.platform.texts(CUSTOMER)) == 3


def test_f26_after_a_pull_that_failed_the_messages_are_still_wanted(bench: Bench, worker: Bridge):
    bench.platform.waiting = [message(0)]
    bench.platform.let_next("cgi-bin/kf/sync_msg", httpx2.ConnectError)
    ready(bench, worker)
    answer_all(bench)

    assert bench.platform.texts(CUSTOMER) == [bench.script.answer]


def test_f26_the_word_of_an_old_callback_is_not_used(bench: Bench, worker: Bridge):
    asked: list[dict[str, Any]] = []
    handle = bench.platform.handle

    def noted(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("sync_msg"):
            asked.append(json.loads(request.content))
        return handle(request)

    worker.ground.client._transport = httpx2.MockTransport(noted)
    ready(bench, worker)
    bench.clock.pass_(minutes=11)
    worker.tick()
    ready(bench, worker)
    worker.tick()

    assert "token" not in asked[0]
    assert asked[-1]["token"] == "WORD"


def test_f26_whoever_enters_is_welcomed_with_the_code_that_works_once(bench: Bench, worker: Bridge):
    content = {"event_type": "enter_session", "external_userid": CUSTOMER, "welcome_code": "CODE", "scene": "x"}
    entered = {"msgid": "e1", "origin": 4, "send_time": 1, "msgtype": "event", "event": content}
    bench.platform.waiting = [entered, message(1)]
    ready(bench, worker)
    answer_all(bench)

    with bench.databases[0].reading() as session:
        inbounds = [worker.inbox._inbound(row) for row in bench.messages() if session]
    handles = {inbound.handle.value for inbound in inbounds if inbound.handle}
    assert handles == {"CODE"}
    assert [sent.peer for sent in bench.platform.sent] == [CUSTOMER]


def test_what_our_side_said_is_not_taken_for_a_question(bench: Bench, worker: Bridge):
    bench.platform.waiting = [message(0, origin=5), {"origin": 3}, {"nonsense": 1}, message(1)]  # type: ignore[list-item]
    ready(bench, worker)
    answer_all(bench)

    assert bench.script.computed == {"问1": 1}


def test_five_messages_follow_one_of_a_customer_s(bench: Bench, worker: Bridge):
    bench.platform.waiting = [message(0)]
    ready(bench, worker)
    answer_all(bench)
    address = worker.inbox._inbound(bench.messages()[0]).address
    with bench.databases[0].writing() as session:
        for number in range(6):
            worker.outbox.add(session, f"more-{number}", address, Outbound(f"m{number}"), bench.clock())
    worker.delivery.send_due()

    assert len(bench.platform.texts(CUSTOMER)) == 5
    assert bench.script.undelivered == [(address.peer, "window closed")] * 2
