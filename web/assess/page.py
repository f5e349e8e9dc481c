"""What the pages of one assessment share: the form as sent, the day typed in, the language of the standards."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse

from api.errors import AppError, BadInput
from api.records.wording import label_of
from api.usecases.assess import Opened
from api.usecases.question import read_day
from selfassess.text import Language
from selfassess.walk.prompt import GRADE_NAMES
from web.views import language_of, page


async def form_of(request: Request) -> FormData:
    """Return the fields of a form, read before by the check of its token, which also closes its files."""
    return await request.form()


FormDep = Annotated[FormData, Depends(form_of)]


def shown(request: Request, template: str, opened: Opened, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page about an assessment."""
    away = opened.desk.records is not None and opened.recorded is None
    known = {"opened": opened, "id": opened.id, "away": away, "problem": None}
    return page(request, f"assess/{template}", words_of(request) | known | values, status_code=status)


def words_of(request: Request) -> dict[str, Any]:
    """Return names of grades and tables for a template."""
    return {
        "grade_names": GRADE_NAMES,
        "table_title": lambda table: label_of("table", table, language_of(request)),
    }


def spoken(request: Request) -> Language:
    """Return the language of texts that exist in two."""
    return "en" if language_of(request) == "en" else "zh"


def in_words(request: Request, problem: AppError) -> str:
    """Return a problem in the language of the page."""
    return problem.en if spoken(request) == "en" else problem.zh


def word(form: FormData, name: str, most: int | None = 4000) -> str:
    """Return a text field, blank where it was not sent."""
    found = form.get(name)
    return found[:most] if isinstance(found, str) else ""


def number_of(written: str) -> int | None:
    """Return a number as a form carries it: some digits; None for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def day_in(form: FormData, name: str) -> date | None:
    """Return a day field, None where it is blank. Raises `BadInput`."""
    written = word(form, name, 20).strip()
    if not written:
        return None
    try:
        return read_day(written)
    except ValueError as error:
        raise BadInput("日期请按2026-11-22的样子填写。", "Write a day as 2026-11-22.") from error


def file_in(form: FormData, name: str) -> UploadFile:
    """Return an uploaded file. Raises `BadInput` where none was chosen."""
    found = form.get(name)
    if not isinstance(found, UploadFile) or not found.filename:
        raise BadInput("请先选择文件。", "Please choose a file first.")
    return found
