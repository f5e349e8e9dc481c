"""The grades an item can be given, and which of two is the better one."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """The grade of one item. 达标, 部分（基本）达标, 不达标, 不适用, 未答."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"

    @property
    def answered(self) -> bool:
        """Whether somebody has said something about the item."""
        return self is not Grade.UNANSWERED
