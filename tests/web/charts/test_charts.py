"""Charts: what is drawn is what the table says, nothing is run, nothing needs a style in the markup."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from web.charts.bar import Bar, bar_chart
from web.charts.figure import Caption, Series
from web.charts.line import line_chart
from web.charts.scale import Scale, round_steps, spread
from web.charts.svg import path_of

CAPTION = Caption("rate", "查验率", "近三个月的查验率", "月份", "查看数据表")
MONTHS = ("2026年8月", "2026年9月", "2026年10月")
SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=12)


def percent(value: float) -> str:
    """A value as the tests write it."""
    return f"{value:g}%"


def lines(*values: float | None, name: str = "本企业") -> Markup:
    """A chart of one line."""
    return line_chart(CAPTION, MONTHS[: len(values)], [Series(name, values)], percent)


def parsed(chart: Markup) -> ElementTree.Element:
    """The markup as a tree: it has to be well formed."""
    return ElementTree.fromstring(f"<page>{chart}</page>")  # noqa: S314 - our own markup


def test_every_value_stands_in_the_table_under_its_series():
    tree = parsed(lines(1.5, 2.25, None))

    rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
    assert rows == [["月份", "本企业"], ["2026年8月", "1.5%"], ["2026年9月", "2.25%"], ["2026年10月", "—"]]


def test_a_missing_value_interrupts_the_line():
    assert path_of([(0, 1), (1, 2), None, (3, 4), (4, 5)]) == "M0 1 L1 2 M3 4 L4 5"


def test_a_larger_value_is_drawn_higher():
    chart = lines(1, 3, 2)

    heights = [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', str(chart))][1:]
    assert heights[1] < heights[2] < heights[0]


def test_each_of_five_series_has_its_own_dash_class_and_mark():
    series = [Series(f"系列{n}", (n, n + 1, n + 2)) for n in range(5)]

    tree = parsed(line_chart(CAPTION, MONTHS, series, percent))
    key = tree.find(".//ul")
    assert key is not None
    looks = {tuple((part.tag, part.get("class")) for part in row[0]) for row in key}
    assert len(looks) == 5


def test_a_chart_is_read_out_with_title_and_description():
    picture = parsed(lines(1, 2, 3)).find(".//svg[@role='img']")

    assert picture is not None
    names = {part.get("id"): part.text for part in picture}
    assert [names[name] for name in str(picture.get("aria-labelledby")).split()] == ["查验率", "近三个月的查验率"]


@given(name=NAMES, value=st.one_of(st.none(), st.floats(0, 1e12)))
def test_whatever_a_group_is_called_the_markup_stays_whole_and_carries_no_style(name: str, value: float | None):
    chart = bar_chart(CAPTION, "企业数", [Bar(name, value), Bar("<script>alert(1)</script>", 3)], percent)

    tree = parsed(chart)
    assert not list(tree.iter("script"))
    assert " style=" not in chart.split("<figcaption>")[0]
    assert all("style" not in part.attrib for part in tree.iter())
    assert all(not name.startswith("on") for part in tree.iter() for name in part.attrib)


def test_a_hidden_group_has_no_bar_and_no_number():
    chart = bar_chart(CAPTION, "企业数", [Bar("小组", None, unsaid="不足5家，不显示"), Bar("大组", 10)], percent)

    groups = [group for group in parsed(chart).iter("g")]
    assert len([part for part in groups[0] if part.get("class") == "bar"]) == 0
    assert "不足5家，不显示" in "".join(groups[0].itertext())


def test_bars_are_as_long_as_their_values():
    chart = bar_chart(CAPTION, "企业数", [Bar("甲", 5), Bar("乙", 10, own=True)], percent)

    lengths = [float(bar.get("width", 0)) for bar in parsed(chart).iter("rect") if "bar" in str(bar.get("class"))]
    assert lengths[1] == 2 * lengths[0]


@given(st.lists(st.floats(-1e9, 1e9), max_size=20))
def test_the_steps_cover_all_values_and_are_few(values: list[float]):
    steps = round_steps(values)

    low, high = min([0.0, *values]), max([0.0, *values])
    unseen = 1e-6 + (high - low) * 1e-9  # less than a picture can show

    assert 2 <= len(steps) <= 8
    assert steps[0] <= low + unseen
    assert steps[-1] >= high - unseen


@pytest.mark.parametrize(
    ("high", "steps"), [(0.9, (0, 0.2, 0.4, 0.6, 0.8, 1)), (20, (0, 5, 10, 15, 20)), (97, (0, 20, 40, 60, 80, 100))]
)
def test_the_steps_are_round(high: float, steps: tuple[float, ...]):
    assert round_steps([high]) == pytest.approx(steps)


@given(st.integers(1, 400), st.integers(2, 9))
def test_labels_are_spread_from_first_to_last(count: int, most: int):
    places = spread(count, most)

    assert places[0] == 0
    assert places[-1] == count - 1
    assert len(places) == len(set(places)) == min(count, most)


def test_a_scale_without_a_span_puts_everything_at_its_start():
    assert Scale(3, 3, 10, 20).place(3) == 10
