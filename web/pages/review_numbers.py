"""Figures of the reviews: where officers and enterprises differ, how long it takes, which items are weak where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.records.wording import plain_number
from api.routes.review_desk import TO_LIST, ReviewDeskDep
from api.usecases.review.figures import ItemFigures, read_figures_of
from web.review_words import shown
from web.views import language_of

router = APIRouter(prefix="/reviews/numbers", include_in_schema=False)


@router.get("", dependencies=[TO_LIST])
def show_numbers(
    request: Request,
    desk: ReviewDeskDep,
    standard: Annotated[str, Query(max_length=60)] = "",
    by: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The figures of one standard, the weakest items first."""
    figures = read_figures_of(desk, standard)
    order = {"differing": _differing, "item": lambda _: 0}.get(by, _weak)
    values = {
        "figures": figures,
        "rows": sorted((one for one in figures.items if one.is_shown), key=order),
        "by": by if by in ("differing", "item") else "weak",
        "number": lambda value: plain_number(value, language_of(request), 1),
    }
    return shown(request, "numbers.html", values)


def _weak(item: ItemFigures) -> int:
    return -(item.weak.percent if item.weak else -1)


def _differing(item: ItemFigures) -> int:
    return -(item.differing.percent if item.differing else -1)
