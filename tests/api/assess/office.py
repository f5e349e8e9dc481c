"""People of two enterprises at their desks, without a web server: every desk is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from api.auth.identity import Identity, Kind, scope_of
from api.auth.work import Work
from api.records.reader import Records
from api.services import Services
from api.store import Account, Membership
from api.usecases.assess import Desk, Opened, open_assessment, start_assessment
from api.usecases.assess_answers import Given, save_answers
from api.usecases.recorded import Recorded
from selfassess.engine import Answer
from selfassess.grades import Grade
from tests.people import A, uscc
from tests.services import Clock

DAY = date(2026, 11, 22)
ADVANCED = "advanced-2026"


@dataclass
class Office:
    """The shared parts, and who works there."""

    services: Services
    clock: Clock
    records: Records | None
    read_before: dict[str, dict[date, Recorded | None]] = field(default_factory=dict)  # the records do not change here

    def person(self, name: str = "wang", place: int = A) -> Identity:
        """Somebody of the enterprise at a place of the sample."""
        with self.services.database.writing() as session:
            account = Account(
                kind=Kind.ENTERPRISE, sign_in_name=name, display_name=name, password_hash="", created_at=self.clock()
            )
            session.add(account)
            session.flush()
            session.add(Membership(account_id=account.id, uscc=uscc(place), is_first=True, joined_at=self.clock()))
            id_ = account.id
        code = uscc(place)
        return Identity(
            Kind.ENTERPRISE, id_, display_name=name, sign_in_name=name, usccs=(code,), uscc=code, complete=True
        )

    @contextmanager
    def desk(self, who: Identity, today: date = DAY) -> Iterator[Desk]:
        """A transaction of somebody; a moment later than the one before."""
        self.clock.pass_(seconds=1)
        services = self.services
        with services.database.writing() as session:
            work = Work(session, who, self.clock(), services.keys, services.trail, services.passwords)
            before = self.read_before.setdefault(who.uscc, {})
            yield Desk(work, today, scope_of(who, today), self.records, services.files, before)

    def started(self, who: Identity, standard: str = ADVANCED, day: date = DAY, **said: object) -> str:
        """An assessment somebody began."""
        with self.desk(who) as desk:
            return start_assessment(desk, standard, day, {"production": True, **said}).id

    def answered(self, who: Identity, id_: str, grade: Grade = Grade.MET, **others: Grade) -> None:
        """Answer every item, ``others`` (no_5=…) otherwise."""
        with self.desk(who) as desk:
            opened = open_assessment(desk, id_)
            save_answers(opened, everything(opened, grade, **others))


def everything(opened: Opened, grade: Grade = Grade.MET, **others: Grade) -> list[Given]:
    """An answer to every item of the standard."""
    grades = {no: others.get(f"no_{no}", grade) for no in opened.standard.items}
    return [Given(no, answer(given)) for no, given in grades.items()]


def answer(grade: Grade, note: str = "") -> Answer:
    """An answer with the reason it needs."""
    return Answer(grade, note or ("不涉及" if grade is Grade.NOT_APPLICABLE else ""))
