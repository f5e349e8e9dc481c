"""Every component of the pages in one place; not part of an installation that is in earnest."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.auth.access import EVERYONE, open_to
from web.views import page

router = APIRouter(prefix="/gallery", include_in_schema=False)
TOKENS = (
    "paper",
    "raised",
    "ink",
    "ink-soft",
    "line",
    "edge",
    "link",
    "button",
    "tint",
    "warn",
    "stop",
    "good",
    "focus",
)


@router.get("", dependencies=[open_to(*EVERYONE, half_way=True)])
def show(request: Request) -> HTMLResponse:
    """The components as the macros draw them."""
    return page(request, "gallery.html", {"tokens": TOKENS})
