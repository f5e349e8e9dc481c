"""From which day on something is over: a bar for each matter, from today to its last day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from web.charts.figure import Caption, figure, text_table
from web.charts.scale import Scale
from web.charts.svg import element, number, picture

WIDTH = 720
ROW, THICK, HEAD, TOP, BOTTOM = 62, 16, 30, 46, 40


@dataclass(frozen=True, slots=True)
class Span:
    """A matter and the first day it is over; None where time alone does not end it. ``said`` stands at its end."""

    name: str
    until: date | None
    said: str


def timeline(
    caption: Caption,
    today: date,
    spans: Sequence[Span],
    *,
    show: Callable[[date], str],
    until: str,
    all_over: str,
) -> Markup:
    """Return the matters in the order given; below them stands the day on which the last one is over.

    ``until`` heads the table's second column, ``all_over`` names that day. Without an end for each of them
    there is none.
    """
    ends = [span.until for span in spans if span.until is not None]
    last = max(ends, default=today)
    across = Scale(today.toordinal(), max(last.toordinal(), today.toordinal() + 1), 0, WIDTH)
    is_over = bool(ends) and len(ends) == len(spans)
    bottom = TOP + len(spans) * ROW
    drawn = picture(
        element("text", show(today), x=0, y=TOP - 18, class_="step"),
        *(_row(place, span, today, across) for place, span in enumerate(spans)),
        *(
            [element("text", f"{all_over} {show(last)}", x=WIDTH, y=bottom + 28, text_anchor="end", class_="value")]
            if is_over
            else []
        ),
        width=WIDTH,
        height=bottom + BOTTOM,
        name=caption.name,
        title=caption.title,
        description=caption.description,
        kind="timeline",
    )
    return figure(
        caption, drawn, text_table(caption, (caption.axis, until), [(span.name, span.said) for span in spans])
    )


def _row(place: int, span: Span, today: date, across: Scale) -> Markup:
    top = TOP + place * ROW
    length = WIDTH if span.until is None else max(2.0, across.place(span.until.toordinal()))
    stays = span.until is None
    parts = [
        element("text", span.name, x=0, y=top + HEAD - 8, class_="name"),
        element("text", span.said, x=WIDTH, y=top + HEAD - 8, text_anchor="end", class_="value"),
        element("rect", x=0, y=top + HEAD, width=WIDTH, height=THICK, class_="track"),
        element("rect", x=0, y=top + HEAD, width=length, height=THICK, class_="span stays" if stays else "span"),
    ]
    if span.until is not None and span.until > today:
        middle = top + HEAD + THICK / 2
        corners = ((length, middle - 12), (length + 11, middle), (length, middle + 12), (length - 11, middle))
        parts.append(element("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in corners), class_="day"))
    return element("g", *parts)
