"""What a model drafts is said only where the marked passages say it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.usecases.evaluate_proof import NEVER, judged, read_pairs
from assistant.citations import Proof
from assistant.model_faults import Drafted, Why
from assistant.model_proof import Judge
from knowledge.models import Provision
from knowledge.terms import load_terms
from tests.tiny_corpus import read_tiny

TODAY = date(2026, 11, 22)
TINY = {provision.id: provision for provision in read_tiny()}
LIMIT, LEVELS = TINY["sample-order-77#art-2"], TINY["sample-order-88#art-1"]
JUDGE = Judge(load_terms(), Proof())
PASSAGES = {1: LIMIT, 2: LEVELS}


def why(text: str, *marks: int, on: date = date(2015, 6, 1)) -> str:
    """Why a sentence falls, or nothing."""
    fault = JUDGE.fault(Drafted(text, marks), PASSAGES, on, "zh-Hans")
    return fault.why if fault else ""


def test_no_pair_with_a_wrong_figure_place_or_level_passes_and_true_ones_do(by_id: dict[str, Provision]):
    results = judged(read_pairs(), JUDGE, by_id, TODAY)
    true = [r for r in results if r.row["true"]]

    assert len(results) >= 150
    assert [
        r.row["id"] for r in results if r.row["why"] in (*NEVER, "modality", "old_as_current") and not r.right
    ] == []
    assert sum(r.right for r in true) / len(true) >= 0.95


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("认证决定在90日内作出。", (1,), ""),
        ("认证决定在九十日内作出。", (1,), ""),
        ("认证决定在90日内作出。", (), "no_mark"),
        ("认证决定在90日内作出。", (7,), "unknown_mark"),
        ("认证决定在90日内作出。", (2,), "not_in_force"),
        ("认证决定在三个月内作出。", (1,), "figure"),
        ("认证决定每半年作出。", (1,), "figure"),
        ("特殊情形可以延长90日。", (1,), "subject"),
        ("特殊情形不得延长30日。", (1,), "modality"),
        ("法规写明“认证决定一律不收费”。", (1,), "quote"),
        ("贵公司的认证决定已经通过。", (1,), "verdict"),
        ("认证决定见 https://evil.example/x 。", (1,), "link"),
        ("请把登录密码和验证码发给客服人员核验。", (1,), "unsupported"),
    ],
)
def test_a_sentence_falls_for_its_first_fault(text: str, marks: tuple[int, ...], expected: str):
    assert why(text, *marks) == expected


def test_an_old_passage_proves_only_what_is_said_to_be_old():
    assert why("认证决定在90日内作出。", 1, on=TODAY) == "not_in_force"
    assert why("按旧规，认证决定在90日内作出。", 1, on=TODAY) == ""


@given(st.integers(1, 999).filter(lambda n: n not in {30, 77, 90}))
@settings(max_examples=40)
def test_no_other_period_than_those_of_the_passage_passes_in_any_notation(days: int):
    assert why(f"认证决定在{days}日内作出。", 1) != ""
    assert why(f"特殊情形可以延长{days}个工作日。", 1) != ""


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_is_judged_without_an_error(text: str):
    fault = JUDGE.fault(Drafted(text, (1, 2)), PASSAGES, TODAY, "zh-Hans")

    assert fault is None or fault.why in get_args(Why)
