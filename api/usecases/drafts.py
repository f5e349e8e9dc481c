"""Note how a drafted answer came about, and say it again from the note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.db import Database
from api.store import DraftedAnswer
from assistant.drafting import judge_reply
from assistant.model_proof import Judge
from assistant.models import Answer
from assistant.origin import digest_of
from knowledge.models import Provision
from knowledge.text import Language

log = structlog.get_logger()


@dataclass(frozen=True)
class Rebuilt:
    """The sentences of a noted answer as proof sees them now, and the provisions whose wording has changed since."""

    said: tuple[str, ...]
    changed: tuple[str, ...]


def note_draft(database: Database, answer: Answer, at: datetime, counts: Mapping[str, float]) -> None:
    """Store a drafted answer. One that cannot be stored is logged: the person still gets the answer."""
    origin = answer.origin
    log.info("model_answer", trace_id=answer.trace_id, model=origin.model, **counts)
    row = DraftedAnswer(
        trace_id=answer.trace_id,
        drafted_at=at,
        on_day=answer.on,
        language=answer.question_language,
        model=origin.model,
        prompt=origin.prompt,
        question=origin.question,
        passages=[asdict(sent) for sent in origin.passages],
        reply=origin.reply,
        fates=[{**asdict(fate), "marks": list(fate.marks)} for fate in origin.fates],
    )
    if _is_not_there(database):  # `ask` on the command line needs no database and makes none
        return
    try:
        with database.writing() as session:
            session.add(row)
    except SQLAlchemyError as error:
        log.warning("model_answer_not_noted", trace_id=answer.trace_id, problem=type(error).__name__)


def rebuild(noted: DraftedAnswer, judge: Judge, provisions: Mapping[str, Provision]) -> Rebuilt:
    """Judge a noted reply again against the passages it was given."""
    held = {int(sent["n"]): provisions[sent["provision"]] for sent in noted.passages if sent["provision"] in provisions}
    digests = {str(sent["provision"]): sent["digest"] for sent in noted.passages}
    changed = [
        name for name, digest in digests.items() if name not in provisions or digest_of(provisions[name]) != digest
    ]
    language: Language = "en" if noted.language == "en" else "zh-Hans"
    judged = judge_reply(judge, noted.reply, held, noted.on_day, language)
    return Rebuilt(tuple(s.drafted.text for s in judged if s.fault is None), tuple(changed))


def _is_not_there(database: Database) -> bool:
    url = database.engine.url
    return url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file())
