"""Notices to a group: who agreed gets them, once; who is left out is shown with the reason."""

from __future__ import annotations

import re
from datetime import timedelta

from httpx2 import Response
from sqlalchemy import select

from api.bridge.outbox import Outbox
from api.store import Broadcast, ChannelBinding, ChannelSending, Notice, NoticeConsent
from api.usecases.channels.notices import send_notices
from tests.people import A, B, Person, World, uscc

TEXT = "海关总署令第282号已经施行，请对照自查。"


def agree(person: Person, **chosen: str) -> None:
    """Tick what a person agrees to on the account page."""
    assert person.post("/account/notices", **chosen).status_code == 303


def previewed(person: Person, **form: str) -> Response:
    """Preview a notice."""
    return person.post("/desk/broadcasts", **{"topic": "policy", "text": TEXT, **form})


def sent(person: Person, page: Response, **form: str) -> Response:
    """Send what a preview shows."""
    token = re.search(r'name="token" value="([0-9a-f]{32})"', page.text)
    assert token
    return person.post(
        "/desk/broadcasts", **{"topic": "policy", "text": TEXT, "token": token[1], "act": "send", **form}
    )


def inbox(world: World, person: Person) -> list[str]:
    """What somebody was told."""
    with world.services.database.reading() as session:
        return list(session.scalars(select(Notice.text).where(Notice.account_id == person.account_id)))


def test_consent_is_given_and_withdrawn_in_the_account_and_audited(world: World, li: Person):
    assert "现在没有同意接收" in li.get("/account").text

    agree(li, policy="1", by_channel="1")
    page = li.get("/account").text
    agree(li)

    assert page.count('value="1" checked') == 2
    with world.services.database.reading() as session:
        assert session.get_one(NoticeConsent, li.account_id).policy is False
    assert world.actions()[-2:] == ["notice_consent_changed"] * 2


def test_the_preview_counts_who_is_told_and_says_why_others_are_not(world: World, li: Person, zhang: Person):
    declined, never = world.enterprise_user("wu", A, first=False), world.enterprise_user("sun", A, first=False)
    agree(li, policy="1")
    agree(declined, reminder="1")

    page = previewed(zhang).text

    assert "会收到的人</dt><dd><strong>1</strong>" in page
    assert "没有选择过是否接收 1" in page
    assert "不同意接收 1" in page
    assert "还没有账号" in page
    assert inbox(world, li) == inbox(world, never) == []


def test_who_agreed_is_told_in_the_inbox_and_it_is_in_the_audit_log(world: World, li: Person, zhang: Person):
    agree(li, policy="1")

    answer = sent(zhang, previewed(zhang))

    assert answer.status_code == 303
    assert inbox(world, li) == [TEXT]
    assert TEXT in li.get("/inbox").text
    assert world.actions()[-1] == "broadcast_sent"
    assert TEXT in zhang.get("/desk/broadcasts").text


def test_the_same_preview_and_the_same_words_are_sent_once(world: World, li: Person, zhang: Person):
    agree(li, policy="1")
    page = previewed(zhang)
    sent(zhang, page)

    again, anew = sent(zhang, page), sent(zhang, previewed(zhang))

    assert (again.status_code, anew.status_code) == (409, 409)
    assert inbox(world, li) == [TEXT]
    with world.services.database.reading() as session:
        assert len(session.scalars(select(Broadcast)).all()) == 1


def test_only_the_own_enterprises_are_told_whatever_the_form_says(world: World, li: Person):
    elsewhere = world.coordinator("qian", 32)
    stranger = world.enterprise_user("ma", B)
    agree(li, policy="1")
    agree(stranger, policy="1")

    answer = elsewhere.post("/desk/broadcasts", topic="policy", text=TEXT, token="0" * 32, act="send")

    assert answer.status_code == 400
    assert inbox(world, li) == inbox(world, stranger) == []


def test_a_level_narrows_the_group(world: World, li: Person, zhang: Person):
    agree(li, policy="1")

    assert "会收到的人</dt><dd><strong>1</strong>" in previewed(zhang, level="advanced_certified").text
    assert "会收到的人</dt><dd><strong>0</strong>" in previewed(zhang, level="discredited").text


def bind(world: World, person: Person) -> None:
    """Bind somebody in the official account."""
    with world.services.database.writing() as session:
        session.add(
            ChannelBinding(
                channel="wechat_oa", account="service", peer="oLI", account_id=person.account_id, uscc=uscc(A),
                bound_at=world.clock(),
            )
        )  # fmt: skip


def channelled(world: World) -> int:
    """Let the clock send what is due; return how much lies in the channel's outbox."""
    outbox = Outbox(world.services.keys, "clock", timedelta(seconds=10))
    with world.services.database.writing() as session:
        send_notices(session, outbox, world.clock())
        return len(session.scalars(select(ChannelSending)).all())


def test_a_channel_is_used_only_with_consent(world: World, li: Person, zhang: Person):
    bind(world, li)
    agree(li, policy="1")
    sent(zhang, previewed(zhang))
    assert channelled(world) == 0

    agree(li, policy="1", by_channel="1")
    sent(zhang, previewed(zhang, text="第二条"), text="第二条")

    assert channelled(world) == 1
    assert inbox(world, li) == [TEXT, "第二条"]


def test_at_night_the_channel_waits_until_morning(world: World, li: Person, zhang: Person):
    bind(world, li)
    agree(li, policy="1", by_channel="1")
    page = previewed(zhang)
    world.clock.at = world.clock.at.replace(hour=14)  # 22:00 in China
    zhang = world.signed_in(world.account("zhang"))
    sent(zhang, page)
    at_night = channelled(world)
    world.clock.pass_(hours=10, minutes=1)

    assert (at_night, channelled(world)) == (0, 1)


def test_without_a_preview_nothing_is_sent(world: World, li: Person, zhang: Person):
    agree(li, policy="1")

    assert zhang.post("/desk/broadcasts", topic="policy", text=TEXT, act="send").status_code == 400
    assert inbox(world, li) == []
