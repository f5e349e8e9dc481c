"""A whole self-assessment from plain values, as the JSON shape other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from selfassess.answers import read_answers
from selfassess.applicability import NotHeld
from selfassess.facts import RecordFacts
from selfassess.figures import FinanceFigures, read_figures
from selfassess.forecast import Forecast, forecast
from selfassess.gaps import find_gaps
from selfassess.loader import get_standard
from selfassess.profile import Profile, read_profile
from selfassess.rendering import (
    contradiction_json,
    forecast_json,
    gap_json,
    outcome_json,
    pass_rule_json,
    proposal_json,
)
from selfassess.situation import Assessed, Situation, assess
from selfassess.standard import Standard
from selfassess.text import Language, Text, text
from selfassess.whatif import smallest_fixes


def run(
    standard: Standard | str,
    on: date,
    answers: Mapping[str, Any],
    profile: Profile | Mapping[str, Any] | None = None,
    finance: FinanceFigures | Mapping[str, Any] | None = None,
    records: RecordFacts | None = None,
    window_end: date | None = None,
    language: Language = "zh",
) -> dict[str, Any]:
    """Assess and return the outcome as JSON-ready values.

    ``answers`` is ``{item no: grade | {"grade", "note", "held"}}``; finance figures may stand under "finance".
    ``window_end`` is the day look-back windows end on, by default ``on``. A standard that is not held for this
    kind of enterprise gives a refusal instead of a result.
    """
    held = get_standard(standard) if isinstance(standard, str) else standard
    given, inline = read_answers(answers)
    situation = Situation(
        standard=held,
        window_end=window_end or on,
        answers=given,
        profile=profile if isinstance(profile, Profile) else read_profile(profile or {}),
        facts=records,
        figures=_figures(finance if finance is not None else inline),
    )
    assessed = assess(situation)
    if isinstance(assessed, NotHeld):
        return _refusal(held, on, assessed, language)
    ahead = None if records is None else forecast(held, records, situation.profile, situation.window_end)
    return to_json(assessed, on, ahead, language)


def to_json(assessed: Assessed, on: date, ahead: Forecast | None = None, language: Language = "zh") -> dict[str, Any]:
    """An assessment as JSON-ready values."""
    outcome, standard = assessed.outcome, assessed.outcome.standard
    plan = smallest_fixes(outcome)
    return {
        "standard": standard.id,
        "on": on.isoformat(),
        "window_end": assessed.situation.window_end.isoformat(),
        "outcome": outcome_json(outcome, language),
        "pass_rule": pass_rule_json(standard, language),
        "items": [_item(assessed, no, language) for no in standard.items],
        "gaps": [gap_json(gap, language) for gap in find_gaps(assessed, ahead)],
        "fixes": {
            "reachable": plan.reachable,
            "size": plan.size if plan.reachable else None,
            "sets": plan.number_of_sets,
            "required": list(plan.required),
            "recommended": list(plan.recommended),
        },
        "caveats": [{"code": code, "text": wording.read(language)} for code, wording in _caveats(assessed, on)],
        **({} if ahead is None else {"forecast": forecast_json(ahead, language)}),
    }


def _item(assessed: Assessed, no: str, language: Language) -> dict[str, Any]:
    outcome = assessed.outcome
    entry: dict[str, Any] = {"no": no, "grade": outcome.grades[no].value, "source": assessed.sources.get(no)}
    if no in assessed.applicable.exempt:
        entry |= {"source": "profile", "note": assessed.applicable.exempt[no].read(language)}
    elif assessed.answers[no].note:
        entry["note"] = assessed.answers[no].note
    for contradiction in assessed.contradictions:
        if contradiction.no == no:
            entry["contradiction"] = contradiction_json(contradiction, language)
    if no in assessed.proposals:
        entry["proposal"] = proposal_json(assessed.proposals[no], language)
    return entry


def _caveats(assessed: Assessed, on: date) -> Iterator[tuple[str, Text]]:
    standard = assessed.outcome.standard
    if not standard.in_force(on):
        day = on.isoformat()
        yield (
            "old_law" if standard.effective_to and on > standard.effective_to else "not_in_force",
            text(
                f"{standard.number}的标准在{day}不适用，结果只作参考",
                f"the standard of {standard.number} does not apply on {day}; the result is for reference only",
            ),
        )
    if not standard.pass_rule.confirmed:
        yield "unconfirmed_rule", standard.pass_rule.note
    if not standard.window.confirmed:
        yield "unconfirmed_window", standard.window.note
    if standard.confidence != "H":
        yield "second_hand", standard.source
    if assessed.applicable.unclear:
        yield (
            "profile_unclear",
            text(
                "没有说明从事哪些业务，相应条目按适用处理",
                "the businesses done are not said; their items count as applicable",
            ),
        )
    if standard.kind == "single":
        yield (
            "part_of_two",
            text("单项标准和通用标准都要通过", "the single-business and the general standard must both be passed"),
        )


def _refusal(standard: Standard, on: date, refusal: NotHeld, language: Language) -> dict[str, Any]:
    return {
        "standard": standard.id,
        "on": on.isoformat(),
        "refused": {
            "code": refusal.code,
            "reason": refusal.reason.read(language),
            "known": [known.read(language) for known in refusal.known],
            "ask": refusal.ask.read(language),
        },
        "outcome": {
            "passed": None,
            "decided": False,
            "reasons": [refusal.reason.read(language)],
            "counts": {},
            "total": None,
        },
        "pass_rule": pass_rule_json(standard, language),
        "items": [],
        "gaps": [],
    }


def _figures(finance: FinanceFigures | Mapping[str, Any] | None) -> FinanceFigures | None:
    return finance if finance is None or isinstance(finance, FinanceFigures) else read_figures(finance)
