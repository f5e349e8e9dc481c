"""Gaps and the whole assessment as JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from selfassess import report
from selfassess.applicability import NotHeld
from selfassess.engine import Answer
from selfassess.errors import UnknownStandard, WrongStandard
from selfassess.facts import Penalty
from selfassess.forecast import forecast
from selfassess.gaps import find_gaps
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.situation import Situation, assess, assess_for
from tests.selfassess.assess_cases import DAY, all_met, clean_records, table

ADVANCED = get_standard("advanced-2026")
FINED = clean_records(customs_penalties=table(Penalty("P-7", date(2026, 3, 5), Decimal(60_000)), name="penalty"))
ANSWERS = {no: {"grade": "met"} for no in ADVANCED.items}


def _gap(result: dict[str, Any], no: str) -> dict[str, Any]:
    return next(gap for gap in result["gaps"] if gap["no"] == no)


def _item(result: dict[str, Any], no: str) -> dict[str, Any]:
    return next(item for item in result["items"] if item["no"] == no)


def test_a_whole_assessment_has_the_agreed_shape() -> None:
    result = report.run("advanced-2026", DAY, ANSWERS)

    assert result["standard"] == "advanced-2026"
    assert result["on"] == "2026-11-22"
    assert result["outcome"] | {"complete": True, "bonus_points": 6} == {
        "passed": True,
        "decided": True,
        "complete": True,
        "reasons": [],
        "counts": {"met": 74, "partly_met": 0, "not_met": 0, "not_applicable": 0, "unanswered": 0},
        "total": 102,
        "bonus_points": 6,
    }
    assert result["pass_rule"]["confirmed"] is False
    assert result["items"][0] == {"no": "1", "grade": "met", "source": "self"}
    assert result["gaps"] == []
    assert "forecast" not in result


def test_the_result_is_plain_json() -> None:
    sheet = ANSWERS | {"finance": {"audit_opinion": "unqualified", "net_profit": 1}}

    result = report.run(ADVANCED, DAY, sheet, {"production": True}, records=FINED)

    assert json.loads(json.dumps(result, ensure_ascii=False)) == result


def test_an_unconfirmed_rule_window_and_source_are_said() -> None:
    codes = [caveat["code"] for caveat in report.run("advanced-2026", DAY, ANSWERS)["caveats"]]

    assert codes == ["unconfirmed_rule", "unconfirmed_window", "second_hand", "type_assumed"]


def test_the_old_standard_runs_for_a_past_day_and_is_marked_old_for_today() -> None:
    old = {no: {"grade": "met"} for no in get_standard("general-2022-106").items}

    trader = {"enterprise_type": "trader"}
    past = report.run("general-2022-106", date(2025, 6, 1), old, trader)
    today = report.run("general-2022-106", DAY, old, trader)

    assert past["outcome"]["passed"] is True
    assert past["caveats"] == []
    assert [caveat["code"] for caveat in today["caveats"]] == ["old_law"]
    assert [c["code"] for c in report.run(ADVANCED, date(2026, 3, 31), ANSWERS)["caveats"]][0] == "not_in_force"


def test_records_and_figures_fill_what_is_unanswered_and_say_so() -> None:
    sheet = {"finance": {"audit_opinion": "保留意见"}, "2": {"grade": "met"}}

    result = report.run("advanced-2026", DAY, sheet, records=FINED)

    assert (_item(result, "18")["grade"], _item(result, "18")["source"]) == ("not_met", "record")
    assert (_item(result, "12")["grade"], _item(result, "12")["source"]) == ("partly_met", "calculated")
    assert (_item(result, "3")["grade"], _item(result, "3")["source"]) == ("unanswered", "self")
    assert result["outcome"]["passed"] is False


def test_a_contradiction_shows_both_and_the_answer_stands() -> None:
    result = report.run("advanced-2026", DAY, ANSWERS, records=FINED)

    item = _item(result, "18")
    assert (item["grade"], item["source"]) == ("met", "self")
    assert item["contradiction"]["said"] == "met"
    assert item["contradiction"]["record"] == "not_met"
    assert item["contradiction"]["values"][0] == {"label": "单次最高金额", "value": "60,000元"}
    assert item["contradiction"]["sources"][0] == {
        "table": "penalty",
        "as_of": "2026-11-21T06:00:00",
        "rows": ["P-7"],
    }


def test_a_broker_gets_a_refusal_and_no_grade() -> None:
    result = report.run("advanced-2026", DAY, ANSWERS, {"enterprise_type": "customs_broker"})

    assert result["refused"]["code"] == "standard_not_held"
    assert result["outcome"]["passed"] is None
    assert result["items"] == []


def test_a_broker_is_refused_as_a_value_and_as_an_error() -> None:
    situation = Situation(ADVANCED, DAY, all_met(ADVANCED), Profile(enterprise_type="customs_broker"))

    assert isinstance(assess(situation), NotHeld)
    with pytest.raises(WrongStandard, match="没有收录"):
        assess_for(situation)


def test_businesses_not_done_are_exempt_by_profile() -> None:
    sheet = {no: "met" for no in ("SP13", "SP14", "SP16", "SP17", "SP18")}

    result = report.run("single-business-2026", DAY, sheet, {"businesses": ["food_cosmetics"]})

    assert result["outcome"]["passed"] is True
    assert _item(result, "SP1") == {
        "no": "SP1",
        "grade": "not_applicable",
        "source": "calculated",
        "exempt": True,
        "note": "企业不从事进出境卫生检疫业务",
    }


def test_businesses_not_said_are_asked_for() -> None:
    result = report.run("single-business-2026", DAY, {})

    assert "profile_unclear" in [caveat["code"] for caveat in result["caveats"]]


def test_the_forecast_and_the_smallest_fixes_come_with_records() -> None:
    sheet = {no: answer for no, answer in ANSWERS.items() if no != "18"}

    result = report.run("advanced-2026", DAY, sheet, records=FINED)

    assert result["forecast"]["all_pass_on"] == "2027-03-05"
    assert result["forecast"]["timeline"] == [{"day": "2027-03-05", "no": "18", "passes": True}]
    assert result["fixes"] == {
        "reachable": True,
        "size": 1,
        "sets": 1,
        "required": ["18"],
        "recommended": ["18"],
        "choices": [],
    }
    assert _gap(result, "18")["passes_on"] == "2027-03-05"


def test_the_window_may_end_on_another_day_than_today() -> None:
    sheet = {no: answer for no, answer in ANSWERS.items() if no != "18"}

    result = report.run("advanced-2026", DAY, sheet, records=FINED, window_end=date(2027, 3, 5))

    assert result["window_end"] == "2027-03-05"
    assert _item(result, "18")["grade"] == "met"


def test_english_is_spoken_throughout() -> None:
    result = report.run("advanced-2026", DAY, {"5": "not_met"}, language="en")

    assert result["outcome"]["reasons"][0] == "item 5 is not met"
    assert _gap(result, "5")["next_step"].startswith("supply rules: Document review procedure")
    assert _gap(result, "5")["owners"] == ["customs affairs"]


def test_an_unknown_standard_is_an_error() -> None:
    with pytest.raises(UnknownStandard):
        report.run("gold-2030", DAY, {})


def _gaps(answers: dict[str, Answer | Grade], **more: Any) -> Any:
    assessed = assess_for(Situation(ADVANCED, DAY, answers, **more))
    facts = assessed.situation.facts
    return find_gaps(assessed, forecast(ADVANCED, facts, Profile(), DAY) if facts else None)


def test_gaps_that_block_come_first_then_the_lighter_effort() -> None:
    answers: dict[str, Answer | Grade] = dict(all_met(ADVANCED))
    answers |= {"45": Grade.NOT_MET, "49": Grade.NOT_MET, "2": Grade.PARTLY_MET}

    gaps = _gaps(answers)

    assert [(gap.no, gap.blocks, gap.effort) for gap in gaps] == [
        ("49", True, "paperwork"),
        ("45", True, "works"),
        ("2", False, "practice"),
    ]


def test_a_gap_names_clause_reason_evidence_still_missing_and_owners() -> None:
    answers = all_met(ADVANCED) | {"5": Answer(Grade.PARTLY_MET, "没有复核记录", frozenset({"procedure"}))}

    gap = _gaps(answers)[0]

    assert gap.clause.zh == "海关总署公告2026年第34号附件2第5项"
    assert gap.reason.zh == "没有复核记录"
    assert gap.next_step.zh == "补齐记录：有制单人、复核人签名或者系统留痕的复核记录、差错登记和纠正记录"
    assert [owner.zh for owner in gap.owners] == ["关务部"]


def test_a_gap_by_record_gives_figure_limit_and_the_day_it_passes() -> None:
    gap = next(gap for gap in _gaps({}, facts=FINED) if gap.no == "18")

    assert gap.reason.zh == "单次最高处罚金额：60,000元，应≤ 50,000元"
    assert gap.next_step.zh == "保持没有新的记录，2027-03-05起不再计入"
    assert gap.sources[0].rows == ("P-7",)


def test_a_finance_gap_says_which_ratio_and_how_far() -> None:
    figures = {
        "unit": "万元",
        "cash": "0.19996",
        "trading_financial_assets": 0,
        "current_assets": "0.9",
        "current_liabilities": 1,
        "total_assets": 100,
        "total_liabilities": 99,
        "net_operating_cash_flow": 0,
    }

    result = report.run("advanced-2026", DAY, {}, {"production": True}, figures)

    gap = _gap(result, "13")
    assert "（货币资金＋交易性金融资产）÷流动负债：0.19996，应≥ 0.2" in gap["reason"]
    assert "总负债÷总资产：99%，应≤ 85%" in gap["reason"]
    assert gap["next_step"].startswith("需要改善：")


def test_an_unanswered_item_is_a_gap_that_asks_for_what_is_missing() -> None:
    gaps = {gap.no: gap for gap in _gaps({}, facts=FINED)}

    assert gaps["3"].reason.zh == "还没有回答"
    assert gaps["17"].next_step.zh == "请提供无犯罪记录证明"
    assert all(gap.blocks for gap in gaps.values())
    assert not {no for no in gaps if ADVANCED.items[no].bonus}
