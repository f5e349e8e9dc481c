"""The form of an assessment: a section or a filter at a time, saved as a whole or by the script item by item."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Desk, Opened, change_day, change_profile, open_assessment
from api.usecases.review.returned import answer_to
from selfassess.standard import Section
from web.assess.answers import Kept, keep_form, with_problems
from web.assess.cards import Card, cards_of
from web.assess.filters import Sheet, progress_of, sheet_of
from web.assess.page import FormDep, day_in, in_words, shown, word, words_of
from web.assess.start import businesses_of, said_in
from web.forms import Tried, see, tried
from web.views import language_of, render, translator

router = APIRouter(
    prefix="/assessments/{assessment_id}",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)
SCRIPT = "x-autosave"  # sent by the script: it wants the changed cards, not the page


@router.get("")
def show_form(request: Request, desk: DeskDep, assessment_id: str, section: str = "", show: str = "all") -> Response:
    """One section of the form, or the items of a filter."""
    opened = open_assessment(desk, assessment_id)
    cards = cards_of(opened)
    saved = request.query_params.get("saved", "")
    said = translator(language_of(request))("已保存。") if saved else ""
    return _form(request, opened, sheet_of(opened, cards, section, show), said)


@router.post("/answers")
def post_answers(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Save what was changed, and do what was pressed."""
    opened = open_assessment(desk, assessment_id, to_write=True)
    outcome = tried(lambda: keep_form(opened, form), desk.work.session)
    if SCRIPT in request.headers:
        return _pieces(request, desk, assessment_id, form, outcome)
    section, show = word(form, "section", 40), word(form, "show", 20) or "all"
    kept = outcome.result
    if kept is not None and not kept.refused and not kept.differing:
        return see(_address(opened, section, show, form))
    opened = open_assessment(desk, assessment_id)
    cards = cards_of(opened) if kept is None else with_problems(cards_of(opened), kept)
    sheet = sheet_of(opened, cards, section, show)
    said = in_words(request, outcome.problem) if outcome.problem else _told(request, kept)
    return _form(request, opened, sheet, said, said_problem=True, status=_status(outcome))


@router.post("/profile")
def post_profile(request: Request, desk: DeskDep, assessment_id: str, form: FormDep) -> Response:
    """Say something else about the enterprise, or assess for another day."""
    outcome = tried(lambda: _change(desk, assessment_id, form), desk.work.session)
    if outcome.problem is None:
        return see(f"/assessments/{assessment_id}?saved=yes")
    opened = open_assessment(desk, assessment_id)
    cards = cards_of(opened)
    said = in_words(request, outcome.problem)
    sheet = sheet_of(opened, cards, "", "all")
    return _form(request, opened, sheet, said, said_problem=True, status=outcome.status)


def _change(desk: Desk, assessment_id: str, form: FormData) -> None:
    opened = open_assessment(desk, assessment_id, to_write=True)
    opened = change_profile(opened, said_in(form, is_single=opened.standard.kind == "single"))
    day = day_in(form, "on")
    if day is not None and day != opened.row.day:
        change_day(opened, day)


def _form(
    request: Request,
    opened: Opened,
    sheet: Sheet,
    said: str = "",
    *,
    said_problem: bool = False,
    status: int = 200,
) -> Response:
    values = {
        "sheet": sheet,
        "said": said,
        "said_problem": said_problem,
        "unfolded": sheet.unfolded | {request.query_params.get("item", "")},
        "next_section": _next(opened, sheet),
        "profile": opened.profile,
        "businesses": businesses_of([opened.standard]),
        "answer": answer_to(opened),
    }
    return shown(request, "form.html", opened, values, status)


def _next(opened: Opened, sheet: Sheet) -> Section | None:
    sections = opened.standard.sections
    place = next((place for place, one in enumerate(sections) if one.id == sheet.section), len(sections))
    return sections[place + 1] if sheet.show == "all" and place + 1 < len(sections) else None


def _address(opened: Opened, section: str, show: str, form: FormData) -> str:
    known = {one.id for one in opened.standard.sections}
    where = f"show={show}" if show in ("open", "contradicting", "evidence") else ""
    if not where:
        where = f"section={section}" if section in known else ""
    pressed = word(form, "confirm", 20) or word(form, "choose", 40).split(":")[0]
    place = f"#item-{pressed}" if pressed in opened.standard.items else ""
    return f"/assessments/{opened.id}?{where}{'&' if where else ''}saved=yes{place}"


def _status(outcome: Tried[Kept]) -> int:
    if outcome.problem is not None:
        return outcome.status
    return 409 if outcome.result is not None and outcome.result.differing else 400


def _told(request: Request, kept: Kept | None) -> str:
    """What became of a form that could not be stored as it was."""
    say = translator(language_of(request))
    if kept is None:
        return ""
    lines = []
    if kept.differing:
        lines.append(f"{say('有同事刚刚回答了同一项，两个答案都留着，请在下面选定：')}{', '.join(kept.differing)}")
    if kept.refused:
        lines.append(f"{say('这些项目没有保存，请看各项的提示：')}{', '.join(kept.refused)}")
    return " ".join(lines)


def _pieces(request: Request, desk: Desk, assessment_id: str, form: FormData, outcome: Tried[Kept]) -> Response:
    """The changed cards, for the script."""
    if outcome.result is None:
        said = in_words(request, outcome.problem) if outcome.problem else ""
        return JSONResponse({"problem": said}, status_code=outcome.status)
    opened = open_assessment(desk, assessment_id)
    cards = with_problems(cards_of(opened), outcome.result)
    whole = word(form, "confirm") or word(form, "choose")
    numbers = dict.fromkeys([*outcome.result.typed, *(one.no for one in outcome.result.saved)])
    values = words_of(request) | {"id": opened.id, "opened": opened}
    return JSONResponse(
        {
            "cards": {no: _piece(request, cards[no], values, bool(whole)) for no in numbers},
            "progress": render(request, "assess/progress.html", {"progress": progress_of(cards.values())}),
        }
    )


def _piece(request: Request, card: Card, values: dict[str, Any], whole: bool) -> dict[str, Any]:
    known = values | {"card": card}
    if whole:
        return {"card": render(request, "assess/card.html", known | {"unfolded": {card.no}})}
    return {
        "seen": card.seen,
        "state": card.state,
        "head": render(request, "assess/head.html", known),
        "told": render(request, "assess/told.html", known),
    }
