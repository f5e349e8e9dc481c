"""What every chart stands in: title, key of its series, the picture, and a table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.svg import element

Show = Callable[[float], str]
NONE = "—"
MARKS = 5  # looks of series: colour, dash and mark; a sixth one looks like the first


@dataclass(frozen=True, slots=True)
class Series:
    """A name and one value for each place of the axis; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart, in the reader's language.

    ``name`` is unique on the page. ``axis`` heads the table's first column, ``table`` opens the table.
    """

    name: str
    title: str
    description: str
    axis: str
    table: str


def figure(caption: Caption, drawn: Markup, table: Markup, key: Markup = Markup()) -> Markup:  # noqa: B008 - frozen
    """Return a chart as it stands on a page."""
    return element(
        "figure",
        element("figcaption", caption.title),
        key,
        drawn,
        element("details", element("summary", caption.table), table, class_="chart-table"),
        class_="chart",
    )


def key_of(names: Sequence[str]) -> Markup:
    """Return the key: each series with its line and mark."""
    rows = [
        element("li", element("svg", _sample(place), viewBox="0 0 30 12", aria_hidden="true", class_="sample"), name)
        for place, name in enumerate(names)
    ]
    return element("ul", *rows, class_="chart-key")


def table_of(caption: Caption, places: Sequence[str], series: Sequence[Series], show: Show) -> Markup:
    """Return the table: a row for each place of the axis, a column for each series."""
    rows = [
        (place, *(NONE if (value := one.values[number]) is None else show(value) for one in series))
        for number, place in enumerate(places)
    ]
    return text_table(caption, (caption.axis, *(one.name for one in series)), rows)


def text_table(caption: Caption, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """Return a table of words; the first of each row names it."""
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    whole = element(
        "table",
        element("caption", caption.title, class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *body),
    )
    return element("div", whole, class_="figures", tabindex=0, role="region", aria_label=caption.title)


def look(place: int) -> str:
    """Return the class that gives a series its colour and dash."""
    return f"series-{place % MARKS + 1}"


def mark(place: int, x: float, y: float, size: float = 4.5) -> Markup:
    """Return the mark of a series at a point: circle, square, triangle, diamond, cross."""
    class_ = f"mark-point {look(place)}"
    match place % MARKS:
        case 0:
            return element("circle", cx=x, cy=y, r=size, class_=class_)
        case 1:
            return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, class_=class_)
        case 2:
            corners: tuple[tuple[float, float], ...] = (
                (x, y - 1.2 * size),
                (x + 1.1 * size, y + 0.9 * size),
                (x - 1.1 * size, y + 0.9 * size),
            )
        case 3:
            corners = ((x, y - 1.3 * size), (x + 1.3 * size, y), (x, y + 1.3 * size), (x - 1.3 * size, y))
        case _:
            line = f"M{x - size:.1f} {y - size:.1f} L{x + size:.1f} {y + size:.1f}"
            back = f"M{x - size:.1f} {y + size:.1f} L{x + size:.1f} {y - size:.1f}"
            return element("path", d=f"{line} {back}", class_=f"{class_} cross")
    return element("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), class_=class_)


def _sample(place: int) -> Markup:
    return element("path", d="M1 6 L29 6", class_=f"line {look(place)}") + mark(place, 15, 6, 3.6)
