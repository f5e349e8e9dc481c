"""What people get who write from a channel: answers, their own status, the self-assessment, a person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from api.auth.identity import Kind
from api.bridge.model import Address, Channel, Inbound, MessageKind
from api.store import Account, Utterance
from tests.bridge.bench import APP, OA
from tests.bridge.hall import Hall
from tests.people import A, B, uscc


def test_anybody_gets_an_answer_with_its_sources_and_how_sure_they_are(hall: Hall):
    said = hall.write("什么是AEO？")

    assert "[1]" in said
    assert "依据：\n[1] " in said
    assert any(f"（{name}" in said for name in ("官方文本", "译文或摘要", "二手资料"))
    assert len(said.encode()) <= 2048


def test_a_follow_up_is_understood_after_what_was_asked_before(hall: Hall):
    hall.write("高级认证企业几年复核一次？")

    assert "认证企业" in hall.write("那认证企业呢？")


def test_a_number_stands_for_the_choice_that_was_offered(hall: Hall):
    offered = hall.write("你好")
    first = offered.rsplit("1. ", 1)[1].splitlines()[0]

    said = hall.write("1")

    with hall.world.services.database.reading() as session:
        asked = session.scalars(select(Utterance.text).where(Utterance.said_by == "person").order_by(Utterance.number))
        assert list(asked)[-1] == first
    assert said


def test_a_person_nobody_knows_gets_no_record(hall: Hall):
    assert "示例" not in hall.write(f"{uscc(A)}的信用等级是什么？")
    assert hall.write("我的状态") != ""
    assert "下次复核" not in hall.write("我的状态")


def test_an_enterprise_user_sees_the_own_status(hall: Hall):
    hall.enterprise_user()

    said = hall.write("我的状态")

    assert "高级认证企业" in said
    assert "示例" in said


def test_rights_are_read_anew_at_every_message(hall: Hall):
    person = hall.enterprise_user()
    with hall.world.services.database.writing() as session:
        session.get_one(Account, person.account_id).disabled_at = hall.world.clock()

    assert "示例" not in hall.write("我的状态")


def test_in_a_group_nobody_is_anybody(hall: Hall):
    hall.enterprise_user()
    inbound = Inbound(
        Address(Channel.WECHAT_OA, "service", "oPERSON"), "x", MessageKind.TEXT, hall.world.clock(), text="我的状态"
    )
    for chat, known in (("", True), ("group-1", False)):
        with hall.world.services.database.writing() as session:
            begun = hall.bridge.talk.begin(session, replace(inbound, chat=chat))
        assert (type(begun).__name__ == "Asked" and getattr(begun.question, "listed", None) is False) is known


def test_the_self_assessment_goes_on_in_a_channel_and_ends_in_numbers(hall: Hall):
    hall.enterprise_user()

    begun = hall.write("开始认证企业自评")
    answered = hall.write("1")

    assert "1. " in begun
    assert len(begun.encode()) <= 2048
    assert answered != begun
    with hall.world.services.database.reading() as session:
        kinds = session.scalars(select(Utterance.kind).where(Utterance.said_by == "assistant")).all()
    assert kinds.count("step") == 2


def test_a_question_in_between_is_answered_and_the_step_comes_back(hall: Hall):
    hall.enterprise_user()
    step = hall.write("开始认证企业自评")

    said = hall.write("高级认证企业几年复核一次？")

    assert "依据：" in said
    assert said.rstrip().splitlines()[-1] == step.rstrip().splitlines()[-1]


def test_what_cannot_be_read_gets_a_sentence(hall: Hall):
    peer = hall.bench.peer()
    seen = peer.push(peer.document("oPERSON", {"MsgType": "voice", "MediaId": "m", "MsgId": "1"}), hall.bridge)

    assert "语音、视频和位置暂时读不了" in seen.texts[0]


def test_f25_what_nobody_has_heard_of_is_taken_and_gets_help(hall: Hall):
    peer = hall.bench.peer()
    documents = [
        peer.document("oPERSON", {"MsgType": "hologram", "MsgId": "2", "Depth": "3"}),
        peer.event("brand_new_event", key="x"),
        peer.text("【收到不支持的消息类型，暂无法显示】"),
    ]

    seen = [peer.push(document, hall.bridge) for document in documents]

    assert not any(one.fault for one in seen)
    assert [len(one.texts) for one in seen] == [1, 0, 1]
    assert len(hall.bench.messages()) == 3


def test_f32_a_click_on_an_old_menu_gets_help(hall: Hall):
    assert "直接提问" in hall.happen("CLICK", key="a-key-of-last-year")


def test_a_click_says_what_its_key_says(hall: Hall):
    hall.enterprise_user()

    assert "高级认证企业" in hall.happen("CLICK", key="status")
    assert "示例" not in hall.happen("CLICK", key="my_enterprises")


def test_whoever_opens_the_application_is_greeted_once(hall: Hall):
    said = [hall.happen("enter_agent", person="zhang", values=APP) for _ in range(3)]

    assert [bool(text) for text in said] == [True, False, False]


def test_f24_whoever_leaves_gets_nothing_more_and_is_forgotten(hall: Hall):
    hall.write("什么是AEO？")

    hall.happen("unsubscribe")

    with hall.world.services.database.reading() as session:
        assert session.scalars(select(Utterance)).all() == []
    assert [message.delivery for message in hall.bench.messages()] == ["none"]


def test_f24_a_bound_person_who_leaves_keeps_the_binding_and_is_not_written_to(hall: Hall):
    person = hall.enterprise_user()
    hall.write("转人工")
    coordinator = hall.coordinator()
    hall.happen("unsubscribe")

    conversation = hall.write("待办", "zhang", APP).split("接手 ")[1][:6]
    hall.write(f"接手 {conversation}", "zhang", APP)
    hall.write("回复 您好", "zhang", APP)

    assert hall.send("oPERSON") == []
    assert "您好" in hall.notices(person)
    assert hall.bindings() == {"oPERSON": person.account_id, "zhang": coordinator.account_id}


def test_two_enterprises_of_one_person_are_kept_apart(hall: Hall):
    account = hall.world.add(Kind.ENTERPRISE, "both", A, B)
    hall.bind(hall.world.signed_in(account), "oBOTH", OA)

    offered = hall.write("切换企业", "oBOTH")
    first, second = hall.write("1", "oBOTH"), hall.write("我的状态", "oBOTH")

    assert offered.count("切换企业 ") == 2
    assert first.removeprefix("现在代表：") in second
