"""One self-assessment of the person's enterprise: begun, found again, and put together from what is stored.

Everything a result depends on comes together in `Opened`; the verdict itself is `selfassess`'.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from api.auth.work import Work
from api.errors import BadInput, NotAllowed, NotFound
from api.records.errors import RecordsUnavailable
from api.records.reader import Records
from api.records.scope import Scope
from api.store import Assessment
from api.usecases.assess_stored import (
    AnswersHeld,
    FiguresHeld,
    read_answers_held,
    read_answers_of,
    read_figures_held,
    read_figures_of,
)
from api.usecases.recorded import Recorded, read_recorded
from selfassess.applicability import NotHeld, applicable_items
from selfassess.errors import AssessmentError, WrongStandard
from selfassess.figures import read_figures
from selfassess.forecast import Forecast, forecast
from selfassess.loader import get_standard, require_in_force
from selfassess.profile import Profile
from selfassess.profile_file import read_profile
from selfassess.proposal import Proposal
from selfassess.situation import Assessed, Situation, assess_for, propose
from selfassess.standard import Standard
from selfassess.text import Text

CHINA = ZoneInfo("Asia/Shanghai")
MOST_KEPT = 200
NO_ASSESSMENT = ("没有这份自评。", "There is no such self-assessment.")
Asked = tuple[str, date, Profile, str]
"""What proposals depend on beside the records: standard, day, profile, finance figures as written."""


@dataclass(frozen=True)
class Desk:
    """What self-assessment works with: the transaction, the day, and the shared records where there are any."""

    work: Work
    today: date
    scope: Scope
    records: Records | None
    files: Path
    _recorded: dict[date, Recorded | None] = field(default_factory=dict, compare=False)
    _proposed: dict[Asked, tuple[Proposal, ...]] = field(default_factory=dict, compare=False)

    @property
    def uscc(self) -> str:
        """The enterprise the person acts for. Raises `NotAllowed`."""
        who = self.work.who
        if not who.uscc or who.uscc not in who.usccs:
            raise NotAllowed("请先绑定企业，再做自评。", "Bind an enterprise first, then assess it.")
        return who.uscc

    def recorded(self, day: date) -> Recorded | None:
        """What is recorded of the enterprise by a day; None where the records are away or do not know it."""
        if day not in self._recorded:
            self._recorded[day] = self._read(day)
        return self._recorded[day]

    def proposed(self, opened: Opened) -> tuple[Proposal, ...]:
        """What records and figures propose; asked once for assessments that differ in nothing but their answers."""
        situation, figures = opened.situation, json.dumps(opened.figures.content, sort_keys=True)
        asked = (situation.standard.id, situation.window_end, situation.profile, figures)
        if asked not in self._proposed:
            self._proposed[asked] = propose(situation)
        return self._proposed[asked]

    def _read(self, day: date) -> Recorded | None:
        if self.records is None:
            return None
        read_at = self.work.now.astimezone(CHINA).replace(tzinfo=None)
        try:
            with self.records.reader() as reader:
                return read_recorded(reader, self.scope, self.uscc, day, read_at)
        except RecordsUnavailable:
            return None


@dataclass(frozen=True)
class Opened:
    """An assessment with everything its result depends on."""

    desk: Desk
    row: Assessment
    answers: AnswersHeld
    figures: FiguresHeld

    @property
    def recorded(self) -> Recorded | None:
        """What the records say by the day, read when first asked for; saving an answer does without."""
        return self.desk.recorded(self.row.day)

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.row.id

    @cached_property
    def standard(self) -> Standard:
        """The standard it is held against."""
        return get_standard(self.row.standard)

    @cached_property
    def said(self) -> dict[str, Any]:
        """What the enterprise said about itself."""
        content: dict[str, Any] = json.loads(self.row.profile)
        return content

    @cached_property
    def profile(self) -> Profile:
        """The enterprise's profile: recorded, and what was said in place of it."""
        return _profile(self.recorded, self.said)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The items that concern the enterprise, in the order of the standard."""
        exempt = self.assessed.applicable.exempt
        return tuple(no for no in self.standard.items if no not in exempt)

    @property
    def left(self) -> int:
        """How many items that concern the enterprise have no answer that counts."""
        settled = self.answers.settled
        return sum(no not in settled for no in self.numbers)

    @cached_property
    def situation(self) -> Situation:
        """The enterprise before the standard on the day."""
        content = self.figures.content
        return Situation(
            standard=self.standard,
            window_end=self.row.day,
            answers=self.answers.settled,
            profile=self.profile,
            facts=None if self.recorded is None else self.recorded.facts,
            figures=read_figures(content) if content else None,
            recorded=None if self.recorded is None else self.recorded.figures,
        )

    @cached_property
    def assessed(self) -> Assessed:
        """The verdict: own answers first, then what records or figures settle.

        Raises `BadInput` where the records say by now that the standard is for others.
        """
        with plainly():
            return assess_for(self.situation, self.desk.proposed(self))

    @cached_property
    def ahead(self) -> Forecast | None:
        """What time alone will change; None without records."""
        facts = self.situation.facts
        return None if facts is None else forecast(self.standard, facts, self.profile, self.row.day)

    def again(self) -> Opened:
        """The assessment as it is stored by now; records that were read are not read anew."""
        session = self.desk.work.session
        answers, figures = read_answers_held(session, self.id), read_figures_held(session, self.id)
        return Opened(self.desk, self.row, answers, figures)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the engine refuses into what a person is told."""
    try:
        yield
    except AssessmentError as error:
        raise told(error.said) from error


