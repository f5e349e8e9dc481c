"""A picture or file from a channel becomes evidence: of the item the self-assessment stands at, or of one named.

Fetching and looking into it happen outside of any transaction; it is kept in the one in which the answer is stored,
so that it is there once, however often the message is tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind, scope_of
from api.auth.throttle import Rate, TooOften
from api.bridge.computing import NotYet
from api.bridge.media import FetchedMedia, MediaOutcome
from api.bridge.model import Inbound, MessageKind, Outbound
from api.errors import AppError
from api.evidence.errors import EvidenceRefused
from api.evidence.upload import Checked, check_upload
from api.store import Evidence
from api.usecases.assess import Desk, Opened, open_assessment
from api.usecases.assess_chat import look
from api.usecases.assess_documents import Document
from api.usecases.assess_evidence import add_evidence, documents_by_item, evidence_of, link_evidence
from api.usecases.assess_walk import current_assessment, moved_on, standing
from api.usecases.channels.ground import CHINA, Channels
from api.usecases.channels.step_text import joined, step_message
from api.usecases.channels.words import (
    FILE_GONE,
    FILE_NOT_HERE,
    FILE_NOT_STARTED,
    FILE_TOO_LARGE,
    FILE_WHICH,
    FILES_OF_ENTERPRISES,
    TOO_OFTEN,
)
from selfassess.grades import Grade

KINDS = frozenset({MessageKind.IMAGE, MessageKind.FILE})
SOONEST, LATEST = timedelta(seconds=5), timedelta(minutes=30)  # between two attempts to fetch
JUST_SENT = timedelta(hours=24)  # so long after a file its item can be named
MOST_OFFERED = 6
LONGEST_TITLE = 60
_NAMED = {MessageKind.IMAGE: "图片", MessageKind.FILE: "文件"}


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """A file that somebody who acts for an enterprise sent."""

    who: Identity
    inbound: Inbound


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that may be kept, or why not."""

    checked: Checked | None
    why: str = ""


def refusal(who: Identity, inbound: Inbound) -> str:
    """Return why nothing is taken from this person here; empty where a file is."""
    return "" if who.kind is Kind.ENTERPRISE and who.uscc and not inbound.chat else FILES_OF_ENTERPRISES


def read_file(channels: Channels, asked: FileQuestion) -> FileRead:
    """Fetch a file and look into it. Raises `NotYet` while the platform cannot give it now and still will."""
    fetched = channels.fetch(asked.inbound)
    if fetched.outcome is MediaOutcome.LATER:
        raise NotYet(_again_at(asked.inbound.occurred_at, channels.services.now()))
    if fetched.outcome is not MediaOutcome.FETCHED:
        return FileRead(None, _WHY[fetched.outcome])
    try:
        channels.services.throttle.count(Rate.UPLOAD, asked.who.account_id)
    except TooOften:
        return FileRead(None, TOO_OFTEN)
    try:
        return FileRead(check_upload(fetched.content, _name(asked.inbound, fetched)))
    except EvidenceRefused as refused:
        return FileRead(None, refused.zh)


def keep_file(channels: Channels, session: Session, who: Identity, inbound: Inbound, read: FileRead) -> Outbound:
    """Keep a file as evidence and say of which item; ask for the item where none is open."""
    if read.checked is None:
        return Outbound(read.why)
    desk = desk_of(channels, session, who)
    current = current_assessment(desk)
    if current is None:
        return Outbound(FILE_NOT_STARTED)
    opened = open_assessment(desk, current, to_write=True)
    stands = moved_on(opened, standing(opened))
    at = None if stands.walk.stopped else stands.walk.at
    try:
        with session.begin_nested():
            document = add_evidence(opened, read.checked, [at] if at else [], _title(inbound, read, desk))
    except AppError as error:
        return Outbound(error.zh)
    if at is None:
        return Outbound(FILE_WHICH.format(title=document.title), _offered(opened))
    said = Outbound(f"{_kept(document, opened, at)}要换一项，请回复“材料 项号”。")
    return joined(said, step_message(look(desk), "zh-Hans", channels.services.public_url))


def name_item(channels: Channels, session: Session, who: Identity, no: str, now: datetime) -> Outbound:
    """Let the file sent last prove this item instead. Raises `AppError`."""
    desk = desk_of(channels, session, who)
    current = current_assessment(desk)
    statement = (
        select(Evidence)
        .where(Evidence.uscc == desk.uscc, Evidence.account_id == who.account_id, Evidence.created_at > now - JUST_SENT)
        .order_by(Evidence.created_at.desc(), Evidence.id)
        .limit(1)
    )
    sent = session.scalars(statement).first()
    if current is None or sent is None:
        return Outbound("请先发来图片或者文件，再说明它证明哪一项。")
    opened = open_assessment(desk, current, to_write=True)
    link_evidence(opened, sent.id, [no])
    desk.work.note("evidence_linked", desk.work.trail.enterprise(desk.uscc), evidence=sent.id, item=no)
    return Outbound(f"好的，《{sent.title}》作为第{no}项“{opened.standard.items[no].title.zh}”的佐证材料。")


def desk_of(channels: Channels, session: Session, who: Identity) -> Desk:
    """Return the desk of a person, within the transaction under way."""
    services, today = channels.services, channels.today()
    return Desk(channels.work(session, who), today, scope_of(who, today), services.records, services.files)


def _again_at(since: datetime, now: datetime) -> datetime:
    """The next attempt: the longer it lasts the rarer, until the platform itself has nothing left to give."""
    return now + min(LATEST, max(SOONEST, now - since))


def _name(inbound: Inbound, fetched: FetchedMedia) -> str:
    return fetched.name or (inbound.media.name if inbound.media else "")


def _title(inbound: Inbound, read: FileRead, desk: Desk) -> str:
    """What was written with it, or a file's own name; a picture has none that says anything."""
    if inbound.text:
        return inbound.text.splitlines()[0][:LONGEST_TITLE]
    if inbound.kind is MessageKind.FILE and read.checked is not None:
        return read.checked.name.rsplit(".", 1)[0]
    sent: date = inbound.occurred_at.astimezone(CHINA).date()
    return f"{_NAMED[inbound.kind]} {sent:%Y-%m-%d} {desk.work.now.astimezone(CHINA):%H:%M}"


def _kept(document: Document, opened: Opened, no: str) -> str:
    size = max(1, round(document.latest.size / 1000))
    title = opened.standard.items[no].title.zh
    return f"已收到《{document.title}》（{size}KB），作为第{no}项“{title}”的佐证材料。"


def _offered(opened: Opened) -> tuple[str, ...]:
    """The first items that are said to be met and that no document shows."""
    proved = documents_by_item(evidence_of(opened))
    claimed = [no for no, answer in opened.answers.settled.items() if answer.grade in _CLAIMS and no not in proved]
    return tuple(f"材料 {no}" for no in opened.numbers if no in claimed)[:MOST_OFFERED]


_CLAIMS = (Grade.MET, Grade.PARTLY_MET)
_WHY = {
    MediaOutcome.GONE: FILE_GONE,
    MediaOutcome.TOO_LARGE: FILE_TOO_LARGE,
    MediaOutcome.NOT_HERE: FILE_NOT_HERE,
}
