"""Enterprise A's secret word: in every private text of its record, and in what its people typed here."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import String, select

from api.auth.access import About
from api.auth.identity import Kind
from api.records.contract import CONTRACT
from api.store import Assessment, AssessmentTask, Booking, Evidence, SignIn, Submission
from tests.access.assessments import things_of_assessment
from tests.access.centre import make_booking
from tests.people import A, Person, World, uscc

RECORD_MARK = "secret-record-xqz"
ACCOUNT_MARK = "secret-account-wvk"
# What may be published is no secret: names, levels, licences, penalties, joint measures, directories.
PUBLISHED = {"credit_rating", "penalty", "licence", "joint_measure", "publication"}
PUBLIC_COLUMNS = {"name", "name_en", "customs_district_name", "customs_office_name"}
TABLES: dict[About, Any] = {
    About.ASSESSMENT: Assessment,
    About.ASSESSMENT_TASK: AssessmentTask,
    About.SUBMISSION: Submission,
    About.EVIDENCE: Evidence,
    About.CENTRE_BOOKING: Booking,
}
SHORTEST = 40  # shorter columns hold codes and keys


def marked_copy(sample: Path, target: Path) -> int:
    """Copy a sample and write the word into A's private texts; return into how many."""
    shutil.copy(sample, target)
    written = 0
    with sqlite3.connect(target) as connection:
        for table in CONTRACT.tables.values():
            if table.name in PUBLISHED or "uscc" not in table.c:
                continue
            for column in table.c:
                is_text = isinstance(column.type, String) and (column.type.length or 0) >= SHORTEST
                if is_text and column.name not in PUBLIC_COLUMNS | {"coordinator"}:
                    statement = f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE uscc = ?'  # noqa: S608 - the contract's own names
                    written += connection.execute(statement, (RECORD_MARK, uscc(A))).rowcount
    connection.close()
    return written


def marked_user(world: World) -> Person:
    """A's first user, whose every text here holds the word."""
    account = world.add(Kind.ENTERPRISE, ACCOUNT_MARK, A, first=True)
    person = world.signed_in(account)
    with world.services.database.writing() as session:
        stored = session.get_one(type(account), account.id)
        stored.display_name = ACCOUNT_MARK
        session.get_one(SignIn, person.sign_in_id).device = ACCOUNT_MARK
    things_of_assessment(world.services, account.id, uscc(A), ACCOUNT_MARK)
    make_booking(world.services, account.id, uscc(A), ACCOUNT_MARK)
    return person


def marked_thing(world: World, about: About | None) -> str:
    """The id of A's marked object of a kind, so that its doors are tried with what must not be told."""
    table = TABLES.get(about) if about else None
    if table is None:
        return uscc(A) if about is About.ENTERPRISE else ""
    with world.services.database.reading() as session:
        return str(session.scalars(select(table.id).where(table.uscc == uscc(A))).first() or "")
