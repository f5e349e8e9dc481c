"""What nobody asked about: a channel that fell silent, a version handed in, a level, a review ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from api.records.gateway.assignments import list_enterprises
from api.records.gateway.rating import Rating, list_ratings
from api.records.reader import Reader
from api.records.sample.fiction import office_of
from api.records.scope import Scope
from api.store import Assessment, Submission
from api.usecases.channels.watch import _news, note_levels, note_silence, note_submissions
from tests.bridge.hall import Hall
from tests.people import DAY, A, uscc

TUESDAY = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 14:00 in China


def silence(hall: Hall, now: datetime) -> int:
    """Look for silent channels."""
    channels = replace(hall.bridge.talk._channels, with_callbacks=(("wechat_oa", "service"), ("wecom_app", "new")))  # type: ignore[attr-defined]
    with hall.world.services.database.writing() as session:
        return note_silence(channels, session, now)


def test_f21_a_channel_that_fell_silent_in_office_hours_is_noted_once_a_day(hall: Hall):
    administrator = hall.world.administrator()
    hall.world.clock.at = TUESDAY - timedelta(hours=4)
    hall.write("什么是AEO？")

    assert silence(hall, TUESDAY) == 1
    silence(hall, TUESDAY + timedelta(minutes=30))

    assert len(hall.notices(administrator)) == 1
    assert "wechat_oa/service" in hall.notices(administrator)[0]


@pytest.mark.parametrize("hours", [-48, 8, 18.5])  # the Sunday before, the evening, before the morning's third hour
def test_f21_silence_out_of_office_hours_is_nothing(hours: float, hall: Hall):
    hall.world.clock.at = TUESDAY - timedelta(days=7)
    hall.write("什么是AEO？")

    assert silence(hall, TUESDAY + timedelta(hours=hours)) == 0


def test_f21_the_last_callback_is_known(hall: Hall):
    hall.write("什么是AEO？")

    with hall.world.services.database.reading() as session:
        assert hall.bridge.inbox.last_received(session, "wechat_oa", "service") == hall.world.clock()
        assert hall.bridge.inbox.last_received(session, "wechat_oa", "other") is None


def rating(hall: Hall, **changes: object) -> Rating:
    """A's present rating, changed."""
    assert hall.world.services.records
    with hall.world.services.records.reader() as reader:
        return replace(list_ratings(reader, Scope.of_enterprises([uscc(A)]), uscc(A), DAY)[0], **changes)


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"effective_from": DAY, "next_review": None}, ["level"]),
        ({"effective_from": date(2026, 4, 1), "next_review": DAY + timedelta(days=29)}, ["deadline"]),
        ({"effective_from": date(2026, 4, 1), "next_review": DAY - timedelta(days=1)}, []),
        ({"effective_from": date(2026, 4, 1), "next_review": DAY + timedelta(days=200)}, []),
    ],
)
def test_a_new_level_and_a_review_ahead_are_news(changes: dict[str, object], kinds: list[str], hall: Hall):
    assert [kind for _, kind, _ in _news((rating(hall, effective_to=None, **changes),), DAY)] == kinds


def test_the_same_news_is_told_once(hall: Hall):
    person = hall.enterprise_user()
    channels = hall.bridge.talk._channels  # type: ignore[attr-defined]

    first = note_levels(channels, hall.world.clock())
    again = note_levels(channels, hall.world.clock())

    assert again == 0
    assert len(hall.notices(person)) == first


def test_coordinators_hear_of_new_levels_and_reviews_of_their_enterprises_only(hall: Hall):
    coordinator = hall.coordinator()
    channels = hall.bridge.talk._channels  # type: ignore[attr-defined]
    with hall.world.services.records.reader() as reader:  # type: ignore[union-attr]
        own = list_enterprises(reader, Scope.of_coordinator(f"coordinator-{office_of(A).district}", DAY), cap=500)
        review = min(r.next_review for one in own for r in ratings_of(reader, one.uscc) if r.next_review)
        name = next(one.name for one in own for r in ratings_of(reader, one.uscc) if r.next_review == review)
    later = replace(channels, today=lambda: review - timedelta(days=5))

    for _ in range(2):
        note_levels(later, hall.world.clock())

    told = hall.notices(coordinator)
    assert sum(text.startswith(f"{name}：离下次复核（{review:%Y-%m-%d}）") for text in told) == 1
    assert {text.split("：")[0] for text in told} <= {one.name for one in own}


def ratings_of(reader: Reader, uscc_: str) -> list[Rating]:
    """The ratings of an enterprise that hold today."""
    found = list_ratings(reader, Scope.of_enterprises([uscc_]), uscc_, DAY)
    return [one for one in found if one.effective_to is None or one.effective_to >= DAY]


def test_coordinators_hear_of_a_version_handed_in_once(hall: Hall):
    user, coordinator = hall.world.enterprise_user(), hall.coordinator()
    services = hall.world.services
    with services.database.writing() as session:
        session.execute(insert(Assessment).values(**assessment_row(user.account_id, services.now())))
        session.execute(insert(Submission).values(**submission_row(user.account_id, services.now())))
    channels = hall.bridge.talk._channels  # type: ignore[attr-defined]

    for _ in range(2):
        with services.database.writing() as session:
            note_submissions(channels, session, services.now())

    assert [text for text in hall.notices(coordinator) if "提交了自评" in text] == hall.notices(coordinator)
    assert len(hall.notices(coordinator)) == 1


def assessment_row(account_id: str, now: datetime) -> dict[str, object]:
    """An assessment."""
    told = {"id": "a" * 32, "uscc": uscc(A), "account_id": account_id, "standard": "advanced-2026", "day": DAY}
    return {**told, "profile": "{}", "started_at": now, "changed_at": now}


def submission_row(account_id: str, now: datetime) -> dict[str, object]:
    """A version handed in."""
    return {
        "id": "b" * 32, "assessment_id": "a" * 32, "uscc": uscc(A), "version": 1, "standard": "advanced-2026",
        "snapshot": "{}", "sha256": "0" * 64, "peers": "", "shares": "{}", "account_id": account_id,
        "submitted_at": now, "withdrawn_why": "",
    }  # fmt: skip
