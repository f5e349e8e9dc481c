"""Officers at the same moment, on both engines: one of them takes it, one of them decides, the others are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from api.auth.access import About
from api.auth.identity import Identity, Kind, scope_of
from api.auth.work import Work
from api.db import open_database
from api.errors import Conflict
from api.records.reader import Records
from api.records.sample.fiction import office_of
from api.services import Services
from api.store import Account, ReviewCase, ReviewDecision
from api.store.base import new_id
from api.store.schema import migrate
from api.usecases.review.deciding import decide
from api.usecases.review.desk import ReviewDesk
from api.usecases.review.turns import take
from api.usecases.review.words import Decision
from tests.access.assessments import things_of_assessment
from tests.people import DAY, A, uscc
from tests.services import Clock, make_services

OFFICERS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def services(request: pytest.FixtureRequest, tmp_path: Path, sample_records: Records) -> Iterator[Services]:
    """The shared parts on each engine."""
    url = f"sqlite:///{tmp_path / 'credit.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create_database(f"review_{new_id()}")
    database = open_database(url)
    migrate(database)
    yield make_services(tmp_path, Clock(), database=database, records=sample_records)
    database.close()


def officer(services: Services, name: str) -> Identity:
    """An officer of A's district."""
    customs = office_of(A).district
    with services.database.writing() as session:
        account = Account(
            kind=Kind.OFFICER, sign_in_name=name, display_name=name, customs=customs, created_at=services.now()
        )
        session.add(account)
        session.flush()
        id_ = account.id
    return Identity(Kind.OFFICER, id_, display_name=name, customs=customs, complete=True)


def tell(services: Services, who: Identity, action: Callable[[ReviewDesk], object]) -> str:
    """Do something at an officer's desk, in a transaction of its own; what was said to whom it was refused."""
    assert services.records
    with services.records.reader() as reader:
        try:
            with services.database.writing() as session:
                work = Work(session, who, services.now(), services.keys, services.trail, services.passwords)
                action(ReviewDesk(services, work, reader, scope_of(who, DAY), DAY))
        except Conflict as problem:
            return problem.zh
    return ""


def test_of_six_who_take_it_at_once_one_has_it_and_the_others_are_told_who(services: Services):
    officers = [officer(services, f"officer-{number}") for number in range(OFFICERS)]
    version = things_of_assessment(services, officers[0].account_id, uscc(A))[About.SUBMISSION]

    with ThreadPoolExecutor(OFFICERS) as pool:
        told = list(pool.map(lambda who: tell(services, who, lambda desk: take(desk, version, 0)), officers))

    with services.database.reading() as session:
        cases = session.scalars(select(ReviewCase)).all()
        holder = session.get_one(Account, cases[0].officer_id)
    assert (len(cases), told.count("")) == (1, 1)
    assert officers[told.index("")].account_id == holder.id
    assert {said for said in told if said} == {f"这份自评已由{holder.display_name}领取，您的操作没有保存。"}


def test_of_six_pages_that_decide_at_once_one_decision_is_kept(services: Services):
    who = officer(services, "zhou")
    version = things_of_assessment(services, who.account_id, uscc(A))[About.SUBMISSION]
    tell(services, who, lambda desk: take(desk, version, 0))

    def note(_: int) -> str:
        return tell(services, who, lambda desk: decide(desk, version, 1, Decision.NOTE, "电话核实过"))

    with ThreadPoolExecutor(OFFICERS) as pool:
        told = list(pool.map(note, range(OFFICERS)))

    with services.database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(ReviewDecision))
    assert (kept, told.count("")) == (1, 1)
    assert {said for said in told if said} == {"这份自评在另一个页面改过了，请刷新后再操作。"}
