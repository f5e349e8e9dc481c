"""The result of an assessment: verdict, gaps, what would change it, when, and how others stand."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.exports.calendar_file import write_calendar
from api.exports.document import write_document
from api.exports.paper import paper_of
from api.exports.workbook import write_workbook
from api.routes.assessment_desk import DeskDep
from api.usecases.assess import Opened, open_assessment, told
from api.usecases.assess_comparison import peer_average, progress, shares_of
from api.usecases.assess_plan import list_tasks
from api.usecases.assess_submission import canonical
from api.usecases.assess_transfer import export_assessment
from selfassess.caveats import caveats_of
from selfassess.errors import AssessmentError
from selfassess.gaps import EFFORTS, find_gaps
from selfassess.supposition_report import what_if
from selfassess.whatif import smallest_fixes
from web.assess.charts import Words, forecast_timeline, progress_line, section_radar, verdict_gauge
from web.assess.dossier import dossier_of, plan_of, titles_by_item
from web.assess.downloads import DOCX, ICS, JSON, XLSX, download
from web.assess.page import shown, spoken
from web.views import day_formatter, language_of, teller, translator

router = APIRouter(
    prefix="/assessments/{assessment_id}",
    include_in_schema=False,
    dependencies=[open_to(Kind.ENTERPRISE, about=About.ASSESSMENT)],
)
LONGEST_SENTENCE = 200


@router.get("/result")
def show_result(request: Request, desk: DeskDep, assessment_id: str, suppose: str = "") -> Response:
    """Everything that follows from the answers; ``suppose`` is a sentence of the what-if box."""
    opened = open_assessment(desk, assessment_id)
    return shown(request, "result.html", opened, _result(request, opened) | _supposed(request, opened, suppose))


@router.get("/paper")
def show_paper(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The whole assessment as a page to print."""
    opened = open_assessment(desk, assessment_id)
    return shown(request, "paper.html", opened, {"paper": paper_of(dossier_of(opened), spoken(request))})


@router.get("/report.docx")
def show_document(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The whole assessment as a document to sign."""
    dossier, language = dossier_of(open_assessment(desk, assessment_id)), spoken(request)
    written = write_document(paper_of(dossier, language), language)
    return download(
        written, DOCX, f"自评报告{dossier.day.isoformat()}.docx", f"assessment-{dossier.day.isoformat()}.docx"
    )


@router.get("/report.xlsx")
def show_workbook(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The whole assessment as a workbook."""
    dossier, language = dossier_of(open_assessment(desk, assessment_id)), spoken(request)
    written = write_workbook(paper_of(dossier, language), language)
    return download(
        written, XLSX, f"自评报告{dossier.day.isoformat()}.xlsx", f"assessment-{dossier.day.isoformat()}.xlsx"
    )


@router.get("/plan.ics")
def show_calendar(request: Request, desk: DeskDep, assessment_id: str) -> Response:
    """The open tasks as a calendar."""
    opened = open_assessment(desk, assessment_id)
    written = write_calendar(plan_of(opened), desk.work.now, spoken(request))
    return download(written, ICS, "培育计划.ics", "plan.ics")


@router.get("/assessment.json")
def show_json(desk: DeskDep, assessment_id: str) -> Response:
    """What was said, as a file that can be brought back."""
    opened = open_assessment(desk, assessment_id)
    day = opened.row.day.isoformat()
    return download(canonical(export_assessment(opened)).encode(), JSON, f"自评{day}.json", f"assessment-{day}.json")


def _result(request: Request, opened: Opened) -> dict[str, Any]:
    language = language_of(request)
    words = Words(translator(language), teller(language), day_formatter(language))
    gaps, shares = find_gaps(opened.assessed, opened.ahead), shares_of(opened)
    so_far, average = progress(opened), peer_average(opened)
    outcome, ahead = opened.assessed.outcome, opened.ahead
    return {
        "outcome": outcome,
        "gaps": [gap for gap in gaps if gap.grade.answered],
        "waiting": [gap for gap in gaps if not gap.grade.answered],
        "differing": list(opened.answers.differing),
        "tasks": {task.item: task for task in list_tasks(opened) if task.done_at is None},
        "documents": titles_by_item(opened),
        "efforts": EFFORTS,
        "fixes": smallest_fixes(outcome),
        "caveats": list(caveats_of(opened.assessed, opened.row.day)),
        "ahead": ahead,
        "average": average,
        "so_far": so_far,
        "gauge": verdict_gauge(opened, words),
        "radar": section_radar(opened, shares, average, words) if shares else "",
        "timeline": forecast_timeline(ahead, opened, words) if ahead is not None and ahead.items else "",
        "line": progress_line(so_far, words) if len(so_far) > 1 else "",
    }


def _supposed(request: Request, opened: Opened, sentence: str) -> dict[str, Any]:
    """The answer to a supposition, or why there is none."""
    sentence = sentence.strip()[:LONGEST_SENTENCE]
    answer, problem = None, None
    if sentence:
        try:
            answer = what_if(opened.situation, sentence, spoken(request))
        except AssessmentError as error:
            problem = told(error.said)
    return {"suppose": sentence, "answer": answer, "problem": problem}
