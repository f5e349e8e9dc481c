"""Old law is labelled old wherever it stands, and never slips into what is said of the law in force."""

from __future__ import annotations

import re
from datetime import date

import pytest

from knowledge.facts import facts_of
from knowledge.models import Line, Provision

SAID_OLD_ZH = re.compile("旧规|已废止|废止|已到期|到期|失效|已被.{0,20}取代|不再")
SAID_OLD_EN = re.compile("old rule|repealed|expired|no longer|ended|replaced", re.I)
CALENDAR = re.compile("[0-9]{4}(-[0-9]{2})?")  # 2026年, 2026-07: a point in time, not a period
TODAY = date(2026, 11, 22)
# Order 251 figures that are not known to hold under Order 282 (certification, bar on applying again, waiting
# periods, statements, objections, inspection).
OLD_FIGURES = ("90日", "30日", "20日", "5个工作日", "3个月", "20%", "80%", "100万元", "30万元")


def ended(provisions: list[Provision]) -> list[Provision]:
    """The provisions of documents that were repealed or have expired."""
    return [p for p in provisions if p.document.standing in {"repealed", "expired"} and p.document.kind != "faq"]


def test_every_lead_of_a_document_that_ended_says_so(provisions: list[Provision]):
    unlabelled = [
        p.id for p in ended(provisions) if not (SAID_OLD_ZH.search(p.zh[0].text) and SAID_OLD_EN.search(p.en[0].text))
    ]

    assert unlabelled == []


def test_no_provision_of_a_document_that_ended_applies_today_unless_it_speaks_of_the_time_after(
    provisions: list[Provision],
):
    still = [p for p in ended(provisions) if p.in_force(TODAY)]

    assert still
    assert [p.id for p in still if not re.search("废止|已经?到期|已于.{10}到期", p.zh[0].text)] == []


@pytest.mark.parametrize("figure", OLD_FIGURES)
def test_order_282_never_states_a_figure_of_order_251_as_its_own(figure: str, provisions: list[Provision]):
    wanted = facts_of(figure)
    lines = [line for p in provisions if p.document.id == "gacc-order-282" for line in (*p.zh, *p.en)]

    stated = [line.text for line in lines if wanted & facts_of(line.text) and not labelled(line)]

    assert stated == []


def labelled(line: Line) -> bool:
    """Whether a line says itself that it speaks of old law."""
    return bool(re.search("旧规|旧令|old rule", line.text))


def test_no_line_of_the_law_in_force_gives_a_period_that_only_a_labelled_line_may_give(provisions: list[Provision]):
    """Periods of Order 282 known from another source: the review (5 years) and the rectification."""
    sourced = {"advanced-review-cycle", "rectification-length"}
    order = [p for p in provisions if p.document.id == "gacc-order-282" and p.anchor_id not in sourced]
    kinds = {"day", "working_day", "month", "year", "percent", "money", "times"}

    stated = [
        (p.id, line.text)
        for p in order
        for line in (*p.zh, *p.en)
        for fact in facts_of(line.text)
        if fact.kind in kinds and not CALENDAR.fullmatch(fact.value) and fact.value != "1" and not labelled(line)
    ]

    assert stated == []


def test_the_2026_pass_rule_is_never_given_as_95_points(provisions: list[Provision]):
    said_otherwise = re.compile("未核实|旧|公告20(14|18|21)年|不得|不能|不是|没有核实")
    stated = [
        (p.id, line.text)
        for p in provisions
        if p.in_force(TODAY) and not p.unknown and not said_otherwise.search(p.zh[0].text)
        for line in p.zh
        if re.search("95.?分|总分.{0,6}95", line.text) and not said_otherwise.search(line.text)
    ]

    assert stated == []


def test_levels_of_the_past_are_named_by_no_rule_in_force_without_saying_so(provisions: list[Provision]):
    named = re.compile("一般认证企业|一般信用企业")
    past = re.compile("旧|第237号令|第225号令|没有|不再|以前|过去")
    stated = [
        (p.id, line.text)
        for p in provisions
        if p.in_force(TODAY) and p.document.kind != "faq"
        for line in p.zh
        if named.search(line.text) and not past.search(line.text)
    ]

    assert stated == []
