"""Choices as buttons where a channel has them: a click is what a number would be, never for a step gone by."""

from __future__ import annotations

import json
from typing import Any

from api.bridge.cards import card_of
from api.bridge.model import Address, Channel, Outbound, SendOutcome
from api.bridge.packing import pack_outbound, unpack_outbound
from tests.bridge.bench import APP, OA, Bench
from tests.bridge.bot_server import BotServer
from tests.bridge.hall import Hall
from tests.bridge.test_bridge_bot import bots, connected  # noqa: F401 - a fixture

MARK = "0" * 32 + "-4"


def walker(hall: Hall) -> None:
    """An enterprise user in the application, at the first item of a self-assessment."""
    user = hall.world.enterprise_user("user-a", 0)
    hall.bind(user, "wang", APP)
    hall.write("开始认证企业自评", "wang", APP)


def card(hall: Hall) -> dict[str, Any]:
    """The card shown last."""
    hall.world.clock.pass_(seconds=2)
    hall.send()
    shown: dict[str, Any] = hall.bench.platform.cards[-1]["template_card"]
    return shown


def click(hall: Hall, shown: dict[str, Any], key: str, code: str = "code-1") -> list[str]:
    """Press a button; return what the person is sent."""
    before = len(hall.bench.platform.texts("wang"))
    peer = hall.bench.peer(APP, ours=APP["corp_id"])
    hall.world.clock.pass_(seconds=1)
    event = peer.event("template_card_event", person="wang", key=key, TaskId=shown["task_id"], ResponseCode=code)
    assert peer.push(event, hall.bridge).texts == []
    hall.bench.settle()
    return hall.bench.platform.texts("wang")[before:]


def test_a_step_is_shown_as_buttons_after_its_text_and_a_click_answers_it(hall: Hall):
    walker(hall)
    shown = card(hall)

    said = click(hall, shown, "1")

    assert [button["text"] for button in shown["button_list"]][0]
    assert len(shown["button_list"]) <= 6
    assert len(said) == 1
    assert card(hall)["task_id"] != shown["task_id"]
    assert [one["response_code"] for one in hall.bench.platform.changed_cards] == ["code-1"]


def test_f32_a_card_of_a_step_gone_by_changes_nothing(hall: Hall):
    walker(hall)
    old = card(hall)
    click(hall, old, "1")

    (said,) = click(hall, old, "1", "code-2")

    assert "这张卡片已经过去了" in said


def test_a_card_of_somebody_else_is_nobodys(hall: Hall):
    walker(hall)
    shown = card(hall)
    hall.bench.platform.sent.clear()

    (said,) = click(hall, {"task_id": MARK}, "1")

    assert "已经过去" in said
    assert click(hall, shown, "0", "code-3") == []
    assert click(hall, shown, "99", "code-4") == []


def test_where_there_are_no_cards_there_are_numbers(hall: Hall):
    hall.enterprise_user()

    assert "1. " in hall.write("开始认证企业自评", values=OA)
    hall.world.clock.pass_(seconds=2)
    hall.send()
    assert hall.bench.platform.cards == []


def test_long_choices_stay_numbers():
    assert card_of(Outbound("请选择：", ("高级认证企业几年复核一次？", "达标"), mark=MARK)) is None
    assert card_of(Outbound("请选择：", ("达标",), mark=MARK)) is None
    assert card_of(Outbound("请选择：", ("达标", "不达标"))) is None
    assert card_of(Outbound("第一行\n第二行？", ("达标", "不达标"), mark=MARK)).line == "第二行？"  # type: ignore[union-attr]


def test_a_bot_shows_cards_and_changes_the_one_that_was_clicked(bench: Bench, bots: BotServer):  # noqa: F811
    bridge = connected(bench, bots)
    bot, person = bridge.adapters[(Channel.WECOM_AIBOT, "bot")], Address(Channel.WECOM_AIBOT, "bot", "zhang")
    shown = card_of(Outbound("是否达标？", ("达标", "不达标"), mark=MARK))
    event = {"eventtype": "template_card_event", "template_card_event": {"event_key": "1", "task_id": MARK}}
    body = {"msgid": "9", "from": {"userid": "zhang"}, "msgtype": "event", "event": event}
    read = bot.read({"cmd": "aibot_event_callback", "headers": {"req_id": "e1"}, "body": body}, bench.clock())  # type: ignore[attr-defined]

    assert bot.send(person, Outbound("", card=shown), None, "k").outcome is SendOutcome.SENT
    assert bot.send(person, Outbound("记下了"), read.handle, "k2").outcome is SendOutcome.SENT

    assert (read.event_key, read.details) == ("1", {"TaskId": MARK})
    assert bots.of("aibot_respond_update_msg")[0]["headers"]["req_id"] == "e1"
    assert [frame["body"]["msgtype"] for frame in bots.of("aibot_send_msg")] == ["template_card", "markdown"]


def test_what_an_earlier_version_packed_is_still_read():
    packed = json.dumps({"said": {"text": "您好", "choices": ["甲"], "link": "", "notice": None}, "handle": None})
    shown = Outbound("请选择", ("达标", "不达标"), mark=MARK, card=card_of(Outbound("", ("达标", "不达标"), mark=MARK)))

    assert unpack_outbound(packed)[0] == Outbound("您好", ("甲",))
    assert unpack_outbound(pack_outbound(shown))[0] == shown
