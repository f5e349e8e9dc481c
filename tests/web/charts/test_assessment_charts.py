"""Radar, gauge and timeline: what is drawn is what the table says, and nothing unfinished is drawn as done."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from web.charts.figure import Caption, Series
from web.charts.gauge import Part, gauge
from web.charts.radar import radar_chart
from web.charts.timeline import Span, timeline

CAPTION = Caption("sections", "各部分达标情况", "各部分达标项目的比例", "部分", "查看数据表")
SECTIONS = ("内部控制", "财务状况", "守法规范", "贸易安全")
TODAY = date(2026, 11, 26)
HOSTILE = '<script>alert(1)</script>" onload="x'


def percent(value: float) -> str:
    """A value as the tests write it."""
    return f"{value:g}%"


def parsed(chart: Markup) -> ElementTree.Element:
    """The markup as a tree: it has to be well formed."""
    return ElementTree.fromstring(f"<page>{chart}</page>")  # noqa: S314 - our own markup


def rows(chart: Markup) -> list[list[str]]:
    """What the table says."""
    return [["".join(cell.itertext()) for cell in row] for row in parsed(chart).iter("tr")]


def radar(*values: float | None) -> Markup:
    """A radar of one series over four sections."""
    return radar_chart(CAPTION, SECTIONS, [Series("本次", values)], 100, percent)


def passing(*spans: Span) -> Markup:
    """A timeline from today."""
    return timeline(CAPTION, TODAY, spans, show=str, until="不再计入", all_over="全部消除")


def distances(chart: Markup) -> list[float]:
    """How far from the middle each mark of a radar lies."""
    marks = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', str(chart))[1:]
    return [round(((float(x) - 360) ** 2 + (float(y) - 290) ** 2) ** 0.5) for x, y in marks]


def test_a_radar_says_each_value_in_its_table():
    assert rows(radar(50, 100, None, 0))[1:] == [
        ["内部控制", "50%"],
        ["财务状况", "100%"],
        ["守法规范", "—"],
        ["贸易安全", "0%"],
    ]


def test_a_mark_lies_as_far_out_as_its_value():
    full, half, none, _ = distances(radar(100, 50, 0, 100))

    assert (half, none) == (pytest.approx(full / 2, abs=1), 0)


def test_a_radar_with_a_missing_value_is_not_closed():
    shapes = [part.tag for part in parsed(radar(1, None, 3, 4)).iter() if "line" in str(part.get("class"))]

    assert "polyline" in shapes
    assert "polygon" not in shapes


def test_two_spokes_are_no_radar():
    with pytest.raises(ValueError, match="3"):
        radar_chart(CAPTION, SECTIONS[:2], [Series("本次", (1, 2))], 100, percent)


@given(st.lists(st.integers(0, 80), min_size=1, max_size=5))
def test_the_parts_of_a_gauge_are_those_that_count_something(counts: list[int]):
    parts = [Part(f"第{n}种", count, "met") for n, count in enumerate(counts)]

    chart = gauge(CAPTION, "能通过", "74项", parts, "项数")

    ring = [part for part in parsed(chart).iter("path") if part.get("class") == "part met"]
    assert len(ring) == sum(count > 0 for count in counts)
    assert [row[1] for row in rows(chart)[1:]] == [str(count) for count in counts]


def test_a_gauge_is_read_out_with_its_verdict():
    chart = gauge(CAPTION, "通不过", "有2项不达标", [Part("达标", 3, "met")], "项数")

    texts = ["".join(text.itertext()) for text in parsed(chart).iter("text")]
    assert texts == ["通不过", "有2项不达标"]


def test_a_later_day_is_drawn_longer():
    chart = passing(Span("第32项", date(2027, 3, 1), "3月"), Span("第34项", date(2027, 9, 1), "9月"))

    lengths = [float(bar.get("width", 0)) for bar in parsed(chart).iter("rect") if bar.get("class") == "span"]
    assert lengths[0] < lengths[1] == 720


def test_what_time_does_not_end_keeps_the_last_day_from_being_marked():
    chart = passing(Span("第32项", date(2027, 3, 1), "3月"), Span("第28项", None, "先处理"))

    assert "全部消除" not in chart
    assert [bar.get("class") for bar in parsed(chart).iter("rect") if "stays" in str(bar.get("class"))] == [
        "span stays"
    ]


def test_the_day_on_which_all_is_over_is_named():
    assert "全部消除 2027-03-01" in passing(Span("第32项", date(2027, 3, 1), "3月"))


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40))
def test_whatever_a_section_is_called_the_markup_stays_whole_and_carries_no_style(name: str):
    charts = (
        radar_chart(CAPTION, (name, HOSTILE, "c"), [Series(HOSTILE, (1, 2, 3))], 3, percent),
        gauge(CAPTION, HOSTILE, name, [Part(name, 1, "met")], "项数"),
        passing(Span(name, TODAY, HOSTILE)),
    )

    for tree in map(parsed, charts):
        assert not list(tree.iter("script"))
        assert all(
            "style" not in part.attrib and not {a for a in part.attrib if a.startswith("on")} for part in tree.iter()
        )
