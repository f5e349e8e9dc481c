"""Proposals from records, confirmation, and contradictions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest

from selfassess.engine import Answer, evaluate
from selfassess.facts import Penalty, RecordFacts, Table
from selfassess.figures import read_figures
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.prefill import confirm, contradictions, prefill
from selfassess.profile import Profile
from selfassess.proposal import Proposal
from selfassess.standard import Standard
from tests.selfassess.assess_cases import ALL_STANDARDS, DAY, READ_AT, all_met, clean_records, ids, table

ADVANCED = get_standard("advanced-2026")
FINED = clean_records(customs_penalties=Table("penalty", READ_AT, (Penalty("P-7", date(2026, 3, 5), Decimal(60_000)),)))


def _proposals(facts: RecordFacts, **more: object) -> dict[str, Proposal]:
    found = prefill(ADVANCED, facts, Profile(production=True), DAY, **more)  # type: ignore[arg-type]
    return {proposal.no: proposal for proposal in found}


def test_a_proposal_carries_value_source_rows_time_rule_clause_and_window() -> None:
    proposal = _proposals(FINED)["18"]

    assert proposal.grade is Grade.NOT_MET
    assert [(shown.label.zh, shown.value) for shown in proposal.shown][0] == ("单次最高金额", "60,000元")
    assert (proposal.sources[0].table, proposal.sources[0].rows) == ("penalty", ("P-7",))
    assert proposal.sources[0].as_of == READ_AT
    assert "5万元" in proposal.rule.zh
    assert proposal.clause.zh == "海关总署公告2026年第34号附件2第18项"
    assert proposal.window is not None
    assert proposal.window.start == date(2025, 11, 23)
    assert [check.holds.value for check in proposal.checks] == ["no"]


def test_items_records_say_nothing_about_have_no_proposal() -> None:
    found = _proposals(clean_records())

    assert "2" not in found
    assert set(found) == {
        no
        for no, item in ADVANCED.items.items()
        if item.decided_by_records.extent != "none" and no not in ("12", "13", "14")
    }


def test_a_record_that_was_not_read_proposes_nothing_and_says_so() -> None:
    found = _proposals(RecordFacts())

    assert all(proposal.grade is None and proposal.suggests is None for proposal in found.values())
    assert found["18"].unavailable == "customs_penalties"
    assert found["27"].still_needed is not None


def test_an_outage_of_one_record_leaves_the_others_standing() -> None:
    found = _proposals(clean_records(customs_penalties=None))  # type: ignore[arg-type]

    assert found["18"].unavailable == "customs_penalties"
    assert found["27"].grade is Grade.MET


def test_finance_figures_are_proposed_as_calculated() -> None:
    figures = read_figures(
        {"audit_opinion": "qualified", "cash": 1, "trading_financial_assets": 0, "current_liabilities": 2}
    )

    found = _proposals(RecordFacts(), figures=figures)

    assert (found["12"].origin, found["12"].grade) == ("calculated", Grade.PARTLY_MET)
    assert [(shown.label.zh, shown.value) for shown in found["12"].shown] == [("审计意见", "保留意见")]
    assert found["13"].grade is None
    assert found["13"].still_needed is not None
    assert "缺少" in found["13"].still_needed.zh


def test_confirming_fills_only_what_is_unanswered() -> None:
    proposals = prefill(ADVANCED, FINED, Profile(), DAY)

    answers = confirm(proposals, ADVANCED, {"18": Grade.MET, "2": Grade.PARTLY_MET})

    assert answers["18"].grade is Grade.MET
    assert answers["27"].grade is Grade.MET
    assert answers["27"].note.startswith("据记录：")
    assert answers["2"].grade is Grade.PARTLY_MET
    assert answers["3"].grade is Grade.UNANSWERED
    assert evaluate(ADVANCED, answers).passed is None


def test_a_self_answer_against_the_record_is_flagged_with_both_values() -> None:
    found = contradictions(prefill(ADVANCED, FINED, Profile(), DAY), ADVANCED, all_met(ADVANCED))

    certain = [entry for entry in found if entry.certain and not ADVANCED.items[entry.no].bonus]
    assert [(entry.no, entry.said, entry.record) for entry in certain] == [("18", Grade.MET, Grade.NOT_MET)]
    assert certain[0].proposal.sources[0].rows == ("P-7",)


def test_a_record_that_is_better_than_the_answer_is_flagged_too() -> None:
    proposals = prefill(ADVANCED, clean_records(), Profile(), DAY)

    found = contradictions(proposals, ADVANCED, {"18": Grade.NOT_MET})

    assert [(entry.no, entry.record) for entry in found] == [("18", Grade.MET)]


def test_clean_answers_and_clean_records_do_not_contradict() -> None:
    base = {no: grade for no, grade in all_met(ADVANCED).items() if not ADVANCED.items[no].bonus}

    assert contradictions(prefill(ADVANCED, clean_records(), Profile(), DAY), ADVANCED, base) == ()


def test_an_unanswered_item_contradicts_nothing() -> None:
    assert contradictions(prefill(ADVANCED, FINED, Profile(), DAY), ADVANCED, {}) == ()


def test_a_broker_is_not_shown_items_of_traders() -> None:
    standard = get_standard("single-business-2026")

    found = prefill(standard, clean_records(), Profile(enterprise_type="customs_broker"), DAY)

    assert not {"SP2", "SP3", "SP6"} & {proposal.no for proposal in found}
    assert {"SP4", "SP5", "SP21"} <= {proposal.no for proposal in found}


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_every_proposed_grade_can_be_given_to_its_item(standard: Standard) -> None:
    many = table(*(Penalty(f"p{n}", DAY, Decimal(90_000), frozenset({"solid_waste"})) for n in range(9)))
    for facts in (clean_records(), clean_records(customs_penalties=many)):
        proposals = prefill(standard, facts, Profile(), DAY)
        filled = confirm(proposals, standard, {})
        assert evaluate(standard, filled).unanswered == tuple(
            no for no, answer in filled.items() if not answer.grade.answered
        )


def test_an_exempt_reason_written_by_records_is_a_reason() -> None:
    answers = {"74": Answer(Grade.NOT_APPLICABLE, "报关人员不足5人")}

    assert evaluate(ADVANCED, all_met(ADVANCED) | answers).not_applicable == {"74": "报关人员不足5人"}


def test_prefill_and_evaluation_take_milliseconds() -> None:
    prefill(ADVANCED, FINED, Profile(), DAY)
    started = perf_counter()

    for _ in range(5):
        evaluate(ADVANCED, confirm(prefill(ADVANCED, FINED, Profile(), DAY), ADVANCED, {}))

    assert (perf_counter() - started) / 5 < 0.1
