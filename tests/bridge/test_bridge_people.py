"""Bindings that are never changed in silence, and coordinators at work from a channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.auth.identity import Kind
from api.usecases.channels.ground import promised_by
from api.usecases.channels.notices import notify
from api.usecases.enterprise_names import enterprise_names
from tests.access.centre import make_centre_session
from tests.bridge.bench import APP
from tests.bridge.hall import Hall
from tests.people import B, uscc


def test_a_code_from_the_web_binds_and_works_once(hall: Hall):
    person = hall.world.enterprise_user()
    code = hall.code(person)

    assert "绑定成功" in hall.write(f"绑定 {code}")
    assert hall.bindings() == {"oPERSON": person.account_id}
    assert "已经用过" in hall.write(f"绑定 {code}", "oOTHER")
    assert hall.world.actions().count("channel_bound") == 1


def test_a_code_may_be_sent_alone_and_in_small_letters(hall: Hall):
    person = hall.world.enterprise_user()

    hall.write(hall.code(person).lower())

    assert hall.bindings() == {"oPERSON": person.account_id}


def test_an_old_code_binds_nothing(hall: Hall):
    code = hall.code(hall.world.enterprise_user())
    hall.world.clock.pass_(minutes=11)

    assert "过期" in hall.write(f"绑定 {code}")
    assert hall.bindings() == {}


def test_a_code_is_not_written_down(hall: Hall):
    code = hall.code(hall.world.enterprise_user())
    hall.write(f"绑定 {code}")

    with hall.world.services.database.engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT text FROM utterance").fetchall()
    assert not any(code[:5] in row[0] for row in said)


def test_f23_whoever_is_bound_already_is_not_bound_to_another(hall: Hall):
    first = hall.enterprise_user()
    second = hall.world.enterprise_user("user-b", B)
    code = hall.code(second)

    refused = hall.write(f"绑定 {code}")

    assert "先发送“解绑”" in refused
    assert hall.bindings() == {"oPERSON": first.account_id}
    assert "channel_binding_conflict" in hall.world.actions()
    hall.write("解绑")
    assert "绑定成功" in hall.write(f"绑定 {code}")  # the code met a conflict and was not used up


def test_f23_an_account_bound_elsewhere_is_not_bound_twice(hall: Hall):
    person = hall.enterprise_user()

    refused = hall.write(f"绑定 {hall.code(person)}", "oANOTHER")

    assert "另一个使用者" in refused
    assert hall.bindings() == {"oPERSON": person.account_id}


def test_after_unbinding_the_own_status_is_out_of_sight(hall: Hall):
    hall.enterprise_user()

    hall.write("解绑")

    assert hall.bindings() == {}
    assert "示例" not in hall.write("我的状态")


@pytest.mark.parametrize("kind", [Kind.OFFICER, Kind.ADMINISTRATOR])
def test_who_needs_a_second_factor_works_on_the_web(kind: Kind, hall: Hall):
    person = hall.world.officer() if kind is Kind.OFFICER else hall.world.administrator()

    assert person.call("POST", "/account/channels/code").status_code == 403


def test_a_coordinator_sees_the_own_enterprises_and_no_other(hall: Hall):
    hall.coordinator()

    listed = hall.write("我的企业", "zhang", APP)
    name_of_b = enterprise_names(hall.world.services.records, [uscc(B)])[uscc(B)]

    assert "查 " in listed
    assert name_of_b not in listed
    assert "没有找到" in hall.write(f"查 {name_of_b}", "zhang", APP)


def test_a_coordinator_says_why_before_reading_a_record(hall: Hall):
    hall.coordinator()
    offered = hall.write("我的企业", "zhang", APP)
    assert "1. 查 " in offered

    asked = hall.write("1", "zhang", APP)
    shown = hall.write("1", "zhang", APP)

    assert "请选择理由" in asked
    assert "信用等级：" in shown
    assert hall.world.actions()[-2:] == ["reason_given", "record_read"]


def test_others_words_for_coordinators_are_questions_for_enterprise_users(hall: Hall):
    hall.enterprise_user()

    assert "负责的企业" not in hall.write("我的企业")


def test_a_person_is_asked_for_and_answers_where_the_enterprise_is(hall: Hall):
    user, coordinator = hall.enterprise_user(), hall.coordinator()

    promised = hall.write("转人工")
    assert "已经通知您的协调员" in promised
    assert any("请求人工" in text for text in hall.send("zhang"))
    offered = hall.write("待办", "zhang", APP)
    taken = hall.write("1", "zhang", APP)
    assert "1. 接手 " in offered
    assert "已接手" in taken
    assert hall.write("我们想问复核材料") == ""
    assert any("我们想问复核材料" in text for text in hall.send("zhang"))
    assert hall.write("回复 请准备内审报告。", "zhang", APP) == "已发送。"

    assert "【协调员】请准备内审报告。" in hall.send("oPERSON")
    assert "已结束" in hall.write("结束", "zhang", APP)
    assert "依据：" in hall.write("什么是AEO？")
    assert {"person_asked_for", "conversation_taken", "conversation_finished"} <= set(hall.world.actions())
    assert user.account_id != coordinator.account_id


def test_a_colleague_who_was_faster_keeps_the_conversation(hall: Hall):
    hall.enterprise_user()
    hall.coordinator()
    hall.coordinator("wang", person="wang")
    hall.write("转人工")
    short = hall.write("待办", "zhang", APP).split("接手 ")[1][:6]
    hall.write(f"接手 {short}", "zhang", APP)

    assert "同事已经接手" in hall.write(f"接手 {short}", "wang", APP)
    assert "先接手" in hall.write(f"回复 {short} 您好", "wang", APP)


def test_another_district_s_coordinator_does_not_find_the_conversation(hall: Hall):
    hall.enterprise_user()
    hall.coordinator()
    hall.coordinator("li", place=32, person="li")
    hall.write("转人工")
    short = hall.write("待办", "zhang", APP).split("接手 ")[1][:6]

    assert "没有等待" in hall.write("待办", "li", APP)
    assert "没有这个对话" in hall.write(f"接手 {short}", "li", APP)


def test_nobody_answers_in_time_and_the_officers_hear_of_it_once(hall: Hall):
    hall.enterprise_user()
    coordinator = hall.coordinator()
    officer = hall.world.officer()
    hall.write("转人工")  # on a Sunday: promised for Monday morning
    hall.world.clock.pass_(days=2)

    hall.send()
    hall.world.clock.pass_(seconds=11)
    hall.send()

    assert len(hall.notices(officer)) == 1
    assert "已超过承诺时间" in hall.notices(officer)[0]
    assert "已超过承诺时间" in hall.notices(coordinator)[-1]


def test_at_night_nobody_is_disturbed_unless_it_is_urgent(hall: Hall):
    coordinator = hall.coordinator()
    hall.world.clock.pass_(hours=13)  # 22:30 in China
    services = hall.world.services
    with services.database.writing() as session:
        for key, urgent in (("a", False), ("b", True)):
            notify(session, coordinator.account_id, key, "deadline", f"提醒{key}", services.now(), urgent=urgent)

    assert "提醒b" in hall.send("zhang")
    assert "提醒a" not in hall.send("zhang")
    hall.world.clock.pass_(hours=10)
    assert "提醒a" in hall.send("zhang")


def test_a_session_of_the_experience_centre_is_chosen_from_a_list_and_given_back(hall: Hall):
    hall.enterprise_user()
    make_centre_session(hall.world.services)

    assert "观摩（剩20）" in hall.write("预约")
    assert "预约成功：观摩" in hall.write("1")
    assert "已预约" in hall.write("预约")
    assert "已取消：观摩" in hall.write("1")
    assert hall.world.actions()[-2:] == ["session_booked", "session_booking_cancelled"]


def test_a_visit_is_booked_through_the_coordinator(hall: Hall):
    hall.enterprise_user()
    coordinator = hall.coordinator()

    assert "目前没有安排活动" in hall.write("预约")
    assert "预计" in hall.write("预约体验中心 12月3日 上午 3人")
    assert "预约体验中心：12月3日 上午 3人" in hall.notices(coordinator)[-1]


def test_what_is_promised_is_within_office_hours(hall: Hall):
    friday_evening = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)  # 18:00 in China

    assert f"{promised_by(friday_evening):%m-%d %H:%M}" == "11-30 09:00"


def test_f16_what_a_channel_does_not_carry_lies_in_the_site_s_inbox_and_staff_see_it(hall: Hall):
    user, coordinator = hall.enterprise_user(), hall.coordinator()
    hall.write("转人工")
    short = hall.write("待办", "zhang", APP).split("接手 ")[1][:6]
    hall.write(f"接手 {short}", "zhang", APP)
    hall.world.clock.pass_(hours=49)  # the 48 hours are over
    hall.write(f"接手 {short}", "zhang", APP)
    hall.write("回复 请看网页。", "zhang", APP)

    reached = hall.send("oPERSON")

    assert not any("请看网页" in text for text in reached)
    assert any("请看网页" in text for text in hall.notices(user))
    assert any("没有送达" in text for text in hall.notices(coordinator))
