"""Exact-term scores, and their fusion with dense ones on one scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.fusion import Scores, best, fuse, in_context
from knowledge.lexical import LexicalIndex, tokens

TEXTS = ("高级认证企业每5年复核一次", "失信企业的查验率在80%以上", "certified enterprises are reviewed", "天气晴")
SCORES = arrays(np.float32, st.integers(1, 60), elements=st.floats(0, 50, width=32))


def test_chinese_is_cut_into_characters_and_pairs_and_the_rest_into_words():
    assert tokens("查验率80%") == ["查", "验", "率", "查验", "验率", "80%"]
    assert tokens("AEO认证 ISO27001") == ["aeo", "认", "证", "认证", "iso", "27001"]
    assert tokens("What is the cash ratio 0.15?") == ["cash", "ratio", "0.15"]
    assert tokens("，。！") == []


@pytest.mark.parametrize(
    ("question", "position"),
    [("高级认证几年复核", 0), ("失信 查验率", 1), ("80%", 1), ("Certified Enterprises", 2), ("今天天气", 3)],
)
def test_the_text_that_shares_the_words_scores_highest(question: str, position: int):
    scores = LexicalIndex(TEXTS).scores(question)

    assert int(np.argmax(scores)) == position


@pytest.mark.parametrize("question", ["", "???", "zzzz", "🙂"])
def test_a_question_that_shares_nothing_scores_zero_everywhere(question: str):
    assert LexicalIndex(TEXTS).scores(question).tolist() == [0.0] * len(TEXTS)


def test_an_index_without_texts_gives_no_scores():
    assert LexicalIndex([]).scores("高认").shape == (0,)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Scores, Scores, Scores]:
    """Scores of the same candidates by exact terms, by cosine and by centred cosine."""
    lexical = draw(SCORES)
    cosines = arrays(np.float32, len(lexical), elements=st.floats(-1, 1, width=32))
    return lexical, draw(cosines), draw(cosines)


@given(lists())
def test_the_fused_score_stays_on_one_scale(scores: tuple[Scores, Scores, Scores]):
    fused = fuse(*scores)

    assert fused.shape == scores[0].shape
    assert float(fused.min()) >= -1e-6
    assert float(fused.max()) <= 1 + 1e-6


@given(SCORES)
def test_first_in_all_lists_scores_one_and_last_in_all_zero(scores: Scores):
    fused = fuse(scores, scores, scores)

    if scores.max() > scores.min():
        assert fused[int(np.argmax(scores))] == pytest.approx(1)
        assert fused[int(np.argmin(scores))] == pytest.approx(0)
    else:
        assert not fused.any()


@given(lists(), st.data())
def test_what_is_not_worse_in_any_list_is_not_worse_in_all(scores: tuple[Scores, Scores, Scores], data: st.DataObject):
    fused = fuse(*scores)

    a, b = (data.draw(st.integers(0, len(fused) - 1)) for _ in "ab")
    if all(one[a] >= one[b] for one in scores):
        assert fused[a] >= fused[b] - 1e-6


@given(SCORES, st.data())
def test_others_of_its_document_lift_a_candidate_by_a_tenth_at_most(scores: Scores, data: st.DataObject):
    fused = fuse(scores, scores, scores)
    documents = data.draw(arrays(np.intp, len(fused), elements=st.integers(0, 5)))

    lifted = in_context(fused, documents) - fused

    assert float(lifted.min()) >= -1e-6
    assert float(lifted.max()) <= 0.1 + 1e-6


@given(SCORES, st.integers(0, 80))
def test_the_best_are_the_highest_in_order_and_equal_ones_keep_theirs(scores: Scores, limit: int):
    chosen = best(scores, limit)

    assert len(chosen) == min(limit, len(scores))
    assert chosen == sorted(chosen, key=lambda i: (-scores[i], i))
    if 0 < len(chosen) < len(scores):
        assert min(scores[chosen]) >= max(np.delete(scores, chosen))


def test_a_list_of_nothing_fuses_to_nothing():
    empty = np.zeros(0, dtype=np.float32)

    assert fuse(empty, empty, empty).shape == (0,)
    assert in_context(empty, np.zeros(0, dtype=np.intp)).shape == (0,)
    assert best(empty, 10) == []
