"""What the doors of self-assessment ask for: the desk, the assessment of the address, a checked file."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request, UploadFile

from api.auth.access import READING, open_to
from api.auth.identity import Kind
from api.auth.throttle import Rate
from api.deps import ScopeDep, ServicesDep, TodayDep, WorkDep, counted_attempt
from api.errors import BadInput, TooLarge
from api.evidence.errors import EvidenceRefused
from api.evidence.kinds import MOST_BYTES
from api.evidence.upload import Checked, check_upload
from api.store import AssessmentTask, Submission
from api.usecases.assess import Desk, Opened, open_assessment
from api.usecases.assess_documents import Document, get_document
from api.usecases.assess_plan import open_task
from api.usecases.assess_submission import open_submission
from selfassess.text import Language

OPEN = open_to(Kind.ENTERPRISE)
COUNTED = counted_attempt(Rate.UPLOAD, lambda who, _: who.account_id)
Id = Annotated[str, Path(max_length=32)]
LanguageParam = Annotated[Language, Query(description="the language of the texts")]


def get_desk(work: WorkDep, services: ServicesDep, scope: ScopeDep, today: TodayDep) -> Desk:
    """The desk of the person."""
    return Desk(work, today, scope, services.records, services.files)


DeskDep = Annotated[Desk, Depends(get_desk, scope="function")]


def get_opened(request: Request, desk: DeskDep, assessment_id: Id) -> Opened:
    """The assessment of the address, held for writing where something is changed. Raises `NotFound`."""
    return open_assessment(desk, assessment_id, to_write=request.method not in READING)


def get_task(desk: DeskDep, task_id: Id) -> tuple[Opened, AssessmentTask]:
    """The task of the address with its assessment. Raises `NotFound`."""
    return open_task(desk, task_id)


def get_submission(request: Request, desk: DeskDep, submission_id: Id) -> tuple[Opened, Submission]:
    """The version of the address with its assessment. Raises `NotFound`."""
    return open_submission(desk, submission_id, to_write=request.method not in READING)


def get_evidence(desk: DeskDep, evidence_id: Id) -> Document:
    """The document of the address. Raises `NotFound`."""
    return get_document(desk, evidence_id)


def get_checked(file: UploadFile) -> Checked:
    """The file that was sent, found harmless. Raises `BadInput`, `TooLarge`.

    Name it before what opens a transaction: looking into a file takes a while.
    """
    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooLarge(f"文件超过{MOST_BYTES // 1_000_000}MB。", f"The file is over {MOST_BYTES // 1_000_000} MB.")
    try:
        return check_upload(content, file.filename or "")
    except EvidenceRefused as refused:
        raise BadInput(refused.zh, refused.en) from refused


OpenedDep = Annotated[Opened, Depends(get_opened, scope="function")]
TaskDep = Annotated[tuple[Opened, AssessmentTask], Depends(get_task, scope="function")]
SubmissionDep = Annotated[tuple[Opened, Submission], Depends(get_submission, scope="function")]
EvidenceDep = Annotated[Document, Depends(get_evidence, scope="function")]
CheckedDep = Annotated[Checked, Depends(get_checked, scope="function")]
