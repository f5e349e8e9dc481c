"""Reading another's record as coordinator or officer: a reason first, and a trace of every reading.

A page that shows one enterprise's record calls `note_reading` before it reads. The note lies in our
database as long as the enterprise's data does; the audit log keeps its digest and the pseudonym.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Select, select

from api.auth.identity import Identity
from api.auth.work import Work
from api.errors import BadInput, NotAllowed, NotFound, ReasonNeeded
from api.records.gateway.rating import Enterprise, find_enterprise
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from api.store import RecordReading

LONGEST = 500


class Reason(StrEnum):
    """Why a record is read."""

    CULTIVATION = "cultivation"
    REVIEW = "review"
    CERTIFICATION = "certification"
    QUESTION = "question"
    MONITORING = "monitoring"
    OTHER = "other"


REASON_NAMES = {
    Reason.CULTIVATION: "信用培育",
    Reason.REVIEW: "审核自我评估",
    Reason.CERTIFICATION: "认证或复核",
    Reason.QUESTION: "答复企业咨询",
    Reason.MONITORING: "信用监测",
    Reason.OTHER: "其他（请说明）",
}


def give_reason(work: Work, reader: Reader, scope: Scope, uscc: str, reason: str, note: str) -> None:
    """Store why a record in reach will be read, once per enterprise and session. Raises `NotFound`, `BadInput`."""
    enterprise_in_reach(reader, scope, work.who, uscc)
    note = note.strip()
    if reason not in set(Reason):
        raise BadInput("请选择理由。", "Choose a reason.")
    if len(note) > LONGEST or (reason == Reason.OTHER and not note):
        raise BadInput(f"请用{LONGEST}字以内说明理由。", f"Explain the reason in at most {LONGEST} characters.")
    given = work.session.scalars(_given(work.who, uscc)).first()
    if given is None:
        given = RecordReading(sign_in_id=work.who.sign_in_id, account_id=work.who.account_id, uscc=uscc)
        work.session.add(given)
    given.reason, given.note, given.given_at = reason, note, work.now
    work.note("reason_given", work.trail.enterprise(uscc), reason=reason, note_digest=work.trail.text_digest(note))


def enterprise_in_reach(reader: Reader, scope: Scope, who: Identity, uscc: str) -> Enterprise:
    """Return an enterprise that coordinator or officer may read. Raises `NotAllowed`, `NotFound`."""
    if not who.is_staff:
        raise NotAllowed
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        raise NotFound("没有这家企业的记录。", "There is no record of this enterprise.")
    return enterprise


def note_reading(services: Services, who: Identity, uscc: str, what: str) -> None:
    """Leave a trace that somebody is about to read ``what`` of an enterprise's record.

    For coordinators and officers a reason must have been given in this session. Raises `ReasonNeeded`.
    The trace is committed before anything is read; an enterprise reading its own record leaves none.
    """
    if not who.is_staff:
        return
    with services.database.writing() as session:
        given = session.scalars(_given(who, uscc)).first()
        if given is None:
            raise ReasonNeeded(uscc)
        subject = services.trail.enterprise(uscc)
        services.trail.append(session, who, "record_read", services.now(), subject, what=what, reason=given.reason)


def note_reading_within(work: Work, uscc: str, what: str) -> None:
    """Like `note_reading`, in a transaction that changes something and is committed with it. Raises `ReasonNeeded`."""
    if not work.who.is_staff:
        return
    given = work.session.scalars(_given(work.who, uscc)).first()
    if given is None:
        raise ReasonNeeded(uscc)
    work.note("record_read", work.trail.enterprise(uscc), what=what, reason=given.reason)


def _given(who: Identity, uscc: str) -> Select[RecordReading]:
    return select(RecordReading).where(RecordReading.sign_in_id == who.sign_in_id, RecordReading.uscc == uscc)
