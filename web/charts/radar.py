"""Parts of a whole compared at one glance: a spoke for each part, a closed line for each series."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from markupsafe import Markup

from web.charts.figure import Caption, Series, Show, figure, key_of, look, mark, table_of
from web.charts.scale import Scale
from web.charts.svg import element, number, picture

# Room for two lines of large letters on every side: on a phone the letters are drawn twice as large.
WIDTH, HEIGHT = 720, 580
MIDDLE = (360, 290)
RADIUS = 200
RINGS = (0.25, 0.5, 0.75, 1.0)
FEWEST = 3  # spokes: with fewer there is no surface
LINE = 28
LONGEST = {True: 6, False: 12}  # letters in a line of a label, Chinese or not


def radar_chart(caption: Caption, spokes: Sequence[str], series: Sequence[Series], whole: float, show: Show) -> Markup:
    """Return a chart of values from 0 to ``whole`` along spokes; a missing value leaves its line open there.

    Raises ValueError for fewer than three spokes: bars show them better.
    """
    if len(spokes) < FEWEST:
        raise ValueError(f"a radar needs at least {FEWEST} spokes")
    along = Scale(0, whole, 0, RADIUS)
    drawn = picture(
        *(_ring(part, len(spokes)) for part in RINGS),
        *(_spoke(place, len(spokes)) for place in range(len(spokes))),
        *(_line(place, one, along) for place, one in enumerate(series)),
        *(_label(place, name, len(spokes)) for place, name in enumerate(spokes)),
        width=WIDTH,
        height=HEIGHT,
        name=caption.name,
        title=caption.title,
        description=caption.description,
        kind="radar",
    )
    return figure(caption, drawn, table_of(caption, spokes, series, show), key_of([one.name for one in series]))


def _at(place: int, of: int, distance: float) -> tuple[float, float]:
    """A point on a spoke; the first spoke points upwards."""
    angle = 2 * math.pi * place / of - math.pi / 2
    return MIDDLE[0] + distance * math.cos(angle), MIDDLE[1] + distance * math.sin(angle)


def _ring(part: float, of: int) -> Markup:
    corners = [_at(place, of, part * RADIUS) for place in range(of)]
    return element("polygon", points=_points(corners), class_="axis" if part == 1 else "grid")


def _spoke(place: int, of: int) -> Markup:
    x, y = _at(place, of, RADIUS)
    return element("path", d=f"M{MIDDLE[0]} {MIDDLE[1]} L{number(x)} {number(y)}", class_="grid")


def _line(place: int, series: Series, along: Scale) -> Markup:
    of = len(series.values)
    known = [_at(spoke, of, along.place(value)) for spoke, value in enumerate(series.values) if value is not None]
    closed = len(known) == of
    shape = element(
        "polygon" if closed else "polyline",
        points=_points(known),
        class_=f"line {look(place)}" + (" area" if closed and place == 0 else ""),
    )
    return element("g", shape, *(mark(place, *point) for point in known))


def _label(place: int, name: str, of: int) -> Markup:
    x, y = _at(place, of, RADIUS + 20)
    lines = _broken(name)
    sideways, down = (x - MIDDLE[0]) / RADIUS, (y - MIDDLE[1]) / RADIUS
    anchor = "middle" if abs(sideways) < 0.3 else "start" if sideways > 0 else "end"
    # Above the middle the last line stands at the tip, below it the first one, beside it the lines around it.
    first = y - (len(lines) - 1) * LINE * (1 - down) / 2 + 8 * (1 + down)
    rows = [element("tspan", line, x=x, y=first + row * LINE) for row, line in enumerate(lines)]
    return element("text", *rows, text_anchor=anchor, class_="name")


def _broken(name: str) -> list[str]:
    """A label in lines: between words, or after some letters of Chinese."""
    name = name.replace("、", "、 ")
    chinese = re.search(r"[\u3400-\u9fff]", name) is not None
    most = LONGEST[chinese]
    if chinese and " " not in name:
        each = max(1, math.ceil(len(name) / math.ceil(len(name) / most)))
        return [name[start : start + each] for start in range(0, len(name), each)]
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
