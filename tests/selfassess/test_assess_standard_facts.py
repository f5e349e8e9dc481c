"""The standard files against what the sources say, item by item, kept apart in `standard_facts.json`.

There a limit is operator, value and unit; "or" holds the alternatives as shares; "other" and "same" name the item of
the other level and whether it is identical; "heirs" are the 2022 items it descends from; "mark" is the confidence.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from selfassess.item import Item
from selfassess.loader import get_standard
from selfassess.standard import Group, Section
from selfassess.thresholds import Comparison

FACTS: dict[str, dict[str, dict[str, Any]]] = json.loads(
    Path(__file__).with_name("standard_facts.json").read_text("utf-8")
)
IN_2026 = [(standard, no) for standard in FACTS if standard.endswith("2026") for no in FACTS[standard]]
IN_2022 = [(standard, no) for standard in FACTS if standard.endswith("106") for no in FACTS[standard]]
# Stated by the sources in words, so not among their machine-readable limits.
BEYOND_THE_SOURCE = {
    **{("advanced-2026", no): [[">=", 1, "-"]] for no in ("69", "70", "71")},
    **{("certified-2026", no): [[">=", 1, "-"]] for no in ("57", "58", "59")},
    ("advanced-2026", "74"): [[">=", 1, "-"]],
    ("certified-2026", "62"): [[">=", 1, "-"]],
}
# The report on the last financial year: a year, but not months counted back from a day.
NO_WINDOW_OF_MONTHS = {("advanced-2026", "12"), ("certified-2026", "11")}


@cache
def place(standard_id: str) -> dict[str, tuple[Section, Group, Item]]:
    return {item.no: (section, group, item) for section, group, item in get_standard(standard_id).walk()}


def months(item: Item) -> int:
    return (item.lookback.months if item.lookback else None) or 0


def limit(of: Comparison) -> list[Any]:
    value = list(of.value) if isinstance(of.value, tuple) else of.value
    return [of.op, value, of.unit if of.unit in ("%", "CNY", "ratio") else "-"]


@pytest.mark.parametrize("standard_id", FACTS)
def test_the_items_are_those_of_the_source_in_its_order(standard_id: str) -> None:
    assert list(get_standard(standard_id).items) == list(FACTS[standard_id])


@pytest.mark.parametrize(("standard_id", "no"), IN_2026)
def test_an_item_of_2026_stands_where_the_source_has_it_and_asks_what_it_asks(standard_id: str, no: str) -> None:
    fact, (section, group, item) = FACTS[standard_id][no], place(standard_id)[no]

    assert (section.id, group.no) == (fact["section"], fact.get("group", group.no))
    assert (item.title.zh, list(item.enterprise_types)) == (fact["title"], fact["who"])
    assert [grade.value for grade in item.grades.allowed] == fact["grades"]
    assert months(item) == (0 if (standard_id, no) in NO_WINDOW_OF_MONTHS else fact["months"])
    assert item.confidence == fact["mark"]


@pytest.mark.parametrize(("standard_id", "no"), IN_2026)
def test_the_limits_of_an_item_are_those_of_the_source_and_no_others(standard_id: str, no: str) -> None:
    fact, (_, _, item) = FACTS[standard_id][no], place(standard_id)[no]

    ours = [limit(threshold) for threshold in item.thresholds]
    expected = [*fact["limits"], *BEYOND_THE_SOURCE.get((standard_id, no), [])]

    assert sorted(ours, key=str) == sorted(expected, key=str)
    shares = [float(t.alternative.limit or 0) for t in item.thresholds if t.alternative is not None]
    assert shares == fact["or"]


@pytest.mark.parametrize(("standard_id", "no"), IN_2026)
def test_the_records_that_decide_an_item_are_those_of_the_source(standard_id: str, no: str) -> None:
    fact, (_, _, item) = FACTS[standard_id][no], place(standard_id)[no]

    assert item.decided_by_records.extent == fact["extent"]
    assert sorted(item.decided_by_records.keys) == sorted(fact["keys"])


@pytest.mark.parametrize(("standard_id", "no"), [pair for pair in IN_2026 if "same" in FACTS[pair[0]][pair[1]]])
def test_counterparts_ancestors_and_exemptions_are_those_of_the_source(standard_id: str, no: str) -> None:
    fact, (_, _, item) = FACTS[standard_id][no], place(standard_id)[no]

    assert (item.counterpart.no if item.counterpart else None) == fact["other"]
    assert (item.counterpart.identical if item.counterpart else None) == fact["same"]
    assert list(item.predecessors) == fact["heirs"]
    assert bool(item.deemed_met) is fact["deemed"]


@pytest.mark.parametrize(("standard_id", "no"), IN_2022)
def test_an_item_of_2022_has_the_columns_group_and_window_of_the_annex(standard_id: str, no: str) -> None:
    fact, (section, group, item) = FACTS[standard_id][no], place(standard_id)[no]

    assert [grade.value for grade in item.grades.allowed] == fact["grades"]
    assert months(item) == fact["months"]
    if "business" in fact:
        assert fact["business"] in section.title.zh
    else:
        assert (section.id, group.no, group.title.zh) == (fact["section"], fact["group"], fact["heading"])


@pytest.mark.parametrize(
    ("standard_id", "no", "limits"),
    [
        ("general-2022-106", "8", [[">=", 3, "-"]]),
        ("general-2022-106", "14", [["<", 5, "-"]]),
        ("general-2022-106", "16", [["<=", 50_000, "CNY"]]),
        ("general-2022-106", "17", [["<=", 5, "-"], ["<=", 100_000, "CNY"]]),
        ("general-2022-106", "59", [[">=", 2, "-"]]),
        ("single-2022-106", "6", [["<=", 2, "-"]]),
        (
            "single-2022-106",
            "10",
            [["<=", 10_000, "CNY"], ["<=", 0.0001, "ratio"], ["<=", 30_000, "CNY"], ["==", 0, "-"]],
        ),
    ],
)
def test_the_figures_of_2022_are_those_of_the_annex(standard_id: str, no: str, limits: list[list[Any]]) -> None:
    _, _, item = place(standard_id)[no]

    assert [limit(threshold) for threshold in item.thresholds] == limits
