"""The provisions that records point at: held, and in force or known as old."""

from __future__ import annotations

from datetime import date

import pytest

from api.records import rules
from api.records.codes import code_sets
from knowledge.models import Confidence, Provision

TODAY = date(2026, 11, 26)


def test_every_provision_that_a_record_points_at_is_held(by_id: dict[str, Provision]):
    assert rules.every_rule() - by_id.keys() == set()


@pytest.mark.parametrize("part", sorted(rules.RULES))
def test_each_part_has_a_rule_of_today_or_the_word_that_none_is_known(part: str, by_id: dict[str, Provision]):
    first = by_id[rules.RULES[part][0]]

    assert first.in_force(TODAY) or first.confidence is Confidence.NK


def test_every_level_of_today_says_what_is_known_about_its_inspection_rate():
    levels = ("advanced_certified", "certified", "regular", "discredited", "seriously_discredited")

    assert all(rules.inspection_rules(level) for level in levels)
    assert set(levels) <= set(code_sets()["level"])
