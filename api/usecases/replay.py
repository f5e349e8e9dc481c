"""Say a kept answer again, and show whether it is the same and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from functools import cache
from importlib.metadata import version

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.errors import NotFound
from api.store import DraftedAnswer, GivenAnswer, GuideEntry
from api.usecases.ask import ask
from api.usecases.board.shelf import guide_of
from api.usecases.question import QuestionIn
from assistant.answering import Assistant
from assistant.guides import Guide
from assistant.model_counters import ModelCounters
from assistant.models import Answer
from assistant.origin import digest_of
from assistant.prompt import Prompt
from assistant.writer import Heard, WriterAway, Written

PAGE = 50
_NAMED_LATER = ("model", "prompt")  # these are of one answer, not of the installation


@dataclass(frozen=True)
class Difference:
    """Something that was so then and is otherwise now."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Replayed:
    """A kept answer beside the one given now. ``again`` is None where there is nothing to ask."""

    kept: GivenAnswer
    again: Answer | None
    differences: tuple[Difference, ...]
    lines: tuple[str, ...]
    versions: tuple[Difference, ...]
    changed: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the same is said, with the same sources."""
        return self.again is not None and not self.differences


class RepeatingWriter:
    """Writes what a model wrote then: its readings of the question and its draft."""

    def __init__(self, name: str, reply: str, readings: tuple[str, ...]) -> None:
        self.name = name
        self.counters = ModelCounters()
        self.is_left_alone = False
        self.prompts: list[str] = []
        self._said = {"sentences": reply, "questions": "\n".join(readings)}

    def write(self, prompt: Prompt, heard: Heard | None = None) -> Written:
        """Return what was written then. Raises `WriterAway` where nothing was."""
        said = self._said[prompt.form]
        if not said:
            raise WriterAway("not_kept")
        if prompt.form == "sentences":
            self.prompts.append(prompt.digest)
        if heard:
            heard(said)
        return Written(said, self.name, prompt.digest)


def list_kept(session: Session, kind: str = "", on: date | None = None, after: int = 0) -> list[GivenAnswer]:
    """Return kept answers, newest first."""
    statement = select(GivenAnswer).order_by(GivenAnswer.given_at.desc(), GivenAnswer.id)
    if kind:
        statement = statement.where(GivenAnswer.kind == kind)
    if on:
        statement = statement.where(GivenAnswer.given_on == on)
    return list(session.scalars(statement.offset(after).limit(PAGE)))


def replay(session: Session, assistant: Assistant, answer_id: str) -> Replayed:
    """Ask a kept question again for its day, with what a model wrote then. Raises `NotFound`."""
    kept = session.get(GivenAnswer, answer_id)
    if kept is None:
        raise NotFound("没有留存这个回答。", "This answer was not kept.")
    noted = session.get(DraftedAnswer, answer_id)
    passages = [*kept.retrieved, *(noted.passages if noted else ())]
    wordings = {str(sent["provision"]): str(sent["digest"]) for sent in passages}
    changed = tuple(name for name, digest in wordings.items() if _now(assistant, name) != digest)
    current = {**assistant.versions, "software": _software()}
    versions = tuple(
        Difference(name, str(then), current.get(name, ""))
        for name, then in kept.versions.items()
        if name not in _NAMED_LATER and then != current.get(name, "")
    )
    again = _again(session, assistant, kept, noted) if kept.question else None
    return Replayed(kept, again, *_compared(kept, again), versions, changed)


def _again(session: Session, assistant: Assistant, kept: GivenAnswer, noted: DraftedAnswer | None) -> Answer | None:
    reply, readings = (noted.reply if noted else ""), tuple(kept.readings)
    writer = RepeatingWriter(kept.versions.get("model", ""), reply, readings) if reply or readings else None
    entry = session.get(GuideEntry, kept.guide) if kept.guide else None
    guides: tuple[Guide, ...] = (guide_of(entry),) if entry else ()
    try:
        asked = QuestionIn.model_validate(
            {
                "question": kept.question,
                "on": kept.chosen_day,
                "language": kept.chosen_language or None,
                "history": kept.earlier,
            }
        )
    except ValidationError:  # longer than a question may be, once names are taken out of it
        return None
    return ask(assistant.with_writer(writer), asked, kept.given_on, guides=guides)


def _compared(kept: GivenAnswer, again: Answer | None) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    if again is None:
        return (), ()
    said = {
        "kind": (kept.kind, again.kind),
        "on": (kept.on_day.isoformat(), again.on.isoformat()),
        "text": (kept.text, again.text),
        "sources": ("\n".join(kept.cited), "\n".join(c.url for c in again.citations)),
        "guide": (kept.guide, again.guide),
    }
    if kept.worded_by == "model":
        said["prompt"] = (kept.versions.get("prompt", ""), again.origin.prompt)
    differences = tuple(Difference(name, then, now) for name, (then, now) in said.items() if then != now)
    lines = unified_diff(kept.text.splitlines(), again.text.splitlines(), lineterm="", n=1)
    return differences, tuple(line for line in lines if not line.startswith(("---", "+++")))


def _now(assistant: Assistant, name: str) -> str:
    provisions: Mapping[str, object] = assistant.provisions
    return digest_of(assistant.provisions[name]) if name in provisions else ""


@cache
def _software() -> str:
    return version("credit-assistant")
