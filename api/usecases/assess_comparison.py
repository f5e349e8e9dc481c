"""How an assessment compares: with the enterprise's earlier ones, and with the average of others of its type.

An average is of submissions in force, one per enterprise, without the own one. Fewer than five others give none,
and shares are rounded to 5 %, so that one more submission shows little of what it says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, func, select

from api.store import Submission
from api.usecases.assess import Opened, list_assessments, open_listed
from selfassess.grades import Grade

FEWEST = 5
ROUND_TO = 5  # per cent
MOST_SHOWN = 8
COUNTED = (Grade.MET, Grade.PARTLY_MET, Grade.NOT_MET, Grade.UNANSWERED)

Shares = Mapping[str, tuple[int, int]]
"""Per section: how many items are met, of how many that concern the enterprise."""


@dataclass(frozen=True, slots=True)
class PeerAverage:
    """The mean share met per section, in per cent, over ``number`` others."""

    number: int
    percent: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """One of the enterprise's assessments against the same standard, as it stands."""

    assessment_id: str
    day: date
    percent: int
    passed: bool | None


def shares_of(opened: Opened) -> dict[str, tuple[int, int]]:
    """Return per section how many items are met, of how many; without bonus items and sections of no concern."""
    grades, shares = opened.assessed.outcome.grades, {}
    for section in opened.standard.sections:
        counted = [grades[item.no] for item in section.items if grades[item.no] in COUNTED]
        if counted and not section.bonus:
            shares[section.id] = (counted.count(Grade.MET), len(counted))
    return shares


def percent_of(shares: Shares) -> int:
    """Return the share of all items that is met, in per cent."""
    met, all_items = sum(met for met, _ in shares.values()), sum(number for _, number in shares.values())
    return 0 if not all_items else round(Fraction(100 * met, all_items))


def peers_of(opened: Opened) -> str:
    """Return the group an enterprise is compared within: standard, type, production."""
    profile = opened.profile
    production = {True: "production", False: "trade", None: "unknown"}[profile.production]
    return f"{opened.row.standard}/{profile.enterprise_type}/{production}"


def peer_average(opened: Opened) -> PeerAverage | None:
    """Return the average of others of the same type, or None where they are too few."""
    latest = (
        select(Submission.uscc, func.max(Submission.submitted_at).label("at"))
        .where(
            Submission.peers == peers_of(opened),
            Submission.withdrawn_at.is_(None),
            Submission.uscc != opened.row.uscc,
        )
        .group_by(Submission.uscc)
        .subquery()
    )
    statement = select(Submission.uscc, Submission.shares).join(
        latest, and_(latest.c.uscc == Submission.uscc, latest.c.at == Submission.submitted_at)
    )
    by_enterprise = {row.uscc: json.loads(row.shares) for row in opened.desk.work.session.execute(statement)}
    if len(by_enterprise) < FEWEST:
        return None
    percent = {
        section.id: _average([shares[section.id] for shares in by_enterprise.values() if section.id in shares])
        for section in opened.standard.sections
        if not section.bonus
    }
    return PeerAverage(len(by_enterprise), percent)


def progress(opened: Opened) -> list[Progress]:
    """Return the enterprise's assessments against the same standard, oldest first, this one among them."""
    rows = [row for row in list_assessments(opened.desk) if row.standard == opened.row.standard]
    shown = sorted(rows, key=lambda row: (row.day, row.started_at))[-MOST_SHOWN:]
    others = open_listed(opened.desk, [row for row in shown if row.id != opened.id])
    by_id = {one.id: one for one in (*others, opened)}
    return [_standing(by_id[row.id]) for row in shown]


def _standing(opened: Opened) -> Progress:
    return Progress(opened.id, opened.row.day, percent_of(shares_of(opened)), opened.assessed.outcome.passed)


def _average(shares: list[tuple[int, int]]) -> int:
    counted = [Fraction(100 * met, number) for met, number in shares if number]
    if not counted:
        return 0
    return ROUND_TO * round(sum(counted, Fraction(0)) / len(counted) / ROUND_TO)
