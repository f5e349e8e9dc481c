"""The standard files: they load, agree with their schema and with each other, and can be passed and failed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from selfassess.engine import evaluate
from selfassess.errors import GradeNotAllowed, StandardUnreadable, UnknownStandard
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.loader import STANDARDS, get_standard, read_standard, schema_text
from selfassess.rules import CALCULATED, RULES
from selfassess.standard import Standard
from tests.selfassess.assess_cases import ALL_STANDARDS, all_met, answer, ids

ITEMS = [(standard, item) for standard in ALL_STANDARDS for item in standard.items.values()]


def _names(pair: tuple[Standard, Item]) -> str:
    return f"{pair[0].id}-{pair[1].no}"


@pytest.mark.parametrize(
    ("standard_id", "bonus", "sections"),
    [
        ("advanced-2026", 6, [11, 4, 28, 25, 6]),
        ("certified-2026", 6, [10, 3, 28, 15, 6]),
        ("single-business-2026", 0, [5, 7, 6, 4]),
        ("general-2022-106", 0, [12, 2, 16, 32]),
        ("single-2022-106", 0, [1, 2, 1, 4, 1, 4, 6, 3, 7, 3]),
    ],
)
def test_each_standard_has_the_items_its_source_counts(standard_id: str, bonus: int, sections: list[int]) -> None:
    standard = get_standard(standard_id)

    assert [len(section.items) for section in standard.sections] == sections
    assert sum(item.bonus for item in standard.items.values()) == bonus


def test_every_file_in_the_folder_loads_and_nothing_else_is_there() -> None:
    held = {path.name for path in STANDARDS.iterdir()}

    assert held == {f"{standard.id}.yaml" for standard in ALL_STANDARDS} | {"schema.json"}


def test_the_schema_kept_is_the_schema_of_the_models() -> None:
    assert (STANDARDS / "schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_every_standard_can_be_passed(standard: Standard) -> None:
    outcome = evaluate(standard, all_met(standard))

    assert outcome.passed is True
    assert outcome.reasons == ()


@pytest.mark.parametrize("pair", ITEMS, ids=_names)
def test_each_item_can_fail_its_standard_and_a_bonus_item_cannot(pair: tuple[Standard, Item]) -> None:
    standard, item = pair

    outcome = evaluate(standard, all_met(standard) | {item.no: Grade.NOT_MET})

    assert outcome.passed is item.bonus
    assert outcome.forbidden == (() if item.bonus else (item.no,))


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_each_item_left_open_keeps_the_standard_open(standard: Standard) -> None:
    for left_out in standard.items.values():
        answers = {no: grade for no, grade in all_met(standard).items() if no != left_out.no}

        outcome = evaluate(standard, answers)

        assert outcome.passed is (True if left_out.bonus else None), left_out.no
        assert outcome.total is None, left_out.no


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_a_grade_an_item_does_not_have_is_refused(standard: Standard) -> None:
    for item in standard.items.values():
        for grade in set(Grade) - set(item.grades.allowed) - {Grade.UNANSWERED}:
            with pytest.raises(GradeNotAllowed, match=f"item {item.no} cannot be {grade}"):
                evaluate(standard, {item.no: answer(grade)})


_SPELLED = {
    "0.0001": "1/10,000",
    "0.001": "1 per 1,000|1/1,000",
    "0.003": "3/1,000",
    "0.005": "5 per 1,000",
    "7": "seven",
    "100": "all ",
}


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_every_limit_beyond_one_stands_in_the_requirement(standard: Standard) -> None:
    for item in standard.items.values():
        limits = [limit for threshold in item.thresholds for limit in (threshold, threshold.alternative) if limit]
        values = [limit.value for limit in limits if isinstance(limit.value, int | float)]
        for number in set(values) - {0, 1}:
            spelled = _SPELLED.get(f"{number:g}", f"{number:,}|{number:g}")
            assert any(word in item.requirement.en for word in spelled.split("|")), (item.no, number)


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_the_window_of_an_item_is_the_one_its_requirement_names(standard: Standard) -> None:
    for item in standard.items.values():
        years = (item.lookback.months or 0) // 12 if item.lookback else 0
        if years:
            assert f"最近{years}年" in item.requirement.zh, item.no
            assert f"{years} year" in item.requirement.en.replace("last year", "1 year"), item.no


def test_counterparts_point_at_each_other_and_agree_on_identity() -> None:
    for standard in map(get_standard, ("advanced-2026", "certified-2026")):
        for item in standard.items.values():
            if item.counterpart is None:
                continue
            other = get_standard(item.counterpart.standard).items[item.counterpart.no].counterpart
            assert other is not None
            assert (other.standard, other.no, other.identical) == (standard.id, item.no, item.counterpart.identical)


def test_the_advanced_items_without_counterpart_are_the_twelve_the_comparison_names() -> None:
    alone = [no for no, item in get_standard("advanced-2026").items.items() if item.counterpart is None]

    assert alone == ["9", "14", "47", "48", "50", "52", "54", "56", "57", "60", "63", "65"]


def test_2022_items_without_heir_are_the_seven_the_comparison_names() -> None:
    old = get_standard("general-2022-106")
    kept = {no for item in get_standard("advanced-2026").items.values() for no in item.predecessors}

    assert kept <= set(old.items)
    assert sorted(set(old.items) - kept, key=int) == ["6", "29", "32", "34", "56", "61", "62"]


def test_every_record_rule_exists_and_every_rule_is_used() -> None:
    named = {item.decided_by_records.rule for _, item in ITEMS if item.decided_by_records.rule is not None}

    assert named == set(RULES) | CALCULATED


@pytest.mark.parametrize(
    ("standard_id", "extents"),
    [
        ("advanced-2026", {"full": 25, "partial": 12, "signal": 9, "none": 28}),
        ("certified-2026", {"full": 24, "partial": 10, "signal": 9, "none": 19}),
    ],
)
def test_as_many_items_are_decided_by_records_as_the_source_counts(standard_id: str, extents: dict[str, int]) -> None:
    items = get_standard(standard_id).items.values()

    assert Counter(item.decided_by_records.extent for item in items) == extents


def test_questions_are_asked_once_and_in_both_languages() -> None:
    for standard in ALL_STANDARDS:
        asked = [ask for item in standard.items.values() for ask in item.asks]
        assert len(asked) == len(set(asked))
        assert all(any(ask.isascii() for ask in item.asks) for item in standard.items.values())


@pytest.mark.parametrize("standard", ALL_STANDARDS, ids=ids)
def test_a_pass_rule_is_confirmed_only_where_the_official_annex_was_read(standard: Standard) -> None:
    assert standard.pass_rule.confirmed is (standard.document == "gacc-2022-106")


def test_an_unknown_standard_names_those_held() -> None:
    with pytest.raises(UnknownStandard, match="held are: advanced-2026"):
        get_standard("broker-2026")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: single-business-2026", "id: other", "the id inside is 'other'"),
        ("'no': SP2", "'no': SP1", "an item number is repeated"),
        ("extent: none", "extent: full", "give rule and keys exactly where"),
        ("pass_logic: penalties", "pass_logic: nothing", "unknown thresholds"),
        ("kind: single", "kind: single\nextra: 1", "Extra inputs are not permitted"),
        ("sections:", "sections: [", "single-business-2026.yaml"),
    ],
)
def test_a_broken_file_is_refused_with_its_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    content = (STANDARDS / "single-business-2026.yaml").read_text("utf-8")
    broken = tmp_path / "single-business-2026.yaml"
    broken.write_text(content.replace(old, new, 1), "utf-8")

    with pytest.raises(StandardUnreadable, match=fault):
        read_standard(broken)
