"""What the pages of the review desk share: names of states, decisions and reasons, and how they are shown."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from api.auth.identity import Kind
from api.usecases.review.consistency import KIND_NAMES
from api.usecases.review.reading import Reading
from api.usecases.review.words import DECISION_NAMES, STATE_NAMES, WHY_NAMES
from web.assess.page import words_of
from web.views import page


def shown(request: Request, template: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page of the review desk."""
    names = {
        "state_names": STATE_NAMES,
        "decision_names": DECISION_NAMES,
        "why_names": WHY_NAMES,
        "kind_names": KIND_NAMES,
        "problem": None,
    }
    return page(request, f"review/{template}", words_of(request) | names | values, status_code=status)


def shown_of(
    request: Request, template: str, reading: Reading, values: dict[str, Any], status: int = 200
) -> HTMLResponse:
    """Return a page about one version."""
    who = reading.desk.work.who
    known = {
        "reading": reading,
        "id": reading.id,
        "standard": reading.frozen.standard,
        "is_officer": who.kind is Kind.OFFICER,
        "is_mine": reading.is_mine,
    }
    return shown(request, template, known | values, status)
