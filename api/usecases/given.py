"""Keep an answer as it was given: for what people say of it, for the board, for saying it again, for counting."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.metadata import version

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.auth.identity import Identity
from api.services import Services
from api.store import GivenAnswer
from api.usecases.anonymous import anonymous_text
from api.usecases.board.grouping import Noted, note_question
from api.usecases.enterprise_names import enterprise_names
from api.usecases.latency import step_of
from api.usecases.model_counts import add_counts
from api.usecases.own_record.citing import RECORD
from api.usecases.own_record.topics import asks_own_record
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.models import Answer
from knowledge.text import clean, simplify

log = structlog.get_logger()
UNANSWERED = frozenset({"unknown", "out_of_scope"})
ROUTED = frozenset({"record", "assessment"})


@dataclass(frozen=True)
class Asked:
    """A question as it came in, through which door, from whom and on which day."""

    question: QuestionIn
    who: Identity
    channel: str
    today: date


def keep_answer(services: Services, assistant: Assistant, asked: Asked, answer: Answer) -> None:
    """Store an answer under its trace id. One that cannot be stored is logged: the person still gets the answer.

    Call it while no transaction is open: it writes in one of its own.
    """
    row = _row(services, assistant, asked, answer)
    noted = None
    if answer.kind in UNANSWERED and row.question:
        shown = row.understood if row.earlier else row.question
        noted = Noted(assistant.about(row.understood or row.question), shown, row.id, answer.kind, asked.today)
    counts = assistant.writer.counters.taken() if assistant.writer else {}
    try:
        with services.database.writing() as session:
            session.add(row)
            session.flush()
            add_counts(session, asked.today, counts)
            if noted is not None:
                note_question(session, assistant.nearby, noted, services.now())
    except SQLAlchemyError as error:
        if assistant.writer:
            assistant.writer.counters.give_back(counts)
        log.warning("answer_not_kept", trace_id=answer.trace_id, problem=type(error).__name__)


def is_of_own_record(asked: QuestionIn, answer: Answer) -> bool:
    """Whether question or answer is about somebody's own record: nothing of either is kept."""
    cites_record = any(citation.confidence == RECORD for citation in answer.citations)
    return answer.kind in ROUTED or cites_record or asks_own_record(asked.question, asked.earlier)


def _row(services: Services, assistant: Assistant, asked: Asked, answer: Answer) -> GivenAnswer:
    own = is_of_own_record(asked.question, answer)
    names = [] if own else list(enterprise_names(services.records, asked.who.usccs).values())

    def kept(text: str) -> str:
        return "" if own else anonymous_text(text, names)

    question = asked.question
    texts = [question.question, *question.earlier]
    origin = answer.origin
    return GivenAnswer(
        id=answer.trace_id,
        given_at=services.now(),
        given_on=asked.today,
        channel=asked.channel,
        kind=answer.kind,
        worded_by=origin.by,
        on_day=answer.on,
        chosen_day=question.on,
        language=answer.question_language,
        chosen_language=question.language or "",
        question=kept(question.question),
        earlier=[] if own else [kept(text) for text in question.earlier],
        understood=kept(answer.understood or simplify(clean(question.question))),
        readings=[kept(text) for text in answer.readings],
        is_masked=any(kept(text) != text for text in texts),
        text="" if own else answer.text,
        cited=[] if own else [citation.url for citation in answer.citations],
        retrieved=[asdict(sent) for sent in answer.retrieved],
        guide=answer.guide,
        versions={**assistant.versions, "software": _software(), "model": origin.model, "prompt": origin.prompt},
        latency_step=step_of(answer.latency_ms),
    )


@cache
def _software() -> str:
    return version("credit-assistant")
