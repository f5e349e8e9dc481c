"""The walk: one question at a time, interrupted and resumed anywhere, nothing lost."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from selfassess.engine import Answer
from selfassess.errors import AnswersUnreadable, UnknownItem, WrongStandard
from selfassess.facts import Penalty, RecordFacts, Table
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.situation import Situation
from selfassess.walk.file import read_walk, write_walk
from selfassess.walk.hearing import Heard, hear
from selfassess.walk.prompt import prompt
from selfassess.walk.state import View, Walk, go_to, left_by_section, merge, open_items, start, view_of
from tests.selfassess.assess_cases import DAY, READ_AT, clean_records
from tests.selfassess.laws import law
from tests.selfassess.reply_table import ABSENT, DONE

ADVANCED = get_standard("advanced-2026")
FINED = clean_records(customs_penalties=Table("penalty", READ_AT, (Penalty("P-7", date(2026, 3, 5), Decimal(60_000)),)))


def view(facts: RecordFacts | None = None, standard: str = "advanced-2026", **profile: object) -> View:
    """What a walk sees."""
    return view_of(Situation(get_standard(standard), DAY, profile=Profile(production=True, **profile), facts=facts))  # type: ignore[arg-type]


PLAIN = view()


def at(no: str, seen: View = PLAIN, answers: dict[str, Answer] | None = None) -> Walk:
    """A walk at an item."""
    return go_to(start(seen, answers), seen, no)


def say(walk: Walk, *messages: str, seen: View = PLAIN) -> Heard:
    """The walk after these messages; after each it is stored and read back."""
    heard = Heard(walk, "told")
    for message in messages:
        heard = hear(heard.walk, seen, message)
        stored = json.dumps(write_walk(heard.walk), ensure_ascii=False)
        assert read_walk(json.loads(stored)) == heard.walk
    return heard


def test_a_step_shows_requirement_proof_record_question_and_choices() -> None:
    seen = view(FINED)

    shown = prompt(at("18", seen), seen)

    assert shown.heading.zh == "第18项 单次处罚金额（守法规范，还剩74项）"
    assert "5万元" in shown.requirement.zh  # type: ignore[union-attr]
    assert shown.limits[0].zh == "单次最高处罚金额 ≤ 50,000元，或者单次最高处罚金额÷上年度进出口总值 ≤ 万分之一"
    assert shown.proof[0].zh.startswith("记录——")
    assert "单次最高金额：60,000元" in shown.on_record[0].zh
    assert "penalty 2026-11-21" in shown.on_record[0].zh
    assert shown.question.zh == "按记录建议“不达标”，对吗？"
    assert [choice.zh for choice in shown.choices] == ["对", "达标", "不达标"]
    assert [step.zh for step in shown.steering] == ["跳过", "上一项", "还剩多少", "停"]


def test_a_step_reads_as_one_message_in_either_language() -> None:
    shown = prompt(at("6"), PLAIN)

    assert shown.read().splitlines()[-2:] == ["这一项做到了吗？", "达标 ｜ 基本达标 ｜ 不达标 ｜ 不适用"]
    assert shown.read("en").splitlines()[-1] == "met | partly met | not met | not applicable"


@pytest.mark.parametrize(
    ("no", "question"),
    [
        ("6", "这一项做到了吗？"),
        ("28", "最近2年有没有这种情形？"),
        ("15", "现在有没有这种情形？"),
        ("18", "最近1年单次最高处罚金额是多少？（元）"),
        ("12", "审计意见是哪一种？（无保留意见、保留意见、否定意见、无法表示意见）"),
        ("13", "资产负债率是多少？（百分比）"),
        ("40", "国家公共信用综合评价结果是哪一种？（A、B、C、D）"),
        ("21", "这一项做到了吗？"),
    ],
)
def test_the_question_fits_what_the_item_asks_for(no: str, question: str) -> None:
    assert prompt(at(no), PLAIN).question.zh == question


def test_an_answer_is_recorded_and_the_next_item_is_asked() -> None:
    heard = say(start(PLAIN), "有制度没记录")

    assert heard.kind == "recorded"
    assert heard.recorded is not None
    assert (heard.recorded.no, heard.recorded.source) == ("1", "self")
    assert heard.recorded.answer == Answer(Grade.PARTLY_MET, "有制度没记录", frozenset({"procedure"}))
    assert heard.says[0].zh == "第1项记为“基本达标”"
    assert heard.walk.at == "2"


def test_a_likely_answer_is_asked_back_and_a_yes_records_the_words() -> None:
    heard = say(at("6"), "应该做到了")
    assert prompt(heard.walk, PLAIN).question.zh == "理解为“达标”，对吗？"

    recorded = say(heard.walk, "对").recorded

    assert recorded is not None
    assert recorded.answer == Answer(Grade.MET, "应该做到了")


def test_a_no_to_what_was_understood_asks_between_the_others() -> None:
    heard = say(at("6"), "应该做到了", "不对")

    assert heard.recorded is None
    assert prompt(heard.walk, PLAIN).question.zh == "没有听明白，是基本达标、不达标还是不适用？"
    assert say(heard.walk, "2").recorded.answer.grade is Grade.NOT_MET  # type: ignore[union-attr]


def test_not_applicable_asks_why_and_keeps_the_reason() -> None:
    heard = say(at("59"), "不适用")
    assert prompt(heard.walk, PLAIN).question.zh == "为什么不适用？原因会给审核人员看"

    assert say(heard.walk, "。").kind == "asked"
    recorded = say(heard.walk, "我们不用木质包装").recorded

    assert recorded is not None
    assert recorded.answer == Answer(Grade.NOT_APPLICABLE, "我们不用木质包装")


def test_whoever_changes_their_mind_about_not_applicable_may_answer_instead() -> None:
    assert say(at("59"), "不适用", "其实达标").recorded.answer.grade is Grade.MET  # type: ignore[union-attr]


def test_who_does_not_know_is_told_what_to_look_for() -> None:
    heard = say(at("6"), "记不清")

    assert heard.recorded is None
    assert heard.says[0].zh.startswith("记不清可以先跳过")
    assert len(heard.says) > 1


def test_a_policy_question_in_between_leaves_the_walk_where_it_is() -> None:
    walk = say(at("6"), "不适用").walk

    heard = say(walk, "海关总署令第282号什么时候施行？")

    assert heard.kind == "question"
    assert heard.walk == walk


def test_what_counts_as_proof_is_told_and_the_same_item_asked_again() -> None:
    heard = say(at("6"), "什么算证明")

    assert (heard.kind, heard.walk.at) == ("told", "6")
    assert heard.says[0].zh.startswith("制度——")


def test_figures_settle_an_item_one_question_at_a_time() -> None:
    first = say(at("18"), "6万")
    assert first.kind == "asked"
    assert first.says[-1].zh == "上年度进出口总值是多少？（元）"

    second = say(first.walk, "8亿")

    assert second.recorded is not None
    assert second.recorded.source == "calculated"
    assert second.recorded.answer == Answer(Grade.MET, "单次最高处罚金额：60,000元，上年度进出口总值：800,000,000元")


@pytest.mark.parametrize(
    ("no", "messages", "grade"),
    [
        ("18", ["没有被罚过"], "met"),
        ("18", ["6万", "算不出来"], "not_met"),
        ("18", ["6万", "5亿9999万9999元"], "not_met"),
        ("18", ["6万", "6亿"], "met"),
        ("19", ["3次，共10万"], "met"),
        ("19", ["3次", "100001元"], "not_met"),
        ("19", ["4次累计8万", "违法4次", "4000票"], "met"),
        ("19", ["4次累计8万", "违法4次", "3999票"], "not_met"),
        ("23", ["50票", "5票", "1票"], "met"),
        ("23", ["检查51票，查获5票，高质量查获1票"], "met"),
        ("23", ["检查51票，查获6票"], "not_met"),
        ("24", ["10万"], "met"),
        ("24", ["15万", "1次", "纳税1.5亿"], "met"),
        ("24", ["15万", "2次"], "not_met"),
        ("12", ["保留意见"], "partly_met"),
        ("13", ["85%", "0.2"], "met"),
        ("13", ["86%", "0.1", "0.05", "0.9"], "not_met"),
        ("13", ["资产负债率86%，现金比率0.1，经营现金流负债比0.05，流动比率1"], "partly_met"),
        ("13", ["货币资金20万，交易性金融资产0，流动负债合计100万，流动资产合计100万"], "met"),
        ("14", ["净利润1万", "1%"], "met"),
        ("40", ["B级"], "met"),
        ("40", ["C"], "not_met"),
        ("74", ["4个人"], "not_applicable"),
        ("74", ["10人", "10人"], "met"),
        ("21", ["有"], "met"),
        ("21", ["报关单200票"], "met"),
    ],
)
def test_the_grade_follows_from_the_figures_at_the_exact_limit(no: str, messages: list[str], grade: str) -> None:
    heard = say(at(no), *messages)

    assert heard.recorded is not None
    assert heard.recorded.answer.grade == grade


def test_figures_of_the_statements_serve_the_other_finance_items_too() -> None:
    walk = say(at("13"), "经营活动现金流量净额100万，负债合计500万，流动比率1.5").walk
    assert walk.at == "14"

    recorded = say(walk, "净利润20万").recorded

    assert recorded is not None
    assert recorded.answer.grade is Grade.MET


def test_a_bare_yes_where_a_figure_was_asked_for_says_nothing() -> None:
    assert say(at("13"), "有").recorded is None
    assert say(at("13"), "达标").recorded.answer.grade is Grade.MET  # type: ignore[union-attr]


def test_one_tap_confirms_what_the_record_proposes_with_its_values() -> None:
    seen = view(FINED)

    recorded = say(at("18", seen), "对", seen=seen).recorded

    assert recorded is not None
    assert (recorded.answer.grade, recorded.source) == (Grade.NOT_MET, "record")
    assert "单次最高金额：60,000元" in recorded.answer.note


def test_an_answer_that_differs_from_the_record_stands_and_both_are_announced() -> None:
    seen = view(FINED)

    heard = say(at("18", seen), "达标", seen=seen)

    assert heard.recorded is not None
    assert heard.recorded.answer.grade is Grade.MET
    assert "与记录不一致" in heard.says[1].zh


@pytest.mark.parametrize(
    ("message", "no"),
    [
        ("跳过", "7"),
        ("下一项", "7"),
        ("skip", "7"),
        ("上一项", "5"),
        ("返回", "5"),
        ("先做财务", "12"),
        ("我想先做财务部分吧", "12"),
        ("先做贸易安全", "44"),
        ("跳到第18项", "18"),
        ("第18项", "18"),
        ("go to item 18", "18"),
        ("改第3项", "3"),
        ("先做加分", "69"),
        ("做信息系统", "8"),
        ("先做財務", "12"),
    ],
)
def test_the_walk_is_steered_by_ordinary_words(message: str, no: str) -> None:
    heard = say(at("6"), message)

    assert (heard.kind, heard.walk.at) == ("moved", no)


@pytest.mark.parametrize("message", ["做到位了", "先做了一部分", "停业过", "继续整改", "有上一项说的记录"])
def test_words_that_only_look_like_steering_are_answers(message: str) -> None:
    assert say(at("6"), message).kind in ("recorded", "asked")


@pytest.mark.parametrize("message", ["还剩多少", "还有几项", "进度", "还剩几题没答", "how many left", "還剩多少"])
def test_how_much_is_left_is_told_by_section(message: str) -> None:
    heard = say(start(PLAIN, {"1": Answer(Grade.MET)}), message)

    assert heard.says[0].zh == "答了1项，还剩73项"
    assert heard.says[1].zh == "内部控制10项，财务状况4项，守法规范28项，贸易安全25项，附加标准6项"


@pytest.mark.parametrize("message", ["停", "先停一下", "先到这吧", "下次再做", "stop", "退出"])
def test_a_stopped_walk_keeps_everything_and_goes_on_where_it_was(message: str) -> None:
    walk = say(start(PLAIN), "达标", "应该做到了").walk

    stopped = say(walk, message)
    assert stopped.kind == "stopped"
    assert say(stopped.walk, "282号令什么时候施行", "达标").kind == "question"

    resumed = say(stopped.walk, "继续").walk
    assert resumed == walk
    assert prompt(resumed, PLAIN).question.zh == "理解为“达标”，对吗？"


def test_skipped_items_come_back_at_the_end() -> None:
    answers = {no: Answer(Grade.MET) for no in ADVANCED.items if no not in ("3", "70", "74")}
    walk = start(PLAIN, answers)

    order = [walk.at]
    for message in ("跳过", "没有", "3人", "达标"):
        walk = say(walk, message).walk
        order.append(walk.at)

    assert order == ["3", "70", "74", "3", None]


def test_an_item_can_be_answered_again_and_the_newer_answer_counts() -> None:
    walk = say(start(PLAIN), "达标", "上一项").walk
    assert prompt(walk, PLAIN).answered.zh == "现在的回答：达标"  # type: ignore[union-attr]

    assert say(walk, "不达标").walk.answers["1"].grade is Grade.NOT_MET


def test_answers_given_on_the_form_meanwhile_are_taken_over() -> None:
    walk = say(at("6"), "不适用").walk

    merged = merge(walk, PLAIN, {"6": Answer(Grade.MET), "7": Answer(Grade.MET)})

    assert merged.at == "8"
    assert merged.answers["6"].grade is Grade.MET


def test_items_of_businesses_not_done_are_not_asked() -> None:
    seen = view(None, "single-business-2026", businesses=frozenset({"food_cosmetics"}))

    assert open_items(start(seen), seen) == ("SP13", "SP14", "SP16", "SP17", "SP18")
    assert [(section.id, count) for section, count in left_by_section(start(seen), seen)] == [("food_cosmetics", 5)]
    with pytest.raises(UnknownItem, match="这次自评没有第SP1项"):
        go_to(start(seen), seen, "SP1")


def test_a_broker_is_not_walked_through_a_standard_for_others() -> None:
    with pytest.raises(WrongStandard):
        view(None, "advanced-2026", enterprise_type="customs_broker")


@pytest.mark.parametrize(
    "standard", ["advanced-2026", "certified-2026", "single-business-2026", "general-2022-106", "single-2022-106"]
)
def test_a_walk_over_all_items_interrupted_after_each_one_loses_nothing(standard: str) -> None:
    seen = view(None, standard)
    walk, told = start(seen), {}

    while walk.at is not None:
        no = walk.at
        heard = say(walk, "282号令什么时候施行？", "停", "继续", "达标", seen=seen)
        assert heard.recorded is not None
        told[no] = heard.recorded.answer
        walk = heard.walk

    assert dict(walk.answers) == told
    assert list(told) == list(seen.numbers)
    assert prompt(walk, seen).read() == f"{len(told)}项都答完了\n可以查看结果了"


@pytest.mark.parametrize(
    "content",
    [{}, {"answers": 1}, {"standard": "x", "at": "1", "answers": {}, "skipped": 3}, {"answers": {"1": "good"}}],
)
def test_a_damaged_walk_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(AnswersUnreadable):
        read_walk(content)


_MESSAGES = st.sampled_from(
    [
        *DONE,
        *ABSENT,
        "跳过",
        "上一项",
        "还剩多少",
        "停",
        "继续",
        "先做财务",
        "第18项",
        "6万",
        "3次",
        "0.3",
        "算不出来",
        "1",
        "4",
    ]
)


@law(st.lists(st.one_of(_MESSAGES, st.text(max_size=12)), max_size=25), cases=80)
def test_whatever_is_said_answers_are_only_added_or_replaced_by_the_message_at_their_item(messages: list[str]) -> None:
    walk = start(PLAIN)

    for message in messages:
        before = walk
        heard = hear(walk, PLAIN, message)
        walk = heard.walk
        changed = {no for no in walk.answers if walk.answers[no] != before.answers.get(no)}
        assert set(before.answers) <= set(walk.answers)
        assert changed <= ({heard.recorded.no} if heard.recorded else set())
        assert heard.recorded is None or heard.recorded.no == before.at
        assert read_walk(write_walk(walk)) == walk
        assert prompt(walk, PLAIN).question.zh
