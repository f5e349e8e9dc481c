"""What a self-assessment looks like when it leaves as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.store import Assessment, AssessmentTask, Submission
from api.usecases.assess import Opened
from api.usecases.assess_answers import Saved, State
from api.usecases.assess_carryover import rechecks
from api.usecases.assess_comparison import PeerAverage, Progress, percent_of, shares_of
from api.usecases.assess_plan import remind_on
from api.usecases.assess_step import ChatReply
from api.usecases.assess_stored import Entry
from selfassess.grades import Grade
from selfassess.text import Language


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True, frozen=True)


class BriefOut(_Out):
    """An assessment of the list."""

    id: str
    standard: str
    day: date
    started_at: datetime
    changed_at: datetime


class EntryOut(_Out):
    """An answer as it is kept."""

    number: int
    grade: Grade
    note: str
    held: list[str]
    source: str = Field(description="self, record or calculated")
    by: str
    at: datetime


class AnswersOut(_Out):
    """The answers to one item: one, or several that differ until one is chosen."""

    seen: str = Field(description="send it back with a change")
    differs: bool
    entries: list[EntryOut]


class FiguresOut(_Out):
    """The finance figures that count."""

    number: int
    figures: dict[str, Any]
    origin: str
    by: str


class DifferenceOut(_Out):
    """What changed in a requirement."""

    what: str
    before: str
    after: str


class AssessmentOut(BriefOut):
    """An assessment with everything that was said."""

    profile: dict[str, Any] = Field(description="what the enterprise said of itself")
    answers: dict[str, AnswersOut]
    figures: FiguresOut
    items: int = Field(description="how many items concern the enterprise")
    left: int = Field(description="how many of them have no answer, or two that differ")
    records_read: bool
    recheck: dict[str, list[DifferenceOut]] = Field(description="items to answer anew because the requirement changed")


class SavedOut(_Out):
    """What became of an answer."""

    state: State
    seen: str
    problem: str | None = None
    others: list[EntryOut] = Field(default_factory=list, description="what a colleague answered meanwhile")


class AnswersSavedOut(_Out):
    """What became of each answer."""

    saved: dict[str, SavedOut]


class TaskOut(_Out):
    """A task of the plan."""

    id: str
    item: str
    what: str
    owner: str
    due: date | None
    remind_on: date | None
    done_at: datetime | None


class ProgressOut(_Out):
    """One of the enterprise's assessments against the standard."""

    assessment_id: str
    day: date
    percent: int
    passed: bool | None


class PeersOut(_Out):
    """The mean share met per section over other enterprises of the type, in per cent."""

    number: int
    percent: dict[str, int]


class ComparisonOut(_Out):
    """The share of items met, over the years and beside others."""

    percent: int
    sections: dict[str, tuple[int, int]] = Field(description="items met, of how many")
    progress: list[ProgressOut]
    peers: PeersOut | None = Field(description="null where fewer than five others handed one in")


class RevisionOut(_Out):
    """One uploaded file of a document."""

    number: int
    file_name: str
    kind: str
    size: int
    sha256: str
    period_from: date | None
    period_to: date | None
    unread: str = Field(description="why there is no text to search, or not all: picture, no_text, cut")
    by: str
    at: str


class DocumentOut(_Out):
    """A document and the items it proves."""

    id: str
    title: str
    items: list[str]
    revisions: list[RevisionOut]


class FoundOut(_Out):
    """A document in which words were found."""

    document: DocumentOut
    piece: str


class SubmissionOut(_Out):
    """A version as handed in."""

    id: str
    version: int
    sha256: str
    submitted_at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str


class SubmissionsOut(_Out):
    """Every version, the latest first, and what stands in the way of the next."""

    submissions: list[SubmissionOut]
    missing: list[str]


class ReplyOut(_Out):
    """What is said to a message: the assistant's answer if it was a question, and the step."""

    answer: Any = Field(description="an answer as POST /api/v1/ask gives it, or null")
    assessment: str
    item: str | None
    text: str = Field(description="what was done and the step to answer, as one message")
    choices: list[str]
    steering: list[str]
    step: str = Field(description="send it back with the next message")


def brief(row: Assessment) -> BriefOut:
    """Return an assessment of the list."""
    return BriefOut.model_validate(row)


def assessment_out(opened: Opened, language: Language) -> AssessmentOut:
    """Return an assessment with everything that was said."""
    row, answers, figures = opened.row, opened.answers, opened.figures
    return AssessmentOut(
        id=row.id,
        standard=row.standard,
        day=row.day,
        started_at=row.started_at,
        changed_at=row.changed_at,
        profile=opened.said,
        answers={
            no: AnswersOut(seen=answers.seen(no), differs=len(heads) > 1, entries=[entry_out(one) for one in heads])
            for no, heads in answers.heads.items()
        },
        figures=FiguresOut(
            number=figures.number, figures=dict(figures.content), origin=figures.origin, by=figures.name
        ),
        items=len(opened.numbers),
        left=opened.left,
        records_read=opened.recorded is not None,
        recheck={
            no: [
                DifferenceOut(
                    what=one.what.read(language), before=one.before.read(language), after=one.after.read(language)
                )
                for one in carried.differences
            ]
            for no, carried in rechecks(opened).items()
        },
    )


def entry_out(entry: Entry) -> EntryOut:
    """Return an answer as it is kept."""
    answer = entry.answer
    return EntryOut(
        number=entry.number,
        grade=answer.grade,
        note=answer.note,
        held=sorted(answer.held),
        source=entry.source,
        by=entry.name,
        at=entry.at,
    )


def saved_out(saved: list[Saved], language: Language) -> AnswersSavedOut:
    """Return what became of answers."""
    return AnswersSavedOut(
        saved={
            one.no: SavedOut(
                state=one.state,
                seen=one.seen,
                problem=None if one.problem is None else one.problem.read(language),
                others=[entry_out(entry) for entry in one.others],
            )
            for one in saved
        }
    )


def task_out(task: AssessmentTask) -> TaskOut:
    """Return a task of the plan."""
    return TaskOut(
        id=task.id,
        item=task.item,
        what=task.what,
        owner=task.owner,
        due=task.due,
        remind_on=None if task.due is None else remind_on(task),
        done_at=task.done_at,
    )


def comparison_out(opened: Opened, progress: list[Progress], peers: PeerAverage | None) -> ComparisonOut:
    """Return how an assessment compares."""
    shares = shares_of(opened)
    return ComparisonOut(
        percent=percent_of(shares),
        sections=shares,
        progress=[ProgressOut.model_validate(one) for one in progress],
        peers=None if peers is None else PeersOut(number=peers.number, percent=dict(peers.percent)),
    )


def submission_out(submission: Submission) -> SubmissionOut:
    """Return a version as handed in."""
    return SubmissionOut.model_validate(submission)


def reply_out(reply: ChatReply, answer: Any, language: Language) -> ReplyOut:
    """Return what is said to a message."""
    return ReplyOut(
        answer=answer,
        assessment=reply.assessment_id,
        item=None if reply.prompt is None else reply.prompt.no,
        text=reply.read(language),
        choices=[choice.read(language) for choice in reply.buttons],
        steering=[choice.read(language) for choice in reply.steering],
        step="" if reply.shown is None else reply.shown.written(),
    )
