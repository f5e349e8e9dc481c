"""A statement that rests on rules not in force on the day says so itself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.citations import Draft, Proof
from assistant.standing import dated, says_it_is_old
from tests.tiny_corpus import read_tiny

TODAY, OLD_DAY = date(2026, 11, 22), date(2015, 1, 1)
PROVISIONS = {provision.id: provision for provision in read_tiny()}
OLD, NEW = PROVISIONS["sample-order-77#art-2"], PROVISIONS["sample-order-88#art-1"]


def said(text: str, *provisions: str, on: date = TODAY, language: str = "zh-Hans") -> str:
    """The statement as it is said on a day."""
    (draft,) = dated([Draft(text, tuple(PROVISIONS[p] for p in provisions))], on, language)
    return draft.text


def test_a_statement_from_an_old_rule_alone_is_introduced_as_old():
    assert said("认证决定在90日内作出。", OLD.id) == "旧规：认证决定在90日内作出。"
    assert said("Decided within 90 days.", OLD.id, language="en") == "Old rule: Decided within 90 days."


def test_a_statement_from_an_old_and_a_present_rule_names_the_old_one():
    assert said("现在分五个等级。", NEW.id, OLD.id) == "现在分五个等级（示例署令第77号是旧规）。"


@pytest.mark.parametrize(
    "text", ["第77号令（旧规）规定90日。", "2019-12-31以前是90日。", "Order 77 (old rule): 90 days."]
)
def test_a_statement_that_says_it_is_old_is_left_as_it_is(text: str):
    assert said(text, OLD.id) == text


def test_on_a_day_in_its_period_a_rule_is_not_old():
    assert said("认证决定在90日内作出。", OLD.id, on=OLD_DAY) == "认证决定在90日内作出。"


def test_a_rule_to_come_is_said_to_begin_later():
    assert said("企业分五个等级。", NEW.id, on=OLD_DAY) == "企业分五个等级（2020-01-01起施行）。"


def test_what_is_added_stands_in_the_sources():
    labelled = dated([Draft("分五个等级。", (NEW, OLD)), Draft("在90日内作出。", (OLD,))], TODAY, "zh-Hans")

    assert Proof().prove(labelled, TODAY, "zh-Hans").dropped == ()


@pytest.mark.parametrize("text", ["以前被罚过的企业不能申请。", "The threshold is 5.", "It told them.", "现行规定"])
def test_words_that_only_sound_old_do_not_count(text: str):
    assert not says_it_is_old(text)
