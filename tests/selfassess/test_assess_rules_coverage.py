"""No record rule is without an example."""

from __future__ import annotations

from tests.selfassess.assess_cases import ALL_STANDARDS
from tests.selfassess.assess_records import ADV, CERT, OLD
from tests.selfassess.test_assess_rules_full import BROKER_CASES, CASES
from tests.selfassess.test_assess_rules_partial import FAILS_ONLY, LEADS, MET_ONLY, OWN_REGISTERS, SHOWN


def test_all_items_with_a_record_rule_are_covered_here() -> None:
    listed_here = {
        (standard, no)
        for standard, no, *_ in [*CASES, *BROKER_CASES, *FAILS_ONLY, *MET_ONLY, *LEADS, *OWN_REGISTERS, *SHOWN]
    }
    listed_here |= {(ADV, "21"), (CERT, "19"), (OLD, "19")}
    calculated = {"audit_report", "audited_financials"}

    with_rule = {
        (standard.id, item.no)
        for standard in ALL_STANDARDS
        for item in standard.items.values()
        if item.decided_by_records.extent != "none" and not calculated & set(item.decided_by_records.keys)
    }

    assert with_rule == listed_here
