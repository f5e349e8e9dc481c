"""What states, decisions and reasons of a review are called."""

from __future__ import annotations

from enum import StrEnum

from selfassess.text import Text, text


class State(StrEnum):
    """Where the review of a version stands."""

    FREE = "free"
    TAKEN = "taken"
    ESCALATED = "escalated"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def is_open(self) -> bool:
        """Whether an officer still has to decide."""
        return self in OPEN


OPEN = frozenset({State.FREE, State.TAKEN, State.ESCALATED})


class Decision(StrEnum):
    """What an officer can decide. A note leaves the review open."""

    RETURN = "return"
    ACCEPT = "accept"
    NOTE = "note"
    ESCALATE = "escalate"


class Why(StrEnum):
    """Why an officer grades an item as it is graded."""

    AGREED = "agreed"
    MISSING = "missing"
    WEAK = "weak"
    OUTSIDE = "outside"
    RECORD = "record"
    MISREAD = "misread"
    CONCERNS = "concerns"
    VISIT = "visit"
    OTHER = "other"


STATE_NAMES = {
    State.FREE: text("待领取", "free"),
    State.TAKEN: text("审核中", "under review"),
    State.ESCALATED: text("已上报", "escalated"),
    State.RETURNED: text("已退回补正", "returned for rectification"),
    State.ACCEPTED: text("已接受", "accepted"),
}
DECISION_NAMES = {
    Decision.RETURN: text("退回补正", "return for rectification"),
    Decision.ACCEPT: text("接受", "accept"),
    Decision.NOTE: text("备注", "note"),
    Decision.ESCALATE: text("上报", "escalate"),
}
WHY_NAMES: dict[Why, Text] = {
    Why.AGREED: text("同意企业自评", "agrees with the enterprise"),
    Why.MISSING: text("缺少佐证材料", "evidence is missing"),
    Why.WEAK: text("材料不足以证明", "the evidence does not prove it"),
    Why.OUTSIDE: text("材料不在要求的期间", "the evidence is of another period"),
    Why.RECORD: text("与海关记录不符", "differs from the record"),
    Why.MISREAD: text("对要求理解有误", "the requirement was misread"),
    Why.CONCERNS: text("不适用的理由不成立", "the item does concern the enterprise"),
    Why.VISIT: text("要到现场核实", "has to be seen on site"),
    Why.OTHER: text("其他（请说明）", "other (explain)"),
}
