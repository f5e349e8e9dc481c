"""What a person says of an answer: helpful, wrong or outdated, with a comment."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.auth.access import EVERYONE, open_to
from api.auth.throttle import Rate
from api.deps import AssistantDep, WorkDep, counted_attempt
from api.usecases.board.rating import rate_answer
from api.usecases.question import MAX_QUESTION, MAX_TURNS
from web.forms import tried
from web.views import page

router = APIRouter(include_in_schema=False)
COUNTED = counted_attempt(Rate.FEEDBACK, lambda who, browser: who.account_id or browser.address)


@router.post("/feedback", dependencies=[open_to(*EVERYONE), COUNTED])
def post(
    request: Request,
    work: WorkDep,
    assistant: AssistantDep,
    answer: Annotated[str, Form(max_length=64)] = "",
    rating: Annotated[str, Form(max_length=20)] = "",
    comment: Annotated[str, Form(max_length=4000)] = "",
    earlier: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Note it, and offer the way back to the conversation."""
    outcome = tried(lambda: rate_answer(work, assistant, answer, rating, comment), work.session)
    before = [text for text in earlier or [] if text.strip() and len(text) <= MAX_QUESTION][-MAX_TURNS:]
    values = {"problem": outcome.problem, "earlier": before}
    return page(request, "feedback.html", values, status_code=outcome.status)
