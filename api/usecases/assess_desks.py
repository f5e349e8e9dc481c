"""Desks of one person, each a transaction of its own: for doors where most messages change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.auth.identity import Identity, Kind, scope_of
from api.auth.work import Work
from api.services import Services
from api.usecases.assess import Desk


@dataclass(frozen=True)
class Desks:
    """Opens desks for a person on a day."""

    services: Services
    who: Identity
    today: date

    @property
    def may_assess(self) -> bool:
        """Whether the person acts for an enterprise."""
        who = self.who
        return who.complete and who.kind is Kind.ENTERPRISE and bool(who.uscc) and who.uscc in who.usccs

    @contextmanager
    def to_read(self) -> Iterator[Desk]:
        """A desk that changes nothing."""
        with self.services.database.reading() as session:
            yield self._desk(session)

    @contextmanager
    def to_write(self) -> Iterator[Desk]:
        """A desk whose changes are committed at the end."""
        with self.services.database.writing() as session:
            yield self._desk(session)

    def _desk(self, session: Session) -> Desk:
        services = self.services
        work = Work(session, self.who, services.now(), services.keys, services.trail, services.passwords)
        return Desk(work, self.today, scope_of(self.who, self.today), services.records, services.files)
