import json
from pathlib import Path

import pytest

from api.records.contract import CONTRACT
from api.records.gateway.figures import list_figures
from api.records.gateway.rating import find_enterprise
from api.records.record_keys import ENTERPRISE_OWN, RECORD_KEYS, keys_needing
from api.records.sample.faults import MARKS
from api.records.sample.plan import FIRST_MARK, MARK_NAMES
from api.records.scope import Scope
from tests.api.records.records_deciding import (
    ADVANCED,
    CERTIFIED,
    CERTIFIED_NUMBERS,
    OPEN_AT_BEST,
    SINGLE_RULES,
    general_rules,
)
from tests.api.records.records_world import DAY, ENTERPRISES, uscc

# the advanced items that records decide, fully or in part (secondary source A, as collected)
FULL = {12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 38, 39, 40, 41, 42, 43, 69, 70, 71, 73, 74}
PARTIAL = {1, 8, 9, 16, 17, 33, 34, 35, 37, 52, 66, 72}
OWN_FILES_ONLY = {52}  # leavers: only the enterprise's own files show it
SHARED = Path(__file__).parents[4] / "shared" / "domain"
RULES = {
    **{("advanced", item): rule for item, rule in general_rules(ADVANCED).items()},
    **{
        ("certified", CERTIFIED_NUMBERS[item]): rule
        for item, rule in general_rules(CERTIFIED).items()
        if item in CERTIFIED_NUMBERS
    },
    **{("single", item): rule for item, rule in SINGLE_RULES.items()},
}
OPEN = {(standard, item) for standard in ("advanced", "certified") for item in OPEN_AT_BEST}


def _values(reader, slot):
    scope = Scope.of_enterprises([uscc(slot)])
    enterprise = find_enterprise(reader, scope, uscc(slot))
    values = {(figure.metric, figure.years): figure.value for figure in list_figures(reader, scope, uscc(slot), DAY)}
    return values | {("manufacturer", None): enterprise.manufacturer}


@pytest.fixture(scope="module")
def everyone(sqlite_records):
    with sqlite_records.reader() as reader:
        return [_values(reader, slot) for slot in range(ENTERPRISES)]


@pytest.mark.parametrize(("standard", "item"), RULES)
def test_the_sample_holds_an_enterprise_that_passes_and_one_that_fails(everyone, standard, item):
    outcomes = {RULES[standard, item](values) for values in everyone if values}

    failing = None if (standard, item) in OPEN else False
    assert {True, failing} <= outcomes


def _slot(mark):
    return FIRST_MARK + MARK_NAMES.index(mark)


@pytest.mark.parametrize(
    ("mark", "item", "advanced", "certified"),
    [
        ("penalty_over_50000", 18, False, True), ("penalty_over_100000", 18, False, False),
        ("penalty_small_against_trade", 18, True, True), ("penalty_long_ago", 18, True, True),
        ("four_penalties", 19, False, True), ("seven_penalties", 19, False, False),
        ("four_penalties_many_documents", 19, True, True), ("penalties_self_disclosed", 19, True, True),
        ("solid_waste", 20, False, False), ("export_control_long_ago", 20, False, True),
        ("no_trade", 21, False, False), ("no_trade_in_the_last_year", 21, False, True),
        ("tax_unpaid", 22, False, False), ("tax_paid_late_long_ago", 22, False, True), ("tax_deferred", 22, True, True),
        ("six_findings", 23, False, False), ("two_high_quality_findings", 23, False, True),
        ("high_finding_rate", 23, False, False), ("low_finding_rate", 23, True, True),
        ("tax_recovered", 24, False, True), ("much_tax_recovered", 24, False, False),
        ("tax_recovered_small_against_tax", 24, True, True),
        ("change_not_filed_long_ago", 16, False, True), ("person_convicted_by_negligence", 17, True, True),
        ("abnormal_listed_long_ago", 27, False, True), ("one_ratio_met", 13, None, None),
        ("quarter_intermediate", 74, False, True), ("few_declarants", 74, None, None),
        ("audit_qualified", 12, None, None), ("public_rating_b", 40, True, True),
    ],
)  # fmt: skip
def test_the_distinguishing_mark_decides_its_item(everyone, mark, item, advanced, certified):
    values = everyone[_slot(mark)]

    assert general_rules(ADVANCED)[item](values) is advanced
    assert general_rules(CERTIFIED)[item](values) is certified


def test_a_clean_enterprise_passes_everything_the_records_decide_except_the_bonus_items(everyone):
    clean = everyone[_slot("tax_deferred")]

    failed = {item for item, rule in general_rules(ADVANCED).items() if rule(clean) is False}

    assert failed == {69, 70, 71, 72, 73, 74}


def test_every_mark_has_its_slot_in_a_sample_of_200():
    assert FIRST_MARK + len(MARKS) <= ENTERPRISES


def test_every_figure_names_its_records(sqlite_reader):
    scope = Scope.of_enterprises([uscc(_slot("four_penalties"))])

    figures = list_figures(sqlite_reader, scope, uscc(_slot("four_penalties")), DAY)

    count = next(f for f in figures if (f.metric, f.years) == ("customs_penalty_count", 1))
    assert count.value == len(count.sources) == 4
    assert {source.table for source in count.sources} == {"penalty"}
    assert all(figure.record_key in RECORD_KEYS for figure in figures)
    assert {figure.record_key for figure in figures} == set(RECORD_KEYS)


def test_both_engines_give_the_same_figures(records, everyone):
    with records.reader() as reader:
        for slot in (0, 3, _slot("much_tax_recovered"), _slot("food_adverse_agent")):
            assert _values(reader, slot) == everyone[slot]


def test_every_record_key_is_held_by_columns_of_the_contract():
    for key, columns in RECORD_KEYS.items():
        for name in columns:
            table, column = name.split(".")
            assert column in CONTRACT.tables[table].columns, key
    assert "customs_penalties" in keys_needing("penalty")
    assert keys_needing("penalty", "forgery") == ("customs_penalties",)


def test_every_item_that_records_decide_has_been_tried():
    tried = {item for standard, item in RULES if standard == "advanced"}

    assert tried == (FULL | PARTIAL) - OWN_FILES_ONLY


@pytest.mark.parametrize("standard", ["advanced", "certified", "single"])
def test_the_collected_standards_ask_for_nothing_else(standard):
    asked = _asked(SHARED / f"standards_2026_{standard}.json")

    for number, keys in asked.items():
        assert (standard, number) in RULES or keys <= set(ENTERPRISE_OWN)
        assert keys <= set(RECORD_KEYS) | set(ENTERPRISE_OWN)


def _asked(path):
    """Item number to record keys, for the items decided by records; none where the file is not beside us."""
    items = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {
        int(item.get("no") or item["seq"]): set(item["auto_source"]["records"])
        for item in items
        if (item.get("auto_source") or {}).get("can_decide") in ("full", "partial")
    }
