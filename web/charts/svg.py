"""Elements and numbers of a picture, escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Attribute = str | float | int | None


def element(tag: str, *children: str, **attributes: Attribute) -> Markup:
    """Return an element. ``class_`` means class, ``text_anchor`` text-anchor; an attribute that is None is left out."""
    # Pages hold thousands of elements: `Markup.format` takes five times as long as joining what is escaped.
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(number(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if not children:
        return Markup(f"<{tag}{written}/>")  # noqa: S704 - names are ours, values are escaped
    return Markup(f"<{tag}{written}>{''.join(map(escape, children))}</{tag}>")  # noqa: S704


def number(value: Attribute) -> str:
    """Return a coordinate with at most one decimal; texts stay."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def path_of(points: Iterable[tuple[float, float] | None]) -> str:
    """Return the path through some points; None lifts the pen."""
    commands: list[str] = []
    down = False
    for point in points:
        if point is None:
            down = False
            continue
        commands.append(f"{'L' if down else 'M'}{number(point[0])} {number(point[1])}")
        down = True
    return " ".join(commands)


def picture(*children: str, width: int, height: int, name: str, title: str, description: str, kind: str = "") -> Markup:
    """Return a picture that is read out as title and description; ``name`` is unique on the page."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *children,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=f"picture {kind}".strip(),
    )
