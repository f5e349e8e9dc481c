"""The walk in a conversation: begun by a word, interrupted, resumed on another day, device or channel; nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.usecases.assess import list_assessments, open_assessment, put_away, start_assessment
from api.usecases.assess_answers import Given, save_answers
from api.usecases.assess_chat import look, say, take_up
from api.usecases.assess_step import ChatReply, Shown, read_shown
from api.usecases.assess_submission import submit
from selfassess.grades import Grade
from tests.api.assess.office import DAY, Office, answer
from tests.people import B

BROKER = 9
PENALISED = 41
POLICY = "高级认证企业几年复核一次？"


@pytest.fixture
def wang(office: Office):
    """Somebody of enterprise A."""
    return office.person()


def tell(office: Office, who, *messages: str, shown: Shown | None = None, **options) -> ChatReply:
    """Say these things one after the other, each in a transaction of its own; return the last reply."""
    reply = ChatReply()
    for message in messages:
        with office.desk(who) as desk:
            reply = say(desk, message, shown, **options)
    return reply


def begun(office: Office, who) -> ChatReply:
    """A walk over the advanced standard, at its first item."""
    return tell(office, who, "帮我做自评", "高级认证自评")


def at(reply: ChatReply) -> str | None:
    """The item a reply shows."""
    return None if reply.prompt is None else reply.prompt.no


def held(office: Office, who):
    """The answers of the only assessment."""
    with office.desk(who) as desk:
        return open_assessment(desk, list_assessments(desk)[0].id).answers


def test_a_word_begins_it_with_the_standards_that_are_for_the_enterprise(office: Office, wang):
    which = tell(office, wang, "帮我做自评")
    first = tell(office, wang, "高级认证自评")

    assert [choice.zh for choice in which.choices] == ["高级认证自评", "认证企业自评", "单项标准自评"]
    assert first.says[0].zh.startswith("开始自评")
    assert at(first) == "1"
    assert first.prompt.proof  # type: ignore[union-attr]
    assert first.prompt.on_record  # type: ignore[union-attr]
    assert [button.zh for button in first.buttons] == ["达标", "基本达标", "不达标", "不适用"]
    assert [button.zh for button in first.steering] == ["跳过", "上一项", "还剩多少", "停"]


def test_a_broker_is_told_what_is_held_instead(office: Office):
    reply = tell(office, office.person("zhao", BROKER), "帮我做自评")

    assert "报关企业" in reply.says[0].zh
    assert [choice.zh for choice in reply.choices] == ["单项标准自评"]


def test_the_walk_goes_over_all_items_with_an_interruption_after_each_and_loses_nothing(office: Office, wang):
    reply = begun(office, wang)
    replies = ["达标", "没有", "有制度没记录", "不涉及"]
    visited: list[str] = []

    while reply.prompt is not None and reply.prompt.no is not None:
        visited.append(reply.prompt.no)
        interrupted = tell(office, wang, POLICY)
        assert (interrupted.question, interrupted.prompt) == (POLICY, reply.prompt)
        reply = _answered(office, wang, reply, replies[len(visited) % 4])

    entries = held(office, wang)
    assert len(visited) == 74
    assert set(entries.settled) == set(visited)
    assert entries.differing == {}
    assert reply.read().splitlines()[-2] == "74项都答完了"


def _answered(office: Office, who, before: ChatReply, said: str) -> ChatReply:
    """Say something until the item is answered: what is asked back gets a plain word."""
    for message in (said, "达标", "我们没有这项业务", "达标", "对"):
        reply = tell(office, who, message)
        if reply.prompt is None or before.prompt is None or reply.prompt.no != before.prompt.no:
            return reply
    raise AssertionError(f"{reply.read()} is not left")


def test_steering_moves_and_tells(office: Office, wang):
    begun(office, wang)

    skipped = tell(office, wang, "跳过")
    back = tell(office, wang, "上一项")
    left = tell(office, wang, "还剩多少")
    finance = tell(office, wang, "先做财务")

    assert [at(one) for one in (skipped, back, left, finance)] == ["2", "1", "1", "12"]
    assert left.says[0].zh == "答了0项，还剩74项"


def test_stopping_leaves_the_assistant_alone_until_it_goes_on_another_day_on_another_device(office: Office, wang):
    begun(office, wang)
    tell(office, wang, "达标")
    stopped = tell(office, wang, "停")
    between = tell(office, wang, "达标吗")
    office.clock.pass_(days=3)

    with office.desk(wang, today=DAY + timedelta(days=3)) as desk:
        resumed = say(desk, "继续自评")

    assert (stopped.prompt, [choice.zh for choice in stopped.choices]) == (None, ["继续自评"])
    assert (between.question, between.shown) == ("达标吗", None)
    assert at(resumed) == "2"


def test_an_item_answered_elsewhere_meanwhile_is_not_asked_again(office: Office, wang):
    first = begun(office, wang)
    with office.desk(wang) as desk:
        save_answers(open_assessment(desk, first.assessment_id), [Given("1", answer(Grade.MET))])
        looked = look(desk)

    resumed = tell(office, wang, "继续自评")

    assert at(looked) == "2"
    assert at(resumed) == "2"


def test_a_stale_page_answers_the_item_it_shows(office: Office, wang):
    first = begun(office, wang)
    tell(office, wang, "达标", "达标")

    reply = tell(office, wang, "不达标", shown=first.shown)

    assert held(office, wang).settled["1"].grade is Grade.NOT_MET
    assert at(reply) == "3"


def test_a_colleague_s_other_answer_is_said_and_both_are_kept(office: Office, wang):
    first = begun(office, wang)
    li = office.person("li")
    with office.desk(li) as desk:
        save_answers(open_assessment(desk, first.assessment_id), [Given("1", answer(Grade.NOT_MET))])

    reply = tell(office, wang, "达标", shown=first.shown)

    assert any("li刚刚把第1项答为“不达标”" in said.zh for said in reply.says)
    assert set(held(office, wang).differing) == {"1"}


def test_the_record_is_confirmed_with_a_word_one_by_one_or_all_at_once(office: Office, wang):
    begun(office, wang)
    item = tell(office, wang, "第18项")
    tell(office, wang, "对")
    everything = tell(office, wang, "全部按记录确认")

    entries = held(office, wang)
    assert "按记录建议“达标”，对吗？" in item.read()
    assert entries.head("18").source == "record"  # type: ignore[union-attr]
    assert everything.says[0].zh == "已按记录确认26项"


def test_what_is_not_understood_is_asked_back_unless_the_assistant_knows_it(office: Office, wang):
    begun(office, wang)

    asked_back = tell(office, wang, "嗯这个嘛", answers=lambda _: False)
    known = tell(office, wang, "高级认证条件", answers=lambda _: True)

    assert "没有听明白" in asked_back.read()
    assert known.question == "高级认证条件"


def test_where_no_step_is_in_sight_nothing_is_taken_for_an_answer(office: Office, wang):
    begun(office, wang)

    unseen = tell(office, wang, "达标", listening=False)
    resumed = tell(office, wang, "继续", listening=False)

    assert unseen.question == "达标"
    assert held(office, wang).settled == {}
    assert at(resumed) == "1"


def test_gaps_forecast_verdict_and_suppositions_are_told_in_between(office: Office):
    zhao = office.person("zhao", PENALISED)
    begun(office, zhao)
    tell(office, zhao, "全部按记录确认")

    told = {message: tell(office, zhao, message) for message in (
        "我们差什么", "最早什么时候能过", "能不能过", "如果今年再被罚一次6万",
    )}  # fmt: skip

    assert "第18项" in told["我们差什么"].read()
    assert "2027-08-14" in told["最早什么时候能过"].read()
    assert "通不过" in told["能不能过"].says[0].zh
    assert "总的结论不变" in told["如果今年再被罚一次6万"].read()
    assert {at(one) for one in told.values()} == {"1"}
    assert len(held(office, zhao).settled) > 20


def test_beginning_again_goes_on_with_what_is_under_way_unless_a_new_one_is_wanted(office: Office, wang):
    first = begun(office, wang)
    again = tell(office, wang, "高级认证自评")
    anew = tell(office, wang, "重新做高级认证自评")

    assert again.assessment_id == first.assessment_id != anew.assessment_id
    assert "还剩" in tell(office, wang, "自评").says[0].zh


def test_after_handing_in_a_new_one_begins(office: Office, wang):
    first = begun(office, wang)
    office.answered(wang, first.assessment_id)
    with office.desk(wang) as desk:
        submit(open_assessment(desk, first.assessment_id))

    assert begun(office, wang).assessment_id != first.assessment_id


def test_what_is_missing_about_the_enterprise_is_asked_first(office: Office, wang):
    asked = tell(office, wang, "单项标准自评")
    unclear = tell(office, wang, "达标")
    given = tell(office, wang, "动植物检疫和商品检验")

    assert "哪几类业务" in asked.read()
    assert unclear.ask == asked.ask
    assert at(given)
    with office.desk(wang) as desk:
        profile = open_assessment(desk, given.assessment_id).profile
    assert profile.businesses == {"animal_plant_quarantine", "commodity_inspection"}


def test_figures_given_in_words_settle_the_finance_items(office: Office, wang):
    office.records = None
    with office.desk(wang) as desk:
        id_ = start_assessment(desk, "advanced-2026", DAY, {"production": True, "enterprise_type": "trader"}).id
        take_up(desk, id_, "13")

    reply = tell(office, wang, "资产负债率60%，现金比率0.3", "流动比率1.5，经营现金流债务比0.2")

    assert held(office, wang).settled["13"].grade is Grade.MET
    assert at(reply) != "13"


def test_characters_no_database_holds_are_left_out_of_what_is_said(office: Office, wang):
    begun(office, wang)

    tell(office, wang, "有制度\0没记录\ud800")

    assert held(office, wang).settled["1"].note == "有制度没记录"


def test_another_enterprise_s_walk_is_not_there(office: Office, wang):
    first = begun(office, wang)
    li = office.person("li", B)

    reply = tell(office, li, "达标", shown=first.shown)

    assert reply.question == "达标"
    assert held(office, wang).settled == {}


@pytest.mark.parametrize("written", ["no-such.1.3", "x..", f"{'0' * 32}.1."])
def test_a_step_that_is_not_of_ours_any_more_answers_nothing(office: Office, wang, written: str):
    begun(office, wang)

    reply = tell(office, wang, "达标", shown=read_shown(written))

    assert reply.question == "达标"
    assert held(office, wang).settled == {}


def test_the_step_of_an_assessment_put_away_answers_no_other(office: Office, wang):
    old = begun(office, wang)
    with office.desk(wang) as desk:
        put_away(open_assessment(desk, old.assessment_id))
    begun(office, wang)

    tell(office, wang, "达标", shown=old.shown)

    assert held(office, wang).settled == {}


@pytest.mark.parametrize("written", ["", ".", "..", "a.b", "x.1.2.3"])
def test_what_a_form_carries_is_a_step_or_none(written: str):
    assert read_shown(written) is None


def test_without_records_the_type_is_asked_and_a_broker_is_not_walked_through_another_s_standard(office: Office, wang):
    office.records = None
    asked = begun(office, wang)

    refused = tell(office, wang, "报关企业")
    accepted = tell(office, wang, "进出口货物收发货人")

    assert "还是报关企业" in asked.read()
    assert "没有收录" in refused.read()
    assert [choice.zh for choice in accepted.choices] == ["生产型企业", "非生产型企业"]
    assert held(office, wang).settled == {}


def test_the_reply_reads_in_english_too(office: Office, wang):
    reply = begun(office, wang)

    assert "item 1:" in reply.read("en")
    assert reply.read("en").splitlines()[-1] == "met | partly met | not met | not applicable"
