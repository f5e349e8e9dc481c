"""Numbers as people say them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from selfassess.replies.numbers import even, numbers_in
from tests.selfassess.laws import law


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("6万", ["60000"]),
        ("六万五千", ["65000"]),
        ("六万五", ["65000"]),
        ("6万5千", ["65000"]),
        ("6万5", ["65000"]),
        ("5万零1元", ["50001"]),
        ("60,000元", ["60000"]),
        ("1.2亿", ["120000000"]),
        ("8个亿", ["800000000"]),
        ("两亿三千万", ["230000000"]),
        ("一百二十万", ["1200000"]),
        ("十万零五百", ["100500"]),
        ("三百", ["300"]),
        ("二十五", ["25"]),
        ("12.5%", ["1/8"]),
        ("１２．５％", ["1/8"]),
        ("百分之二十", ["1/5"]),
        ("千分之一", ["1/1000"]),
        ("万分之五", ["1/2000"]),
        ("10‰", ["1/100"]),
        ("两成", ["1/5"]),
        ("负3万", ["-30000"]),
        ("-5%", ["-1/20"]),
        ("罚了两次，每次3万元", ["2", "30000"]),
        ("60k", ["60000"]),
        ("1 million", ["1000000"]),
        ("once for 60,000", ["1", "60000"]),
        ("一共四个人", ["4"]),
        ("一直没有", []),
        ("一般", []),
        ("一半", []),
        ("成立", []),
        ("没有", []),
        ("", []),
    ],
)
def test_every_number_of_a_sentence_is_found(said: str, values: list[str]) -> None:
    assert [str(number.value) for number in numbers_in(even(said))] == values


@pytest.mark.parametrize(
    ("said", "mark"),
    [("3次", "times"), ("3票", "times"), ("3元", "yuan"), ("3块钱", "yuan"), ("3%", "share"), ("3", "")],
)
def test_what_stands_behind_a_number_says_what_it_counts(said: str, mark: str) -> None:
    assert [number.mark for number in numbers_in(even(said))] == [mark]


@law(st.integers(0, 10**9), st.sampled_from(["", "元", "次"]))
def test_plain_digits_are_read_exactly(number: int, behind: str) -> None:
    assert [found.value for found in numbers_in(even(f"{number:,}{behind}"))] == [number]


@law(st.integers(1, 9999), st.sampled_from(["万", "亿"]))
def test_a_scale_multiplies(number: int, scale: str) -> None:
    expected = Fraction(number) * {"万": 10_000, "亿": 10**8}[scale]

    assert [found.value for found in numbers_in(even(f"{number}{scale}"))] == [expected]
