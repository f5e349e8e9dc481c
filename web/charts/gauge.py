"""How far along something is: a half ring of parts, what it comes to written inside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.figure import Caption, figure, text_table
from web.charts.svg import element, number, picture

WIDTH, HEIGHT = 720, 370
MIDDLE = (360, 320)
OUTER, INNER = 300, 205
GAP = 0.012  # between two parts, in half turns


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the ring: its name, how many it counts, and the class that gives it its colour."""

    name: str
    count: int
    look: str


def gauge(caption: Caption, said: str, below: str, parts: Sequence[Part], counted: str) -> Markup:
    """Return a half ring of parts in the order given, ``said`` large inside and ``below`` under it.

    ``counted`` heads the table's second column. Parts that count nothing are left out of the ring.
    """
    whole = sum(part.count for part in parts)
    drawn = picture(
        element("path", d=_arc(0, 1), class_="track"),
        *_ring(parts, whole),
        element("text", said, x=MIDDLE[0], y=MIDDLE[1] - 62, text_anchor="middle", class_="said"),
        element("text", below, x=MIDDLE[0], y=MIDDLE[1] - 8, text_anchor="middle", class_="below"),
        width=WIDTH,
        height=HEIGHT,
        name=caption.name,
        title=caption.title,
        description=caption.description,
        kind="gauge",
    )
    table = text_table(caption, (caption.axis, counted), [(part.name, str(part.count)) for part in parts])
    return figure(caption, drawn, table, _key(parts))


def _ring(parts: Sequence[Part], whole: int) -> list[Markup]:
    drawn, start = [], 0.0
    for part in parts:
        if not part.count:
            continue
        end = start + part.count / whole
        drawn.append(element("path", d=_arc(start, max(start + GAP / 2, end - GAP)), class_=f"part {part.look}"))
        start = end
    return drawn


def _arc(start: float, end: float) -> str:
    """The outline of a piece of the ring, from and to a share of the half turn."""
    a, b = _at(start, OUTER), _at(end, OUTER)
    c, d = _at(end, INNER), _at(start, INNER)
    return f"M{a} A{OUTER} {OUTER} 0 0 1 {b} L{c} A{INNER} {INNER} 0 0 0 {d} Z"


def _at(share: float, distance: float) -> str:
    angle = math.pi * (1 + share)
    return f"{number(MIDDLE[0] + distance * math.cos(angle))} {number(MIDDLE[1] + distance * math.sin(angle))}"


def _key(parts: Sequence[Part]) -> Markup:
    rows = [
        element("li", _sample(part.look), element("span", f"{part.name} ", element("strong", str(part.count))))
        for part in parts
        if part.count
    ]
    return element("ul", *rows, class_="chart-key")


def _sample(look: str) -> Markup:
    square = element("rect", x=9, y=0, width=12, height=12, class_=f"part {look}")
    return element("svg", square, viewBox="0 0 30 12", aria_hidden="true", class_="sample")
