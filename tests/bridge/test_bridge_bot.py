"""The AI bot's one connection: kept, found again, left to others; messages and answers over it, once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.bridge.bridge import Bridge
from api.bridge.model import Address, Channel, Outbound, SendOutcome
from tests.bridge.bench import QUICK, Bench, account
from tests.bridge.bot_server import SECRET, WAIT, BotServer, running_bot_server

BOT = {"channel": "wecom_aibot", "account": "bot", "bot_id": "b1", "secret": SECRET}
ZHANG = Address(Channel.WECOM_AIBOT, "bot", "zhang")


@pytest.fixture
def bots() -> Iterator[BotServer]:
    """A running server."""
    with running_bot_server() as running:
        yield running


def start(bench: Bench, bots: BotServer, **changes: Any) -> Bridge:
    """A worker with the bot, its connection thread running; it sweeps when a test says so."""
    timing = changes.pop("timing", QUICK)
    bridge = bench.worker(account(BOT, api_base=bots.address, **changes), timing=timing)
    thread = threading.Thread(target=bridge.bots[0].run, daemon=True)
    bridge._threads.append(thread)
    thread.start()
    return bridge


def until(wanted: Callable[[], bool]) -> bool:
    """Wait until something is so."""
    ends = time.monotonic() + WAIT
    while time.monotonic() < ends:
        if wanted():
            return True
        time.sleep(0.005)
    return False


def connected(bench: Bench, bots: BotServer, **changes: Any) -> Bridge:
    """A worker whose bot is connected."""
    bridge = start(bench, bots, **changes)
    assert until(lambda: bots.live is not None and bridge.bots[0]._bot.connected)
    return bridge


def answered(bench: Bench, bridge: Bridge, messages: int = 1) -> None:
    """Let the worker answer what came in."""
    assert until(lambda: len(bench.messages()) == messages)
    bridge.sweep()
    bench.settle()


def test_a_message_is_answered_under_its_own_request(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)

    bots.push("@助手 几年复核一次？")
    answered(bench, bridge)

    (frame,) = bots.of("aibot_respond_msg")
    assert frame["headers"]["req_id"] == "r1"
    assert frame["body"]["stream"]["content"] == bench.script.answer
    assert frame["body"]["stream"]["finish"] is True
    assert bench.script.computed == {"几年复核一次？": 1}


def test_a_message_pushed_twice_is_answered_once(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)
    for _ in range(2):
        bots.push("问", number="7")
    bots.push("问2", number="8")

    answered(bench, bridge, 2)

    assert len(bots.of("aibot_respond_msg")) == 2


def test_whoever_enters_is_welcomed_and_a_notice_needs_no_request(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)
    bot = bridge.adapters[("wecom_aibot", "bot")]
    read = bot.read(  # type: ignore[attr-defined]
        {
            "cmd": "aibot_event_callback",
            "headers": {"req_id": "e1"},
            "body": {"from": {"userid": "zhang"}, "event": {"eventtype": "enter_chat"}, "msgid": "9"},
        },
        bench.clock(),
    )

    assert bot.send(ZHANG, Outbound("您好"), read.handle, "k").outcome is SendOutcome.SENT
    assert bot.send(ZHANG, Outbound("提醒"), None, "k2").outcome is SendOutcome.SENT
    assert bots.of("aibot_respond_welcome_msg")[0]["headers"]["req_id"] == "e1"
    assert bots.of("aibot_send_msg")[0]["body"]["chatid"] == "zhang"


def test_what_is_not_acknowledged_is_not_sent_again(bench: Bench, bots: BotServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.bridge.adapters.wecom_aibot.ACK_SECONDS", 0.05)
    bots.acknowledges = False
    bridge = connected(bench, bots)

    assert bridge.adapters[("wecom_aibot", "bot")].send(ZHANG, Outbound("x"), None, "k").outcome is SendOutcome.UNKNOWN


def test_a_refused_message_is_told_so(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)
    bots.code = 45009

    assert bridge.adapters[("wecom_aibot", "bot")].send(ZHANG, Outbound("x"), None, "k").outcome is SendOutcome.LATER


@pytest.mark.parametrize("ending", ["close_normally", "abort"])
def test_f27_after_a_normal_close_and_after_a_break_the_bot_comes_back(ending: str, bench: Bench, bots: BotServer):
    connected(bench, bots)

    getattr(bots, ending)()

    assert bots.wait_for(lambda: bots.subscribed == 2)


def test_f27_missed_pings_end_a_dead_connection(bench: Bench, bots: BotServer):
    bots.answers_pings = False
    bridge = connected(bench, bots)
    assert bots.wait_for(lambda: len(bots.of("ping")) == 0)

    for _ in range(4):
        bench.clock.pass_(seconds=1)
        assert bots.wait_for(lambda: True)
        time.sleep(0.25)

    assert bots.subscribed >= 2
    assert not bridge.bots[0].refused


def test_f27_whoever_is_kicked_stays_away(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)

    bots.kick()
    assert until(lambda: not bridge.bots[0]._bot.connected)
    time.sleep(0.2)
    assert bots.subscribed == 1
    bench.clock.pass_(seconds=61)

    assert bots.wait_for(lambda: bots.subscribed == 2)


def test_f27_whoever_is_refused_does_not_knock_again(bench: Bench, bots: BotServer):
    bridge = start(bench, bots, secret="another-secret-for-tests")

    assert until(lambda: bridge.bots[0].refused == "40058")
    time.sleep(0.1)
    assert (bots.refused, bots.subscribed) == (1, 0)


def test_f27_two_workers_hold_one_connection_and_the_second_takes_over(bench: Bench, bots: BotServer):
    first = connected(bench, bots)
    second = start(bench, bots)
    time.sleep(0.15)
    assert bots.subscribed == 1

    first.bots[0].stop()

    assert until(lambda: second.bots[0]._bot.connected)
    assert bots.subscribed == 2


def test_a_worker_without_the_connection_leaves_the_bot_s_messages_to_the_other(bench: Bench, bots: BotServer):
    holder = connected(bench, bots)
    other = bench.worker(account(BOT, api_base=bots.address), timing=replace(QUICK, lease=1))
    with bench.databases[0].writing() as session:
        holder.outbox.add(session, "k", ZHANG, Outbound("提醒"), bench.clock())

    assert other.delivery.send_due() == 0
    assert holder.delivery.send_due() == 1


def test_frames_that_are_none_are_passed_over(bench: Bench, bots: BotServer):
    bridge = connected(bench, bots)
    assert bots.live is not None
    for told in ("no json", "[1]", '{"cmd": "aibot_msg_callback"}', '{"cmd": "news", "body": {}}', '{"headers": 1}'):
        bots.live.send(told)
    bots.push("问")

    answered(bench, bridge)

    assert len(bots.of("aibot_respond_msg")) == 1
