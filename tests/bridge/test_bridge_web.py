"""One conversation, on the web and in channels: what is said here is there, and a person answers wherever."""

from __future__ import annotations

from sqlalchemy import or_, select

from api.store import AuditEntry, Conversation, GivenAnswer, Utterance
from tests.bridge.bench import APP, OA
from tests.bridge.hall import Hall


def test_what_is_said_on_the_web_and_in_a_channel_is_one_conversation(hall: Hall):
    person = hall.world.enterprise_user()
    person.post("/", q="什么是AEO？")
    hall.bind(person, "oPERSON", OA)
    hall.write("高级认证企业几年复核一次？")

    shown = person.get("/conversation").text

    assert "什么是AEO？" in shown
    assert "高级认证企业几年复核一次？" in shown
    assert "微信服务号" in shown
    with hall.world.services.database.reading() as session:
        mine = select(Conversation.id).where(Conversation.account_id == person.account_id)
        assert len(session.scalars(mine).all()) == 1


def test_a_follow_up_in_a_channel_goes_on_from_the_web(hall: Hall):
    person = hall.enterprise_user()
    person.post("/", q="高级认证企业几年复核一次？")

    assert "认证企业" in hall.write("那认证企业呢？")


def test_a_self_assessment_goes_on_from_the_web_in_a_channel_and_back(hall: Hall):
    person = hall.enterprise_user()
    begun = person.post("/", q="开始认证企业自评").text

    here = hall.write("继续自评").splitlines()[1]
    hall.write("跳过")
    there = hall.write("继续自评").splitlines()[1]
    back = person.post("/", q="继续自评").text

    assert here in begun
    assert there != here
    assert there in back


def test_what_is_asked_in_a_channel_counts_like_what_is_asked_on_the_web(hall: Hall):
    hall.enterprise_user().post("/", q="什么是AEO？")
    hall.write("高级认证企业几年复核一次？")

    with hall.world.services.database.reading() as session:
        given = session.scalars(select(GivenAnswer).order_by(GivenAnswer.given_at)).all()
    assert [(one.channel, one.kind) for one in given] == [("web", "answered"), ("wechat_oa", "answered")]


def test_what_is_done_in_a_channel_is_in_the_same_audit_log(hall: Hall):
    person = hall.enterprise_user()
    hall.write("转人工")
    hall.write("解绑")

    with hall.world.services.database.reading() as session:
        of_person = or_(AuditEntry.actor == person.account_id, AuditEntry.subject == person.account_id)
        noted = session.scalars(select(AuditEntry.action).where(of_person)).all()
    assert {"channel_bound", "person_asked_for", "channel_unbound"} <= set(noted)


def test_a_visitor_s_questions_are_not_stored(hall: Hall):
    hall.world.visitor().post("/", q="什么是AEO？")

    with hall.world.services.database.reading() as session:
        assert session.scalars(select(Utterance)).all() == []


def test_a_person_asked_for_on_the_web_answers_from_a_channel(hall: Hall):
    person = hall.world.enterprise_user()
    hall.coordinator()

    assert "已经通知您的协调员" in person.post("/conversation/person").text
    hall.write("待办", "zhang", APP)
    hall.write("1", "zhang", APP)
    person.post("/", q="什么是AEO？")
    assert any("什么是AEO？" in text for text in hall.send("zhang"))
    hall.write("回复 您好，请看第四条。", "zhang", APP)

    assert "您好，请看第四条。" in person.get("/conversation").text
    assert "您好，请看第四条。" in person.get("/inbox").text


def test_officers_have_no_such_conversation(hall: Hall):
    assert hall.world.officer().call("GET", "/conversation").status_code == 403
