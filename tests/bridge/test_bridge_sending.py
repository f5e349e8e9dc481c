"""Sending through a platform that refuses, hangs, counts and drops: once, within its limits, never in a loop."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from api.bridge.adapters.wechat_oa import WechatOfficialAccount
from api.bridge.adapters.wecom_app import WecomApplication
from api.bridge.bridge import Bridge
from api.bridge.menus import menu_of
from api.bridge.model import Address, Channel, Notice, Outbound, SendOutcome
from tests.bridge.bench import APP, HOOK, OA, Bench, account

OPENID = Address(Channel.WECHAT_OA, "service", "oPERSON")
MEMBER = Address(Channel.WECOM_APP, "coordinators", "zhang")
CUSTOM, APP_SEND = "cgi-bin/message/custom/send", "cgi-bin/message/send"


def queue(bridge: Bridge, bench: Bench, number: int = 1, address: Address = OPENID, text: str = "答") -> None:
    """Leave messages to the outbox, after the person wrote."""
    bench.platform.spoke(address.peer)
    peer = bench.peer(OA if address is OPENID else APP)
    bench.script.answer = "ja"
    if address is OPENID:
        peer.push(peer.event("CLICK"), bridge)
        peer.push(peer.text(f"open {bench.clock()}", person=address.peer), bridge)
    with bench.databases[0].writing() as session:
        for n in range(number):
            bridge.outbox.add(
                session, f"k{bench.clock().timestamp()}-{n}", address, Outbound(f"{text}{n}"), bench.clock()
            )


def sent(bridge: Bridge, address: Address = OPENID, text: str = "答") -> SendOutcome:
    """Send at once, past the outbox."""
    return bridge.adapters[(address.channel, address.account)].send(address, Outbound(text), None, "key-1").outcome


def test_what_is_queued_twice_under_one_key_is_sent_once(bench: Bench, worker: Bridge):
    queue(worker, bench)
    queue(worker, bench)

    worker.delivery.send_due()

    assert bench.platform.texts("oPERSON") == ["答0"]


def test_two_workers_send_everything_once(bench: Bench, worker: Bridge, other: Bridge):
    queue(worker, bench, 5)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda bridge: bridge.delivery.send_due(), (worker, other)))

    assert sorted(bench.platform.texts("oPERSON")) == [f"答{n}" for n in range(5)]


def test_f13_a_token_that_ended_or_was_revoked_is_replaced_once(bench: Bench, worker: Bridge):
    bench.platform.spoke("oPERSON")
    assert sent(worker) is SendOutcome.SENT
    bench.clock.pass_(seconds=7300)
    assert sent(worker) is SendOutcome.SENT
    bench.platform.kill_tokens()
    assert sent(worker) is SendOutcome.SENT

    assert bench.platform.calls["cgi-bin/stable_token"] == 3
    assert len(bench.platform.texts()) == 3


def test_f13_a_stable_token_that_is_refused_is_forced_to_change(bench: Bench, worker: Bridge):
    bench.platform.spoke("oPERSON")
    sent(worker)
    bench.platform.let_next(CUSTOM, 40001)  # though the platform still gives out the same

    assert sent(worker) is SendOutcome.SENT
    assert bench.platform.calls["cgi-bin/stable_token"] == 3


def test_f13_twenty_cold_calls_on_two_workers_fetch_one_token(bench: Bench, worker: Bridge, other: Bridge):
    bench.platform.may_send["oPERSON"] = 20

    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda n: sent((worker, other)[n % 2]), range(20)))

    assert set(outcomes) == {SendOutcome.SENT}
    assert bench.platform.calls["cgi-bin/stable_token"] == 1


def test_f13_a_token_somebody_else_replaced_is_taken_over(bench: Bench, worker: Bridge, other: Bridge):
    bridge = bench.worker(account(OA, stable_token=False))
    bench.platform.spoke("oPERSON")
    assert sent(bridge) is SendOutcome.SENT
    bench.platform.kill_tokens()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: sent(bridge), range(4)))

    assert set(outcomes) == {SendOutcome.SENT}
    assert bench.platform.calls["cgi-bin/token"] == 2


def test_f14_a_token_refused_for_ever_ends_after_one_more_try(bench: Bench, worker: Bridge):
    bench.platform.always[CUSTOM] = 40001
    bench.platform.spoke("oPERSON")

    assert sent(worker) is SendOutcome.WRONG_CONFIG
    assert bench.platform.calls[CUSTOM] == 2
    assert sent(worker) is SendOutcome.WRONG_CONFIG
    assert bench.platform.calls[CUSTOM] == 2  # nothing is asked for a while
    bench.clock.pass_(minutes=11)
    del bench.platform.always[CUSTOM]
    assert sent(worker) is SendOutcome.SENT


def test_f14_a_wrong_secret_of_wecom_is_asked_about_once(bench: Bench):
    bridge = bench.worker(account(APP, secret="wrong-secret-for-tests"))

    outcomes = {sent(bridge, MEMBER) for _ in range(5)}

    assert outcomes == {SendOutcome.WRONG_CONFIG}
    assert bench.platform.calls["cgi-bin/gettoken"] == 1


@pytest.mark.parametrize("failure", ["500", httpx2.ReadTimeout, httpx2.ConnectError, -1])
def test_f15_while_tokens_cannot_be_fetched_the_old_one_serves(failure: Any, bench: Bench, worker: Bridge):
    bench.platform.spoke("oPERSON")
    sent(worker)
    bench.clock.pass_(seconds=7200 - 200)  # time for a new one, and the old one is good yet
    bench.platform.let_next("cgi-bin/stable_token", failure)

    assert sent(worker) is SendOutcome.SENT
    assert bench.platform.calls["cgi-bin/stable_token"] == 2


def test_f15_without_any_token_sending_waits(bench: Bench, worker: Bridge):
    bench.platform.let_next("cgi-bin/stable_token", httpx2.ReadTimeout, httpx2.ReadTimeout)

    assert sent(worker) is SendOutcome.LATER


@pytest.mark.parametrize("code", [45015, 45047, 43004, 48002, 40003])
def test_f16_what_the_platform_will_not_carry_is_not_tried_again(code: int, bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.platform.let_next(CUSTOM, code)

    worker.delivery.send_due()
    bench.clock.pass_(hours=1)
    worker.delivery.send_due()

    assert bench.platform.calls[CUSTOM] == 1
    assert bench.script.undelivered == [("oPERSON", str(code))]
    assert [row.state for row in bench.sendings()] == ["failed"]


def test_f16_five_messages_follow_one_and_the_rest_takes_another_way(bench: Bench, worker: Bridge):
    queue(worker, bench, 20)
    bench.clock.pass_(minutes=2)  # the three for the click are over

    worker.delivery.send_due()

    assert len(bench.platform.texts("oPERSON")) == 5
    assert bench.platform.calls[CUSTOM] == 5  # our own count stopped before the platform's did
    assert bench.script.undelivered == [("oPERSON", "window closed")] * 15


def test_f16_after_48_hours_nothing_is_tried(bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.clock.pass_(hours=20)
    worker.delivery.send_due()
    queue_more(worker, bench)
    bench.clock.pass_(hours=29)
    queue_more(worker, bench)

    worker.delivery.send_due()

    assert bench.platform.calls[CUSTOM] == 1
    assert {code for _, code in bench.script.undelivered} == {"window closed", "expired"}


def queue_more(bridge: Bridge, bench: Bench) -> None:
    """Leave one more message without the person having written."""
    with bench.databases[0].writing() as session:
        bridge.outbox.add(session, f"m{bench.clock().timestamp()}", OPENID, Outbound("mehr"), bench.clock())


def test_f17_what_is_too_long_for_a_channel_is_cut_before_it_is_sent(bench: Bench, worker: Bridge):
    bench.platform.spoke("oPERSON")
    long = "高级认证企业每五年复核一次。👨‍👩‍👧" * 200

    assert sent(worker, text=long) is SendOutcome.SENT
    assert sent(worker, MEMBER, text=long) is SendOutcome.SENT

    for text in bench.platform.texts():
        assert len(text.encode()) <= 2048
        assert text.endswith("……（未完）")


def test_f17_a_length_the_platform_refuses_is_a_fault_of_ours_and_is_seen(bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.platform.let_next(CUSTOM, 45002)

    worker.delivery.send_due()

    assert bench.script.undelivered == [("oPERSON", "45002")]


def test_f18_more_than_thirty_a_minute_wait_instead_of_being_dropped(bench: Bench, worker: Bridge):
    queue(worker, bench, 40, MEMBER)

    for _ in range(3):
        worker.delivery.send_due()
    assert len(bench.platform.texts("zhang")) == 30
    bench.clock.pass_(seconds=61)
    for _ in range(3):
        worker.delivery.send_due()

    assert sorted(bench.platform.texts("zhang")) == sorted(f"答{n}" for n in range(40))


def test_f18_a_member_in_the_list_of_the_unreached_is_not_taken_for_reached(bench: Bench, worker: Bridge):
    bench.platform.unreachable.add("zhang")
    queue(worker, bench, 1, MEMBER)

    worker.delivery.send_due()

    assert bench.script.undelivered == [("zhang", "invaliduser")]
    assert [row.state for row in bench.sendings()] == ["failed"]


def test_f19_markup_and_directions_in_a_text_are_shown_and_not_meant(bench: Bench, worker: Bridge):
    bench.platform.spoke("oPERSON")

    sent(worker, text='看<a href="http://bad.cn">这里</a>\u202e\x00\ud800结束]]>')

    assert bench.platform.texts() == ['看＜a href="http://bad.cn">这里＜/a>结束]]>']


def test_f19_no_escapes_reach_the_platform(bench: Bench, worker: Bridge):
    sent(worker, MEMBER, text="中文 é 👍")

    assert b"\\u" not in bench.platform.sent[0].raw
    assert json.loads(bench.platform.sent[0].raw)["agentid"] == 1000002


def test_f20_a_message_that_may_have_arrived_is_never_sent_again(bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.platform.let_next(CUSTOM, httpx2.ReadTimeout)

    worker.delivery.send_due()
    bench.clock.pass_(hours=1)
    worker.delivery.send_due()

    assert [row.state for row in bench.sendings()] == ["unknown"]
    assert bench.platform.calls[CUSTOM] == 1


@pytest.mark.parametrize("failure", [httpx2.ConnectError, httpx2.ConnectTimeout, "503", -1, 45009])
def test_f20_what_was_surely_not_taken_is_sent_later(failure: Any, bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.platform.let_next(CUSTOM, failure)

    worker.delivery.send_due()
    worker.delivery.send_due()
    assert bench.platform.texts() == []
    bench.clock.pass_(seconds=6)
    worker.delivery.send_due()

    assert bench.platform.texts() == ["答0"]


def test_f20_a_worker_that_died_while_writing_leaves_a_message_nobody_knows_about(
    bench: Bench, worker: Bridge, other: Bridge
):
    queue(worker, bench)
    with bench.databases[0].writing() as session:
        (claimed,) = worker.outbox.claim(session, [("wechat_oa", "service")], bench.clock())
        assert worker.outbox.note_writing(session, claimed)
    bench.clock.pass_(seconds=6)

    other.delivery.send_due()

    assert [row.state for row in bench.sendings()] == ["unknown"]
    assert bench.platform.texts() == []


def test_f20_where_the_platform_knows_our_key_it_is_sent_again(bench: Bench, worker: Bridge, other: Bridge):
    queue(worker, bench, 1, MEMBER)
    with bench.databases[0].writing() as session:
        (claimed,) = worker.outbox.claim(session, [("wecom_app", "coordinators")], bench.clock())
        assert worker.outbox.note_writing(session, claimed)
    bench.clock.pass_(seconds=6)

    other.delivery.send_due()

    assert bench.platform.texts("zhang") == ["答0"]


def test_a_fault_of_the_configuration_waits_for_an_administrator_and_is_seen(bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.platform.let_next(CUSTOM, 40164)

    worker.delivery.send_due()
    worker.delivery.send_due()
    assert bench.platform.calls[CUSTOM] == 1
    bench.clock.pass_(minutes=11)
    worker.delivery.send_due()

    assert bench.platform.texts() == ["答0"]
    assert bench.script.undelivered == [("oPERSON", "40164")]


def test_what_waits_longer_than_a_day_is_not_sent_any_more(bench: Bench, worker: Bridge):
    queue(worker, bench)
    bench.clock.pass_(hours=25)

    worker.delivery.send_due()

    assert bench.platform.texts() == []
    assert bench.script.undelivered == [("oPERSON", "expired")]


@pytest.mark.parametrize("api", ["template", "subscribe"])
def test_a_notice_goes_by_its_template_and_costs_no_message(api: str, bench: Bench):
    template = {"api": api, "template_id": "T1", "fields": {"thing1": "text", "time2": "time"}}
    bridge = bench.worker(account(OA, notices={"deadline": template}))
    notice = Outbound(
        "复核在即", link="https://x.cn/status", notice=Notice("deadline", {"text": "复" * 30, "time": "今天"})
    )
    with bench.databases[0].writing() as session:
        bridge.outbox.add(session, "notice:1", OPENID, notice, bench.clock())

    bridge.delivery.send_due()

    assert bench.platform.calls[CUSTOM] == 0
    assert bench.platform.notices[0]["data"] == {"thing1": {"value": "复" * 20}, "time2": {"value": "今天"}}


def test_a_notice_without_a_template_is_not_sent_on_an_official_account(bench: Bench, worker: Bridge):
    notice = Outbound("复核在即", notice=Notice("deadline", {"text": "x"}))

    assert worker.adapters[("wechat_oa", "service")].send(OPENID, notice, None, "k").code == "no template"


def test_a_webhook_gets_what_comes_later(bench: Bench):
    told: list[httpx2.Request] = []

    def take(request: httpx2.Request) -> httpx2.Response:
        told.append(request)
        return httpx2.Response(204)

    bridge = bench.worker(account(HOOK))
    adapter = bridge.adapters[("webhook", "other")]
    adapter._client = httpx2.Client(transport=httpx2.MockTransport(take))  # type: ignore[attr-defined]

    result = adapter.send(Address(Channel.WEBHOOK, "other", "me"), Outbound("答", ("甲",)), None, "key-7")

    assert result.outcome is SendOutcome.SENT
    assert json.loads(told[0].content) == {"id": "key-7", "to": "me", "text": "答", "choices": ["甲"], "link": ""}
    assert "v1=" in told[0].headers["x-credit-signature"]


def test_the_menus_fit_the_platform(bench: Bench, worker: Bridge):
    for key, adapter in worker.adapters.items():
        if isinstance(adapter, WechatOfficialAccount | WecomApplication):
            called = adapter.platform.post(
                "/cgi-bin/menu/create", menu_of(adapter.account, "https://credit.example.org")
            )
            assert called.outcome is SendOutcome.SENT, key

    assert len(bench.platform.menus) == 2


def test_the_fake_platform_keeps_the_platform_s_rules(bench: Bench, worker: Bridge):
    platform, client = bench.platform, bench.platform.client
    query = {"appid": platform.app[0], "secret": platform.app[1]}
    first = client.get("http://p/oa/cgi-bin/token", params=query).json()["access_token"]
    second = client.get("http://p/oa/cgi-bin/token", params=query).json()["access_token"]

    def code(path: str, token: str = "", **body: Any) -> int:
        return int(client.post(f"http://p/{path}", params={"access_token": token}, json=body).json().get("errcode", 0))

    message = {"touser": "o", "text": {"content": "x" * 2049}}
    assert code("oa/cgi-bin/message/custom/send", "", **message) == 41001
    assert code("oa/cgi-bin/message/custom/send", first, **message) == 45002  # good for five minutes yet
    bench.clock.pass_(seconds=301)
    assert code("oa/cgi-bin/message/custom/send", first, **message) == 42001
    assert code("oa/cgi-bin/menu/create", second, button=[]) == 40016
    assert code("oa/cgi-bin/menu/create", second, button=[{"name": "名" * 6}]) == 40018
    assert code("oa/cgi-bin/menu/create", second, button=[{"name": "a", "sub_button": [0] * 6}]) == 40023
    assert code("qy/cgi-bin/message/send", second, touser="x", agentid=1) == 40014


def test_a_lease_of_a_token_that_a_dead_worker_holds_ends(bench: Bench, worker: Bridge, other: Bridge):
    bench.platform.spoke("oPERSON")
    source = worker.adapters[("wechat_oa", "service")].platform._source  # type: ignore[attr-defined]
    assert worker.tokens._take(source.name, bench.clock())
    bench.clock.pass_(seconds=11)

    assert sent(other) is SendOutcome.SENT
