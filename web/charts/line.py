"""Something over time: one or several lines above a common axis."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from web.charts.figure import Caption, Series, Show, figure, key_of, look, mark, table_of
from web.charts.scale import Scale, round_steps, spread
from web.charts.svg import element, path_of, picture

# Room for large letters: on a phone the picture is drawn at half its size, with letters twice as large.
WIDTH, HEIGHT = 720, 330
LEFT, RIGHT, TOP, BOTTOM = 78, 26, 16, 44
MOST_LABELS = 3


def line_chart(caption: Caption, places: Sequence[str], series: Sequence[Series], show: Show) -> Markup:
    """Return a chart of some series over ``places``, the words of the axis in their order.

    A missing value interrupts its line. ``show`` writes a value with its unit.
    """
    known = [value for one in series for value in one.values if value is not None]
    steps = round_steps(known)
    across = Scale(0, max(1, len(places) - 1), LEFT, WIDTH - RIGHT)
    up = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    labelled = spread(len(places), MOST_LABELS)
    drawn = picture(
        *_grid(steps, up, show),
        *_days(places, labelled, across),
        *(_line(number, one, across, up, labelled) for number, one in enumerate(series)),
        width=WIDTH,
        height=HEIGHT,
        name=caption.name,
        title=caption.title,
        description=caption.description,
    )
    return figure(caption, drawn, table_of(caption, places, series, show), key_of([one.name for one in series]))


def _grid(steps: Sequence[float], up: Scale, show: Show) -> list[Markup]:
    rows = []
    for step in steps:
        y = up.place(step)
        rows.append(element("path", d=f"M{LEFT} {y:.1f} L{WIDTH - RIGHT} {y:.1f}", class_="grid" if step else "axis"))
        rows.append(element("text", show(step), x=LEFT - 10, y=y, dy="0.35em", text_anchor="end", class_="step"))
    return rows


def _days(places: Sequence[str], labelled: Sequence[int], across: Scale) -> list[Markup]:
    last = len(places) - 1
    return [
        element(
            "text",
            places[number],
            x=across.place(number),
            y=HEIGHT - 12,
            text_anchor="end" if number == last and last else "start" if number == 0 else "middle",
            class_="step",
        )
        for number in labelled
    ]


def _line(number: int, series: Series, across: Scale, up: Scale, marked: Sequence[int]) -> Markup:
    points = [
        None if value is None else (across.place(place), up.place(value)) for place, value in enumerate(series.values)
    ]
    line = element("path", d=path_of(points), class_=f"line {look(number)}")
    alone = {place for place, point in enumerate(points) if point and not _has_neighbour(points, place)}
    known = [place for place, point in enumerate(points) if point]
    shown = sorted(alone | ({*marked, *known[-1:]} & set(known)))
    return element("g", line, *(mark(number, *point) for place in shown if (point := points[place])))


def _has_neighbour(points: Sequence[object], place: int) -> bool:
    before = place > 0 and points[place - 1] is not None
    return before or (place + 1 < len(points) and points[place + 1] is not None)
