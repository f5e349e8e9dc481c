"""Properties of proof that must hold for any amount, any statement and any text."""

from __future__ import annotations

import re
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from knowledge.corpus import read_corpus
from knowledge.evidence import HeldFacts, evidence_of
from knowledge.facts import Fact, facts_of, unproven
from knowledge.library import CORPUS
from knowledge.models import Provision
from knowledge.numerals import chinese_number
from knowledge.text import traditional
from tests.tiny_corpus import read_tiny

LINES = [
    (provision, line.text)
    for provision in (*read_tiny(), *read_corpus(CORPUS))
    if provision.document.kind != "guide"
    for line in (*provision.zh, *provision.en)
]
# A whole number, so that 0.1 is not changed to 0.10; not one of a fraction, because 1/200 is 5/1,000.
NUMBER = re.compile(r"(?<![0-9/])[0-9]+(?:[.,][0-9]+)*(?![0-9/])")
NUMBERED = [(provision, text) for provision, text in LINES if NUMBER.search(text)]
HELD = HeldFacts()


@given(st.integers(1, 9999))
@example(10)
@example(101)
@example(1010)
def test_any_amount_written_five_ways_is_one_fact(ten_thousands: int):
    amount = ten_thousands * 10_000
    ways = (
        f"{ten_thousands}万元",
        f"{chinese_number(ten_thousands)}万元",
        f"{amount}元",
        f"{amount:,}元",
        f"CNY {amount:,}",
    )

    assert {facts_of(f"罚款不超过{way}。") for way in ways} == {frozenset({Fact("money", str(amount))})}


@given(st.decimals("0.01", "99.99", places=2))
def test_any_percentage_is_one_fact_in_both_languages(value: Decimal):
    assert facts_of(f"{value}%") == facts_of(f"百分之{value}") == facts_of(f"{value} per cent")


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_any_day_is_one_fact_in_both_languages(day):
    ways = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    )

    assert {facts_of(way) for way in ways} == {frozenset({Fact("date", day.isoformat())})}


@given(st.sampled_from(LINES))
@settings(max_examples=300, deadline=None)
def test_every_line_is_proved_by_its_own_provision(line: tuple[Provision, str]):
    provision, text = line

    assert unproven(text, HELD.of(provision)) == frozenset()
    assert unproven(traditional(text), HELD.of(provision)) == frozenset()


@given(st.sampled_from(NUMBERED), st.integers(2, 99) | st.integers(100, 9999), st.data())
@settings(max_examples=500, deadline=None)
def test_a_statement_with_one_changed_number_is_always_unproven(
    line: tuple[Provision, str], number: int, data: st.DataObject
):
    provision, text = line
    said = {int(run) for run in re.findall(r"[0-9]+", "\n".join(evidence_of(provision)))}
    assume(number not in said and str(number) not in {fact.value for fact in HELD.of(provision)})
    run = data.draw(st.sampled_from(list(NUMBER.finditer(text))))

    changed = f"{text[: run.start()]}{number}{text[run.end() :]}"

    assert unproven(changed, HELD.of(provision)), changed


@given(st.sampled_from([(p, t) for p, t in LINES if "认证企业" in t or "失信企业" in t]))
@settings(deadline=None)
def test_a_statement_with_another_level_is_unproven(line: tuple[Provision, str]):
    provision, text = line
    assume(not any(fact == Fact("level", "general_credit") for fact in HELD.of(provision)))

    changed = re.sub("(高级|一般)?认证企业|(严重)?失信企业", "一般信用企业", text, count=1)

    assert Fact("level", "general_credit") in unproven(changed, HELD.of(provision))


@given(st.text(max_size=200))
@settings(deadline=None)
@example("第条年月日")
@example("1/0")
@example("千分之")
@example("二〇二六年十三月四十日")
@example("9" * 5000 + "元")
@example("一" * 5000 + "元")
@example("\ufdfa" * 50)
@example("第" + "一" * 300 + "条")
def test_any_text_can_be_read_for_facts(text: str):
    facts = facts_of(text)

    assert unproven(text, facts) == frozenset()


@pytest.mark.parametrize("text", ["9", "1,", "一", "第", "百分之", "2026-04-01 ", "1/", "五十"])
def test_a_long_text_is_read_in_no_time(text: str):
    start = time.process_time()

    facts_of(text * 5000)

    assert time.process_time() - start < 1
