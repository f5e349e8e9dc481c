"""Choose how pages look."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, is_https, open_to
from web.display import CONTRASTS, COOKIE, SIZES, THEMES, display_of
from web.forms import local, see
from web.views import language_of, page, translator

router = APIRouter(prefix="/display", include_in_schema=False)
OPEN = [open_to(*EVERYONE, half_way=True)]
ONE_YEAR = 31_536_000


@router.get("", dependencies=OPEN)
def show(request: Request, back: str = "/", done: bool = False) -> Response:
    """The choices, with what this browser was told."""
    say = translator(language_of(request))
    values = {
        "named": lambda options: {value: say(name) for value, name in options.items()},
        "themes": THEMES,
        "contrasts": CONTRASTS,
        "sizes": SIZES,
        "back": local(back),
        "done": done,
    }
    return page(request, "display.html", values)


@router.post("", dependencies=OPEN)
def choose(
    request: Request,
    theme: Annotated[str, Form()] = "",
    contrast: Annotated[str, Form()] = "",
    size: Annotated[str, Form()] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Remember the choice in this browser and show it."""
    chosen = display_of(theme, contrast, size)
    response = see("/display?" + urlencode({"done": "1", "back": local(back)}))
    response.set_cookie(
        COOKIE, str(chosen), max_age=ONE_YEAR, httponly=True, samesite="lax", secure=is_https(request), path="/"
    )
    return response
