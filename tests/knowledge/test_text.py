"""Text people type: what they cannot see is removed, and its language is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import clean, language_of, simplify, traditional

INVISIBLE = {
    "zero_width_space": "\u200b", "zero_width_non_joiner": "\u200c", "zero_width_joiner": "\u200d",
    "left_to_right_mark": "\u200e", "right_to_left_mark": "\u200f", "arabic_letter_mark": "\u061c",
    "left_to_right_embedding": "\u202a", "right_to_left_override": "\u202e", "pop_directional": "\u202c",
    "first_strong_isolate": "\u2068", "pop_isolate": "\u2069", "word_joiner": "\u2060", "soft_hyphen": "\u00ad",
    "byte_order_mark": "\ufeff", "mongolian_vowel_separator": "\u180e", "variation_selector": "\ufe0f",
    "null": "\x00", "bell": "\x07", "escape": "\x1b", "delete": "\x7f", "next_line": "\x85",
    "carriage_return": "\r", "tag_letter": "\U000e0041", "interlinear_anchor": "\ufff9",
    "ideographic_variation_selector": "\U000e0100", "invisible_times": "\u2062",
}  # fmt: skip


@pytest.mark.parametrize("name", INVISIBLE)
def test_what_cannot_be_seen_is_removed(name: str):
    hidden = INVISIBLE[name]

    assert clean(f"高{hidden}级认证{hidden}") == "高级认证"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  现金比率  ０．１５ ", "现金比率 0.15"),
        ("ＡＥＯ　认证", "AEO 认证"),
        ("第 2 8 2 号令", "第 2 8 2 号令"),
        ("高 级 认 证", "高级认证"),
        ("a\tb\u00a0c", "a b c"),
        ("一\r\n二", "一\n二"),
        ("", ""),
        ("\ud800", "?"),
    ],
)
def test_widths_and_spaces_are_folded_and_the_rest_is_kept(typed: str, seen: str):
    assert clean(typed) == seen


@given(st.text(max_size=300))
@example("\ufdfa")
@example("\ufdfa" * 40)
@example("ﬁ ﷺ ㎏ ①")
@example("a\u200b \u200b b")
@example("高 \u200b级")
@example("\ufe0f\ufe0f ，")
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=300))
@example("\ufdfa" * 40)
def test_no_control_character_survives(text: str):
    left = clean(text)

    assert [c for c in left if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"] == []
    assert not set(left) & set("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad\ufe0f")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("高级认证企业几年复核一次", "zh-Hans"),
        ("AEO是什么", "zh-Hans"),
        ("ERP和ISO27001都有，IT系统还查吗", "zh-Hans"),
        ("AEO", "en"),
        ("What is AEO?", "en"),
        ("Is 高级认证企业 an AEO under the new Chinese measures since April, please?", "en"),
        ("高級認證企業多久複核一次", "zh-Hant"),
        ("認證企業有沒有協調員", "zh-Hant"),
        ("為什麼要多設一個等級", "zh-Hant"),
        ("失信企業怎麼恢復", "zh-Hant"),
        ("AEO認證", "zh-Hant"),
        ("多久", "zh-Hans"),
        ("", "zh-Hans"),
        ("???", "zh-Hans"),
        ("12345", "zh-Hans"),
        ("282", "zh-Hans"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("高级认证企业", "高級認證企業"),
        ("严重失信", "嚴重失信"),
        ("信用修复", "信用修復"),
        ("复核", "複核"),
        ("公告", "公告"),
    ],
)
def test_characters_are_converted_both_ways(hans: str, hant: str):
    assert simplify(hant) == hans
    assert simplify(hans) == hans
    assert simplify(traditional(hans)) == hans
