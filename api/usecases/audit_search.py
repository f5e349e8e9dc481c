"""Find rows of the audit log, and say whether those shown still fit the chain. Whoever looks leaves a row too."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from api.auth.audit import FIRST, Trail, Verdict, plain, read_rows
from api.auth.identity import Identity
from api.auth.names import normal_name
from api.exports.cells import safe_cell
from api.services import Services
from api.store import Account, AuditEntry

CHINA = ZoneInfo("Asia/Shanghai")
PAGE = 50
BATCH = 500
COLUMNS = ("number", "at", "actor", "actor_kind", "action", "subject", "details", "digest")


@dataclass(frozen=True)
class Filter:
    """What to look for. Days are days in China; actor and subject are a sign-in name, an id or a credit code."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Found:
    """One row, the names behind its ids, and whether it still fits the row before it."""

    entry: AuditEntry
    actor_name: str
    subject_name: str
    fits: bool

    @property
    def details(self) -> list[tuple[str, str]]:
        """What else was noted, by name."""
        return [(name, str(value)) for name, value in json.loads(self.entry.details).items()]


@dataclass(frozen=True)
class Page:
    """Rows of the log, the newest first; ``before`` is where the next page begins, 0 where there is none."""

    rows: tuple[Found, ...]
    before: int


def search_audit(services: Services, who: Identity, wanted: Filter, before: int = 0) -> Page:
    """Return a page of the log. That it was read is noted first."""
    _note(services, who, "audit_read", wanted, before)
    with services.database.reading() as session:
        statement = _matching(session, services.trail, wanted).order_by(AuditEntry.number.desc())
        if before:
            statement = statement.where(AuditEntry.number < before)
        entries = list(session.scalars(statement.limit(PAGE + 1)))
        rows = _found(session, services.trail, entries[:PAGE])
        session.expunge_all()
    return Page(rows, entries[PAGE - 1].number if len(entries) > PAGE else 0)


def export_audit(services: Services, who: Identity, wanted: Filter) -> Iterator[str]:
    """Yield the matching rows as lines of a table, oldest first. That it was exported is noted first."""
    _note(services, who, "audit_exported", wanted, 0)
    return _exported(services, wanted)


def verify_chain(services: Services, who: Identity) -> Verdict:
    """Follow the whole chain and note what was found."""
    with services.database.reading() as session:
        verdict = services.trail.verify(read_rows(session))
    with services.database.writing() as session:
        broken = verdict.broken_at or 0
        services.trail.append(
            session, who, "audit_verified", services.now(), rows=verdict.rows, whole=int(verdict.whole), broken=broken
        )
    return verdict


def list_actions(services: Services) -> list[str]:
    """Return the acts that occur in the log."""
    with services.database.reading() as session:
        return sorted(session.scalars(select(AuditEntry.action).distinct()))


def _exported(services: Services, wanted: Filter) -> Iterator[str]:
    yield "\ufeff" + _line(COLUMNS)
    after = 0
    while True:
        with services.database.reading() as session:
            statement = _matching(session, services.trail, wanted).where(AuditEntry.number > after)
            batch = list(session.scalars(statement.order_by(AuditEntry.number).limit(BATCH)))
            for entry in batch:
                row = {**plain(entry), "digest": entry.digest}
                yield _line(safe_cell(str(row[column])) for column in COLUMNS)
        if len(batch) < BATCH:
            return
        after = batch[-1].number


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _matching(session: Session, trail: Trail, wanted: Filter) -> Select[AuditEntry]:
    statement = select(AuditEntry)
    if wanted.since:
        statement = statement.where(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until:
        statement = statement.where(AuditEntry.at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.actor:
        statement = statement.where(AuditEntry.actor.in_(_ids(session, wanted.actor)))
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.subject:
        pseudonym = trail.enterprise(wanted.subject.upper())
        statement = statement.where(AuditEntry.subject.in_([*_ids(session, wanted.subject), pseudonym]))
    return statement


def _ids(session: Session, written: str) -> list[str]:
    named = select(Account.id).where(Account.sign_in_name == normal_name(written))
    return [written, *session.scalars(named)]


def _found(session: Session, trail: Trail, entries: list[AuditEntry]) -> tuple[Found, ...]:
    numbers = {entry.number - 1 for entry in entries}
    statement = select(AuditEntry.number, AuditEntry.digest).where(AuditEntry.number.in_(numbers))
    before = {row.number: row.digest for row in session.execute(statement)} | {0: FIRST}
    ids = {text for entry in entries for text in (entry.actor, entry.subject)}
    names = {
        row.id: row.sign_in_name
        for row in session.execute(select(Account.id, Account.sign_in_name).where(Account.id.in_(ids)))
    }
    return tuple(
        Found(
            entry,
            names.get(entry.actor, entry.actor),
            names.get(entry.subject, entry.subject),
            entry.digest == trail.digest(plain(entry)) and entry.previous == before.get(entry.number - 1),
        )
        for entry in entries
    )


def _note(services: Services, who: Identity, action: str, wanted: Filter, before: int) -> None:
    """What was looked for is kept as a digest where it names somebody: the log holds no names."""
    trail = services.trail
    details = {"before": str(before)} if before else {}
    details |= {name: str(day) for name, day in (("since", wanted.since), ("until", wanted.until)) if day}
    details |= {"act": wanted.action} if wanted.action else {}
    for name, written in (("actor", wanted.actor), ("subject", wanted.subject)):
        if written:
            details[name] = trail.text_digest(written)[:16]
    with services.database.writing() as session:
        trail.append(session, who, action, services.now(), **details)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
