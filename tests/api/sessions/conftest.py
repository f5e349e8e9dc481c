"""An experience centre on each engine: people who book, and one who holds the sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from api.auth.identity import Identity, Kind
from api.auth.work import Work
from api.db import Database, open_database
from api.services import Services
from api.store import Account, Booking, CentreSession, Notice
from api.store.schema import migrate
from api.usecases.sessions.booking import BookingIn, book
from api.usecases.sessions.manage import SessionIn, create_session
from tests.people import uscc
from tests.services import Clock, make_services

CUSTOMS = "Y1"


@dataclass
class Centre:
    """The centre's database and the people around it."""

    url: str
    services: Services
    clock: Clock

    @contextmanager
    def work(self, who: Identity, database: Database | None = None) -> Iterator[Work]:
        """One transaction of somebody."""
        services = self.services
        self.clock.pass_(seconds=1)
        with (database or services.database).writing() as session:
            yield Work(session, who, self.clock(), services.keys, services.trail, services.passwords)

    def person(self, place: int, kind: Kind = Kind.ENTERPRISE, customs: str = "") -> Identity:
        """Somebody of the enterprise at a place of the sample, or of Customs."""
        with self.services.database.writing() as session:
            account = Account(kind=kind, sign_in_name=f"{kind}-{place}", display_name="x", created_at=self.clock())
            session.add(account)
            session.flush()
        own = (uscc(place),) if kind is Kind.ENTERPRISE else ()
        return Identity(
            kind=kind, account_id=account.id, usccs=own, uscc=own[0] if own else "", customs=customs, complete=True
        )  # fmt: skip

    def hold(self, who: Identity, seats: int = 10, days: int = 3, title: str = "标准教学") -> CentreSession:
        """Set a session up."""
        with self.work(who) as work:
            return create_session(work, self.session_in(seats, days, title))

    def session_in(self, seats: int = 10, days: int = 3, title: str = "标准教学", place: str = "一号教室") -> SessionIn:
        """A session as typed in."""
        starts_at = self.clock() + timedelta(days=days)
        return SessionIn("standards_class", title, "", place, starts_at, starts_at + timedelta(hours=2), seats)

    def book(self, who: Identity, row: CentreSession, people: int = 1) -> Booking:
        """Book seats."""
        with self.work(who) as work:
            return book(work, row.id, BookingIn(people, "王芳 010-1234"))

    def states(self, row: CentreSession) -> list[str]:
        """The states of a session's bookings in their order."""
        with self.services.database.reading() as session:
            found = session.query(Booking).filter_by(session_id=row.id).order_by(Booking.turn).all()
            return [booking.state for booking in found]

    def told(self, who: Identity, ahead: bool = False) -> list[str]:
        """What somebody was told by now, or will be told later."""
        with self.services.database.reading() as session:
            rows = session.query(Notice).filter_by(account_id=who.account_id).order_by(Notice.created_at).all()
            return [row.text for row in rows if (row.created_at > self.clock()) == ahead]


@pytest.fixture(params=["sqlite", "postgresql"])
def centre(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[Centre]:
    """A centre on each engine."""
    yield from _centre(request.param, request.getfixturevalue, tmp_path)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Centre]:
    """A centre on SQLite, where the engine makes no difference."""
    yield from _centre("sqlite", lambda _: None, tmp_path)


def _centre(engine: str, fixture: Callable[[str], object], folder: Path) -> Iterator[Centre]:
    url = f"sqlite:///{folder / 'credit.db'}"
    if engine == "postgresql":
        server = fixture("server")
        url = server.create_database(f"centre_{folder.name[:40].replace('-', '_')}")  # type: ignore[attr-defined]
    database, clock = open_database(url), Clock()
    migrate(database)
    yield Centre(url, make_services(folder, clock, database=database), clock)
    database.close()


@pytest.fixture
def officer(request: pytest.FixtureRequest) -> Identity:
    """Who holds the sessions of the quick centre."""
    centre: Centre = request.getfixturevalue("quick")
    return centre.person(900, Kind.OFFICER, CUSTOMS)
