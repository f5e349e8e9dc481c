"""The audit log: a chain in which every row seals the one before it.

A digest covers the row's number, time, content and the digest before, with the installation's key, so that
nobody without the key can mend the chain after a change. Rows taken off the end leave a chain that is
whole in itself: note the head that `verify-audit` prints, and give it back with `--head` next time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from api.auth.identity import CONSOLE, Identity
from api.auth.keys import Keys
from api.store import AuditEntry

FIRST = "0" * 64
LOCK = 7_306_002_822
BATCH = 1000
FIELDS = ("number", "at", "actor", "actor_kind", "action", "subject", "details", "previous")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found. ``broken_at`` is the number of the first row that does not fit."""

    rows: int
    head: str
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every row fits."""
        return self.broken_at is None


class Trail:
    """Writes and checks the log of one installation."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def append(
        self, session: Session, who: Identity, action: str, now: datetime, subject: str = "", **details: str | int
    ) -> None:
        """Add a row. Call it last: from here to the commit nobody else can add one."""
        _take_turns(session)
        last = session.execute(
            select(AuditEntry.number, AuditEntry.digest).order_by(AuditEntry.number.desc()).limit(1)
        ).first()
        number, previous = (last.number + 1, last.digest) if last else (1, FIRST)
        entry = AuditEntry(
            number=number,
            at=now,
            actor=who.account_id or ("console" if who == CONSOLE else "visitor"),
            actor_kind=str(who.kind or "visitor"),
            action=action,
            subject=subject,
            details=json.dumps(details, ensure_ascii=False, sort_keys=True),
            previous=previous,
        )
        entry.digest = self.digest(plain(entry))
        session.add(entry)
        session.flush()

    def enterprise(self, uscc: str) -> str:
        """Return the pseudonym of an enterprise."""
        return self._keys.pseudonym(uscc)

    def text_digest(self, note: str) -> str:
        """Return a digest of a note that is kept elsewhere."""
        return self._keys.digest("audit-note", note)

    def digest(self, row: Mapping[str, object]) -> str:
        """Return the digest that a row must carry."""
        content = json.dumps([row[field] for field in FIELDS], ensure_ascii=False, separators=(",", ":"))
        return self._keys.digest("audit", content)

    def verify(self, rows: Iterable[Mapping[str, object]], head: str = "") -> Verdict:
        """Follow the chain; ``head`` (number:digest) was noted earlier and must still be in it."""
        previous, count = FIRST, 0
        noted_number, _, noted_digest = head.partition(":")
        for row in rows:
            fits = row["number"] == count + 1 and row["previous"] == previous and row["digest"] == self.digest(row)
            if not fits or (str(row["number"]) == noted_number and row["digest"] != noted_digest):
                return Verdict(count, f"{count}:{previous}", broken_at=count + 1)
            count, previous = count + 1, str(row["digest"])
        missing = noted_number.isdigit() and int(noted_number) > count
        return Verdict(count, f"{count}:{previous}", broken_at=count + 1 if missing else None)


def read_rows(session: Session) -> Iterator[dict[str, object]]:
    """Yield the whole log in order, in the form in which it is sealed and exported."""
    after = 0
    while True:
        statement = select(AuditEntry).where(AuditEntry.number > after).order_by(AuditEntry.number).limit(BATCH)
        batch = session.scalars(statement).all()
        for entry in batch:
            yield {**plain(entry), "digest": entry.digest}
        if len(batch) < BATCH:
            return
        after = batch[-1].number
        session.expunge_all()


def plain(entry: AuditEntry) -> dict[str, object]:
    """Return a row as plain values; the time in UTC with microseconds."""
    values = {field: getattr(entry, field) for field in FIELDS}
    return {**values, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}


def _take_turns(session: Session) -> None:
    """On SQLite a writing transaction is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
