"""The home of an enterprise's people: where it stands, what comes next, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from api.store import Assessment, AssessmentAnswer, AssessmentTask
from api.usecases.assess import Desk, list_assessments
from api.usecases.calendar.agenda import read_agenda
from api.usecases.calendar.entries import Agenda, Entry
from api.usecases.channels.notices import count_unread
from api.usecases.enterprise_standing import Standing, read_standing
from api.usecases.learning.progress import list_progress
from api.usecases.sessions.offer import list_offered
from selfassess.loader import get_standard
from selfassess.standard import Standard

NEAREST = 4


@dataclass(frozen=True, slots=True)
class Begun:
    """The self-assessment worked on last: how many items have an answer, of how many the standard has."""

    id: str
    standard: Standard
    answered: int

    @property
    def items(self) -> int:
        """How many items the standard has, bonus items not counted."""
        return sum(not item.bonus for item in self.standard.items.values())

    @property
    def is_answered(self) -> bool:
        """Whether no item waits for an answer."""
        return self.answered >= self.items


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """The tasks of the cultivation plan of one assessment."""

    assessment_id: str
    done: int
    tasks: int

    @property
    def percent(self) -> int:
        """The share that is done."""
        return self.done * 100 // self.tasks


@dataclass(frozen=True, slots=True)
class Home:
    """What the page shows; ``sessions`` is how many can still be booked."""

    standing: Standing
    agenda: Agenda
    begun: Begun | None
    plan: PlanProgress | None
    unread: int
    sessions: int
    lessons_done: int
    lessons: int

    @property
    def next(self) -> Entry | None:
        """The nearest day on which something has to be done."""
        return self.agenda.next_deadline()

    @property
    def days_left(self) -> int:
        """Days until then."""
        return (self.next.day - self.agenda.day).days if self.next else 0

    @property
    def nearest(self) -> tuple[Entry, ...]:
        """The next few entries of the calendar."""
        return self.agenda.ahead[:NEAREST]

    @property
    def is_new(self) -> bool:
        """Whether nothing was begun here yet."""
        return self.begun is None


def read_home(desk: Desk) -> Home:
    """Return the home of the person's enterprise. Raises `NotAllowed` for a person without one."""
    standing = read_standing(desk.records, desk.scope, desk.uscc, desk.today)
    begun, lessons = _begun(desk), list_progress(desk.work)
    return Home(
        standing=standing,
        agenda=read_agenda(desk, standing),
        begun=begun,
        plan=_plan(desk),
        unread=count_unread(desk.work.session, desk.work.who.account_id, desk.work.now),
        sessions=sum(one.own_standing is None for one in list_offered(desk.work)),
        lessons_done=sum(one.is_done for one in lessons),
        lessons=len(lessons),
    )


def _begun(desk: Desk) -> Begun | None:
    latest = next(iter(list_assessments(desk)), None)
    if latest is None:
        return None
    items = select(func.count(AssessmentAnswer.item.distinct())).where(AssessmentAnswer.assessment_id == latest.id)
    standard = get_standard(latest.standard)
    answered = items.where(AssessmentAnswer.item.in_([no for no, item in standard.items.items() if not item.bonus]))
    return Begun(latest.id, standard, desk.work.session.scalars(answered).one())


def _plan(desk: Desk) -> PlanProgress | None:
    """The plan that was worked on last."""
    statement = (
        select(AssessmentTask.assessment_id, func.count(AssessmentTask.done_at), func.count())
        .join(Assessment, Assessment.id == AssessmentTask.assessment_id)
        .where(AssessmentTask.uscc == desk.uscc, Assessment.put_away_at.is_(None))
        .group_by(AssessmentTask.assessment_id)
        .order_by(func.max(AssessmentTask.changed_at).desc(), AssessmentTask.assessment_id)
        .limit(1)
    )
    found = desk.work.session.execute(statement).first()
    return PlanProgress(*found) if found else None