def told(said: Text) -> BadInput:
    """A sentence of the engine as an error to show."""
    return BadInput(said.zh.rstrip("。") + "。", said.en[:1].upper() + said.en[1:].rstrip(".") + ".")


def list_assessments(desk: Desk) -> Sequence[Assessment]:
    """Return the enterprise's assessments, the one changed last first; those put away are left out."""
    statement = (
        select(Assessment)
        .where(Assessment.uscc == desk.uscc, Assessment.put_away_at.is_(None))
        .order_by(Assessment.changed_at.desc(), Assessment.id)
        .limit(MOST_KEPT)
    )
    return desk.work.session.scalars(statement).all()


def is_listed(desk: Desk, assessment_id: str) -> bool:
    """Whether an assessment is the enterprise's and not put away."""
    statement = select(Assessment.id).where(
        Assessment.id == assessment_id, Assessment.uscc == desk.uscc, Assessment.put_away_at.is_(None)
    )
    return desk.work.session.scalars(statement).first() is not None


def open_assessment(desk: Desk, assessment_id: str, *, to_write: bool = False) -> Opened:
    """Return an assessment of the person's enterprise. Raises `NotFound` for any other.

    ``to_write`` makes others who want to write wait, so that numbers are given once.
    """
    if not desk.work.who.uscc:
        raise NotFound(*NO_ASSESSMENT)
    statement = select(Assessment).where(Assessment.id == assessment_id, Assessment.uscc == desk.uscc)
    row = desk.work.session.scalars(statement.with_for_update() if to_write else statement).first()
    if row is None:
        raise NotFound(*NO_ASSESSMENT)
    session = desk.work.session
    return Opened(desk, row, read_answers_held(session, row.id), read_figures_held(session, row.id))


def open_listed(desk: Desk, rows: Sequence[Assessment]) -> list[Opened]:
    """Return assessments of `list_assessments` with what is stored of them, read for all of them at once."""
    session, ids = desk.work.session, [row.id for row in rows]
    answers, figures = read_answers_of(session, ids), read_figures_of(session, ids)
    return [Opened(desk, row, answers[row.id], figures[row.id]) for row in rows]


def start_assessment(desk: Desk, standard_id: str, day: date, said: Mapping[str, Any]) -> Opened:
    """Begin an assessment. Raises `BadInput` where the standard is not for this enterprise or this day."""
    uscc, session, now = desk.uscc, desk.work.session, desk.work.now
    _require_day(desk, day)
    with plainly():
        standard = get_standard(standard_id)
        require_in_force(standard, day)
        profile = _profile(desk.recorded(day), said)
        _require_for(standard, profile, day)
    if len(list_assessments(desk)) >= MOST_KEPT:
        raise BadInput(f"最多保留{MOST_KEPT}份自评。", f"At most {MOST_KEPT} assessments are kept.")
    row = Assessment(
        uscc=uscc,
        standard=standard.id,
        day=day,
        profile=json.dumps(dict(said), ensure_ascii=False, sort_keys=True),
        account_id=desk.work.who.account_id,
        started_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    desk.work.note("assessment_started", desk.work.trail.enterprise(uscc), assessment=row.id, standard=standard.id)
    return open_assessment(desk, row.id)


def change_profile(opened: Opened, said: Mapping[str, Any]) -> Opened:
    """Say something about the enterprise that decides which items and limits count. Raises `BadInput`."""
    merged = {**opened.said, **said}
    with plainly():
        _require_for(opened.standard, _profile(opened.recorded, merged), opened.row.day)
    opened.row.profile = json.dumps(merged, ensure_ascii=False, sort_keys=True)
    return touched(opened)


def change_day(opened: Opened, day: date) -> Opened:
    """Assess for another day, up to today; the records are read as of that day. Raises `BadInput`."""
    _require_day(opened.desk, day)
    with plainly():
        require_in_force(opened.standard, day)
    opened.row.day = day
    touched(opened)
    return open_assessment(opened.desk, opened.id)


def put_away(opened: Opened) -> None:
    """Take an assessment off the list; nothing of it is deleted."""
    opened.row.put_away_at = opened.desk.work.now
    opened.desk.work.note(
        "assessment_put_away", opened.desk.work.trail.enterprise(opened.row.uscc), assessment=opened.id
    )


def touched(opened: Opened) -> Opened:
    """Note that something changed, and return the assessment as it is stored by now."""
    opened.row.changed_at = opened.desk.work.now
    opened.desk.work.session.flush()
    return opened.again()


def _require_day(desk: Desk, day: date) -> None:
    if day > desk.today:
        raise BadInput("评估日不能晚于今天。", "The day of the assessment cannot be after today.")


def _profile(recorded: Recorded | None, said: Mapping[str, Any]) -> Profile:
    return read_profile(said) if recorded is None else recorded.profile_with(said)


def _require_for(standard: Standard, profile: Profile, day: date) -> None:
    applicable = applicable_items(standard, profile, day)
    if isinstance(applicable, NotHeld):
        raise WrongStandard(
            f"{applicable.reason.zh}。{applicable.ask.zh}", f"{applicable.reason.en}; {applicable.ask.en}"
        )
