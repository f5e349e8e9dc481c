"""A guide's way: written from the board, reviewed by a second person, live, and back when a provision changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.identity import CONSOLE
from api.auth.work import Work
from api.errors import BadInput, Conflict, NotAllowed, NotFound
from api.services import Services
from api.store import BoardCase, BoardQuestion, GuideEntry
from api.usecases.board.grouping import as_bytes, take_turns
from api.usecases.board.guide_text import check_text, named_provisions
from api.usecases.board.shelf import guide_of, last_change
from assistant.answering import Assistant
from assistant.origin import Sent
from knowledge.alike import AskedAbout
from knowledge.text import Language

MOST_ASKS = 12
LONGEST_NOTE = 500
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "en")


@dataclass(frozen=True)
class GuideIn:
    """What somebody wrote: the texts, the provisions ticked, and those typed by their ids."""

    zh: str
    en: str = ""
    chosen: Sequence[str] = ()
    typed: str = ""


def write_guide(work: Work, assistant: Assistant, question_id: str, written: GuideIn, today: date) -> GuideEntry:
    """Hand a guide in for review; one that waits or came back is replaced. Raises `NotFound`, `BadInput`."""
    question = work.session.get(BoardQuestion, question_id)
    if question is None:
        raise NotFound("没有这个问题。", "There is no such question.")
    behind = named_provisions(assistant, written.chosen, written.typed, today)
    zh, en = written.zh.strip(), written.en.strip()
    check_text(assistant, zh, behind, today, "zh-Hans")
    if en:
        check_text(assistant, en, behind, today, "en")
    asks = _asks(work.session, assistant, question)
    entry = _waiting(work.session, question_id) or GuideEntry(question_id=question_id)
    entry.question, entry.subject = question.question, question.subject
    entry.zh, entry.en, entry.provisions = zh, en, [asdict(sent) for sent in behind]
    entry.asks, entry.vectors = [ask.text for ask in asks], as_bytes(np.stack([ask.vector for ask in asks]))
    entry.written_by, entry.written_at = work.who.account_id, work.now
    _move(work.session, entry, "review")
    work.note("guide_written", entry.id, question=question_id)
    return entry


def approve_guide(work: Work, assistant: Assistant, guide_id: str, today: date) -> None:
    """Make a guide live, after the same checks on the day. Raises `NotFound`, `NotAllowed`, `Conflict`, `BadInput`."""
    entry = _to_review(work, guide_id)
    if assistant.guides.ended(guide_of(entry), today):
        raise Conflict("依据已经变化，请重新撰写。", "A provision behind it has changed: it has to be written anew.")
    behind = [Sent(**sent) for sent in entry.provisions]
    check_text(assistant, entry.zh, behind, today, "zh-Hans")
    if entry.en:
        check_text(assistant, entry.en, behind, today, "en")
    for former in list_guides(work.session, entry.question_id, "live"):
        _move(work.session, former, "ended", "replaced")
    entry.reviewed_by, entry.reviewed_at, entry.reviewed_on = work.who.account_id, work.now, today
    _move(work.session, entry, "live")
    _question_of(work.session, entry, "answered", "")
    work.session.flush()
    work.note("guide_approved", entry.id)


def return_guide(work: Work, guide_id: str, note: str) -> None:
    """Give a guide back to who wrote it. Raises `NotFound`, `NotAllowed`, `Conflict`, `BadInput`."""
    entry = _to_review(work, guide_id)
    if not note.strip():
        raise BadInput("请写明要改什么。", "Please say what has to be changed.")
    entry.reviewed_by, entry.reviewed_at = work.who.account_id, work.now
    _move(work.session, entry, "returned", note.strip()[:LONGEST_NOTE])
    work.session.flush()
    work.note("guide_returned", entry.id)


def withdraw_guide(work: Work, guide_id: str) -> None:
    """Take a live guide back; its question is on the board again. Raises `NotFound`, `Conflict`."""
    entry = get_entry(work.session, guide_id)
    if entry.state != "live":
        raise Conflict("这条指引没有上线。", "This guide is not live.")
    _end(work.session, entry, "withdrawn")
    work.note("guide_withdrawn", entry.id)


def settle_guides(services: Services, assistant: Assistant, today: date) -> int:
    """End the live guides of which a provision has changed or is not in force today; return how many.

    The assistant does not tell such a guide from the first moment; this brings its question back to the board.
    """
    guides = services.shelf.live(services.database)
    ended = {guide.id: why for guide in guides if (why := assistant.guides.ended(guide, today))}
    if not ended:
        return 0
    now = services.now()
    with services.database.writing() as session:
        for guide_id, why in ended.items():
            entry = session.get(GuideEntry, guide_id)
            if entry is not None and entry.state == "live":
                _end(session, entry, why)
                services.trail.append(session, CONSOLE, "guide_ended", now, guide_id, why=why)
    return len(ended)


def get_entry(session: Session, guide_id: str) -> GuideEntry:
    """Return an entry. Raises `NotFound`."""
    entry = session.get(GuideEntry, guide_id)
    if entry is None:
        raise NotFound("没有这条指引。", "There is no such guide.")
    return entry


def list_guides(session: Session, question_id: str | None, *states: str) -> list[GuideEntry]:
    """Return the entries of a question, newest first; of all states unless some are named."""
    statement = select(GuideEntry).where(GuideEntry.question_id == question_id)
    if states:
        statement = statement.where(GuideEntry.state.in_(states))
    return list(session.scalars(statement.order_by(GuideEntry.written_at.desc(), GuideEntry.id)))


def _to_review(work: Work, guide_id: str) -> GuideEntry:
    entry = get_entry(work.session, guide_id)
    if entry.state != "review":
        raise Conflict("这条指引不在等待复核。", "This guide does not wait for review.")
    if entry.written_by == work.who.account_id:
        raise NotAllowed("撰写人不能复核自己的指引。", "Whoever wrote a guide cannot review it.")
    return entry


def _waiting(session: Session, question_id: str) -> GuideEntry | None:
    return next(iter(list_guides(session, question_id, "review", "returned")), None)


def _asks(session: Session, assistant: Assistant, question: BoardQuestion) -> list[AskedAbout]:
    """The questions by which the guide is found: the first of the group and others that name the same things."""
    statement = select(BoardCase.question).where(BoardCase.question_id == question.id)
    texts = dict.fromkeys([question.question, *session.scalars(statement.order_by(BoardCase.asked_on, BoardCase.id))])
    first, *others = (assistant.about(text) for text in list(texts)[:MOST_ASKS])
    return [first, *(about for about in others if about.subject == question.subject)]


def _end(session: Session, entry: GuideEntry, why: str) -> None:
    _move(session, entry, "ended", why)
    _question_of(session, entry, "open", why)
    session.flush()


def _question_of(session: Session, entry: GuideEntry, state: str, why: str) -> None:
    question = session.get(BoardQuestion, entry.question_id) if entry.question_id else None
    if question is not None:
        question.state, question.why = state, why


def _move(session: Session, entry: GuideEntry, state: str, note: str = "") -> None:
    """Change the state under the next number, which tells every worker to read anew."""
    take_turns(session)
    entry.change = last_change(session) + 1
    entry.state, entry.note = state, note
    session.add(entry)
    session.flush()
