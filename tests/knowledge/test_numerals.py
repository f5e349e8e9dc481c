"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import article_number, chinese_number, number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("7", 7), ("1,000", 1000), ("12,345,678", 12345678), ("0.15", "0.15"), ("3.50", "3.5"),
        ("零", 0), ("十", 10), ("十二", 12), ("二十", 20), ("二十二", 22), ("一百", 100), ("一百零五", 105),
        ("一百一十", 110), ("三百二十", 320), ("两千", 2000), ("兩千", 2000), ("九千九百九十九", 9999),
        ("一千零一", 1001), ("二〇二六", 2026), ("二零二六", 2026), ("〇", 0),
        ("5万", 50000), ("5 万", 50000), ("五万", 50000), ("五萬", 50000), ("十万", 100000), ("两百五十万", 2500000),
        ("5千", 5000), ("3千万", 30000000), ("2百", 200),
        ("1.5亿", 150000000), ("3億", 300000000), ("1万亿", 10**12), (" 8 ", 8),
    ],
)  # fmt: skip
def test_a_number_is_read_whatever_its_writing(text: str, value: int | str):
    assert number_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "万", "亿", "abc", "5元", "第五", "1-2", "1.2.3", "，", "五左右", "-5"])
def test_what_is_no_number_is_none(text: str):
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第二十二条", 22),
        ("22条", 22),
        ("二十二", 22),
        ("22", 22),
        ("第 4 条", 4),
        ("第13项", 13),
        ("第十项", 10),
        ("第3款", 3),
    ],
)
def test_the_number_of_an_article_is_read(text: str, number: int):
    assert article_number(text) == number


@pytest.mark.parametrize("text", ["第条", "", "附则", "1.5"])
def test_what_names_no_article_has_no_number(text: str):
    assert article_number(text) is None


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_is_read_back(value: int):
    assert number_of(chinese_number(value)) == value
    assert number_of(chinese_number(value) + "万") == value * 10_000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_articles_are_numbered_the_chinese_way(value: int, text: str):
    assert chinese_number(value) == text


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str):
    value = number_of(text)

    assert value is None or value >= 0
