"""What a reader of a result has to know beside the verdict: unconfirmed rules, old law, what was assumed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from selfassess.situation import Assessed
from selfassess.text import Text, text

_ALSO_BROKER = text(
    "企业兼营报关：报关企业的通用标准没有收录，这里只按进出口货物收发货人的标准评定",
    "the enterprise also acts as a broker: the general standard for brokers is not held, only that for consignees and "
    "consignors was applied",
)
_TYPE_ASSUMED = text(
    "没有说明企业类型，按进出口货物收发货人处理",
    "the type of enterprise is not said; taken as a consignee or consignor",
)
_PART_OF_TWO = text("单项标准和通用标准都要通过", "the single-business and the general standard must both be passed")


def caveats_of(assessed: Assessed, on: date) -> Iterator[tuple[str, Text]]:
    """Each caveat with its code: what is unconfirmed, old, assumed or left out."""
    standard, profile = assessed.outcome.standard, assessed.situation.profile
    if not standard.in_force(on):
        yield _not_in_force(assessed, on)
    if not standard.pass_rule.confirmed:
        yield "unconfirmed_rule", standard.pass_rule.note
    if not standard.window.confirmed:
        yield "unconfirmed_window", standard.window.note
    if standard.confidence != "H":
        yield "second_hand", standard.source
    if not profile.type_known:
        yield "type_assumed", _TYPE_ASSUMED
    if assessed.applicable.unclear:
        yield "profile_unclear", _unclear(assessed)
    yield from _left_out(assessed)
    if standard.kind == "single":
        yield "part_of_two", _PART_OF_TWO
    elif profile.also_broker and standard.enterprise_types == ("trader",):
        yield "broker_part_not_held", _ALSO_BROKER


def _not_in_force(assessed: Assessed, on: date) -> tuple[str, Text]:
    standard, day = assessed.outcome.standard, on.isoformat()
    code = "old_law" if standard.effective_to and on > standard.effective_to else "not_in_force"
    said = text(
        f"{standard.number}的标准在{day}不适用，结果只作参考",
        f"the standard of {standard.number} does not apply on {day}; the result is for reference only",
    )
    return code, said


def _unclear(assessed: Assessed) -> Text:
    if assessed.situation.profile.businesses is None and assessed.outcome.standard.kind == "single":
        return text(
            "没有说明从事哪些业务，相应条目按适用处理",
            "the businesses done are not said; their items count as applicable",
        )
    return text(
        "没有说明企业类型，写给某一类企业的条目按适用处理",
        "the type of enterprise is not said; items addressed to one type count as applicable",
    )


def _left_out(assessed: Assessed) -> Iterator[tuple[str, Text]]:
    answered = [
        no
        for no, answer in assessed.situation.answers.items()
        if no in assessed.applicable.exempt and getattr(answer, "grade", answer) != "unanswered"
    ]
    if answered:
        listed = "、".join(answered)
        yield (
            "answer_not_counted",
            text(
                f"第{listed}项对这家企业不适用，所填的答案没有计入",
                f"items {', '.join(answered)} do not concern this enterprise; the answers given were not counted",
            ),
        )
