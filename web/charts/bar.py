"""Groups beside each other: one bar for each, its name and value written above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.figure import Caption, Series, Show, figure, table_of
from web.charts.scale import Scale
from web.charts.svg import element, picture

WIDTH = 720
ROW, THICK, HEAD = 62, 18, 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A group and its value; None is shown as ``unsaid`` and has no bar. ``own`` is set off from the others."""

    name: str
    value: float | None
    own: bool = False
    unsaid: str = "—"


def bar_chart(caption: Caption, value_name: str, bars: Sequence[Bar], show: Show, full: float | None = None) -> Markup:
    """Return horizontal bars from zero, in the order given; values are not negative.

    ``full`` is the value of a bar of full length; without one the longest has it.
    """
    known = [bar.value for bar in bars if bar.value is not None]
    along = Scale(0, max([full or 0.0, *known]) or 1.0, 0, WIDTH)
    drawn = picture(
        *(_row(number, bar, along, show) for number, bar in enumerate(bars)),
        width=WIDTH,
        height=max(1, len(bars)) * ROW,
        name=caption.name,
        title=caption.title,
        description=caption.description,
        kind="bars",
    )
    series = Series(value_name, tuple(bar.value for bar in bars))
    return figure(caption, drawn, table_of(caption, [bar.name for bar in bars], [series], show))


def _row(number: int, bar: Bar, along: Scale, show: Show) -> Markup:
    top = number * ROW
    said = bar.unsaid if bar.value is None else show(bar.value)
    parts = [
        element("text", bar.name, x=0, y=top + HEAD - 8, class_="name"),
        element("text", said, x=WIDTH, y=top + HEAD - 8, text_anchor="end", class_="value"),
        element("rect", x=0, y=top + HEAD, width=WIDTH, height=THICK, class_="track"),
    ]
    if bar.value:
        length = max(2.0, along.place(bar.value))
        look = "bar own" if bar.own else "bar"
        parts.append(element("rect", x=0, y=top + HEAD, width=length, height=THICK, class_=look))
    return element("g", *parts)
