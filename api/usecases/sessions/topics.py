"""What kinds of sessions there are, and in which states a booking can be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from selfassess.text import Text, text


class Topic(StrEnum):
    """What a session is for."""

    INTRODUCTION = "introduction"
    STANDARDS_CLASS = "standards_class"
    MOCK_CERTIFICATION = "mock_certification"
    VISIT = "visit"


class State(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"


SEATED = (State.BOOKED, State.ATTENDED, State.ABSENT)
STANDING = (State.BOOKED, State.WAITING)
TOPICS: Mapping[Topic, Text] = {
    Topic.INTRODUCTION: text("制度介绍", "Introduction to the rules"),
    Topic.STANDARDS_CLASS: text("标准教学", "Standards class"),
    Topic.MOCK_CERTIFICATION: text("模拟认证", "Mock certification"),
    Topic.VISIT: text("观摩", "Visit"),
}
STATES: Mapping[State, Text] = {
    State.BOOKED: text("已预约", "Booked"),
    State.WAITING: text("候补中", "On the waiting list"),
    State.CANCELLED: text("已取消", "Cancelled"),
    State.ATTENDED: text("已参加", "Attended"),
    State.ABSENT: text("未到场", "Did not come"),
}
