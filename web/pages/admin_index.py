"""The state of library and index, and the library as a file: out, and in again by way of approval."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, UploadFile
from starlette.responses import Response

from api.auth.access import open_to
from api.auth.identity import Kind
from api.deps import EditionDep, IdentityDep, ServicesDep
from api.errors import AppError
from api.library import Library
from api.usecases.texts.exchange import MOST_ARCHIVE, begin_import, read_archive, write_archive
from web.forms import see, tried
from web.pages.admin_texts import COUNTED, TextDeskDep
from web.views import page

router = APIRouter(prefix="/admin", include_in_schema=False)
ADMINISTRATOR = open_to(Kind.ADMINISTRATOR)


def get_archive(file: UploadFile) -> tuple[dict[str, str] | None, AppError | None]:
    """The texts of the file that was sent. Named before what opens a transaction."""
    outcome = tried(lambda: read_archive(file.file.read(MOST_ARCHIVE + 1)))
    return outcome.result, outcome.problem


@router.get("/index", dependencies=[ADMINISTRATOR])
def show(request: Request, edition: EditionDep) -> Response:
    """What is held, and whether the stored index fits it."""
    return _shown(request, edition, None)


@router.get("/documents/export.zip", dependencies=[ADMINISTRATOR])
def show_export(desk: TextDeskDep, services: ServicesDep, who: IdentityDep) -> Response:
    """The official texts in use, as one file."""
    with services.database.writing() as session:
        services.trail.append(session, who, "library_exported", services.now(), edition=desk.texts.edition)
    name = f"library-{desk.texts.edition}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_archive(desk.texts), media_type="application/zip", headers=headers)


@router.post("/documents/import", dependencies=[ADMINISTRATOR, COUNTED])
def post_import(
    request: Request,
    archive: Annotated[tuple[dict[str, str] | None, AppError | None], Depends(get_archive)],
    desk: TextDeskDep,
    edition: EditionDep,
) -> Response:
    """Check a file with texts and open it as a draft."""
    texts, problem = archive
    if texts is not None:
        outcome = tried(lambda: begin_import(desk, texts), desk.work.session)
        if outcome.result is not None:
            return see(f"/admin/documents/drafts/{outcome.result.id}")
        problem = outcome.problem
    return _shown(request, edition, problem)


def _shown(request: Request, edition: EditionDep, problem: AppError | None) -> Response:
    library: Library = request.app.state.library
    values = {"edition": edition, "state": library.state(), "problem": problem}
    return page(request, "admin/index.html", values, status_code=problem.status if problem else 200)
