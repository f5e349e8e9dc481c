"""Delete everything this software holds for an enterprise; the shared records are not ours to delete.

What belongs to an enterprise is found from the tables themselves: every table with a column ``uscc``, and
every table that names one of its people. A new table is covered without being named here. The audit log
stays: it knows persons and enterprises by pseudonym only.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from api.auth.identity import Kind
from api.auth.work import Work
from api.services import Services
from api.store import Account, AuditEntry, Base, Membership

OWNER = "uscc"
PERSON = "account_id"
KEPT = frozenset({AuditEntry.__tablename__})
Forget = Callable[[str], None]


def erase_enterprise(work: Work, services: Services, uscc: str, also: Sequence[Forget] = ()) -> int:
    """Delete an enterprise's rows, its people who act for nobody else, its files, and what ``also`` forgets.

    Returns how many people were deleted. ``also`` are the stores outside the database: vectors, caches. They
    go before the commit: after a failure in between, erasing once more finishes the work.
    """
    people = _people_only_of(work.session, uscc)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT:
            _delete_rows(work.session, table, uscc, people)
    work.session.execute(delete(Account).where(Account.id.in_(people)))
    for forget in also:
        forget(uscc)
    _delete_files(services.files, uscc)
    work.note("enterprise_erased", work.trail.enterprise(uscc), people=len(people))
    return len(people)


def files_of(folder: Path, uscc: str) -> Path:
    """Return where files of an enterprise lie: whatever is stored for it goes there."""
    return folder / uscc


def _people_only_of(session: Session, uscc: str) -> list[str]:
    theirs = select(Membership.account_id).where(Membership.uscc == uscc)
    elsewhere = select(Membership.account_id).where(Membership.uscc != uscc)
    statement = select(Account.id).where(
        Account.kind == Kind.ENTERPRISE, Account.id.in_(theirs), Account.id.not_in(elsewhere)
    )
    return list(session.scalars(statement))


def _delete_rows(session: Session, table: Table, uscc: str, people: list[str]) -> None:
    if OWNER in table.c:
        session.execute(delete(table).where(table.c[OWNER] == uscc))
    if PERSON in table.c and people:
        session.execute(delete(table).where(table.c[PERSON].in_(people)))


def _delete_files(folder: Path, uscc: str) -> None:
    theirs = files_of(folder, uscc)
    if theirs.is_dir():
        shutil.rmtree(theirs)
