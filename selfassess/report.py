"""A whole self-assessment from plain values, as the JSON shape other programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from selfassess.answers import read_answers
from selfassess.applicability import NotHeld
from selfassess.caveats import caveats_of
from selfassess.facts import RecordedFigures, RecordFacts
from selfassess.figures import FinanceFigures, read_figures
from selfassess.forecast import Forecast, forecast
from selfassess.gaps import find_gaps
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.profile_file import read_profile
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
from selfassess.supposition_report import what_if
from selfassess.text import Language
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
    recorded: RecordedFigures | None = None,
    suppositions: Sequence[str] = (),
) -> dict[str, Any]:
    """Assess and return the outcome as JSON-ready values.

    ``answers`` is ``{item no: grade | {"grade", "note", "held"}}``; finance figures may stand under "finance".
    ``window_end`` is the day look-back windows end on, by default ``on``. ``recorded`` are the figures of the audit
    report on file; ``suppositions`` are sentences answered under "what_if". A standard that is not held for this
    kind of enterprise gives a refusal instead of a result.
    """
    held = get_standard(standard) if isinstance(standard, str) else standard
    given, inline = read_answers(answers, held)
    situation = Situation(
        standard=held,
        window_end=window_end or on,
        answers=given,
        profile=profile if isinstance(profile, Profile) else read_profile(profile or {}),
        facts=records,
        figures=_figures(finance if finance is not None else inline),
        recorded=recorded,
    )
    assessed = assess(situation)
    if isinstance(assessed, NotHeld):
        return _refusal(held, on, assessed, language)
    ahead = None if records is None else forecast(held, records, situation.profile, situation.window_end)
    result = to_json(assessed, on, ahead, language)
    if suppositions:
        result["what_if"] = [what_if(situation, sentence, language) for sentence in suppositions]
    return result


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
            "choices": [
                [{"pick": choice.pick, "among": list(choice.among)} for choice in way] for way in plan.options if way
            ],
        },
        "caveats": [{"code": code, "text": wording.read(language)} for code, wording in caveats_of(assessed, on)],
        **({} if ahead is None else {"forecast": forecast_json(ahead, language)}),
    }


def _item(assessed: Assessed, no: str, language: Language) -> dict[str, Any]:
    """One item: ``source`` is self (answered, or still to be answered), record or calculated."""
    outcome = assessed.outcome
    entry: dict[str, Any] = {"no": no, "grade": outcome.grades[no].value, "source": assessed.sources.get(no, "self")}
    if no in assessed.applicable.exempt:
        entry |= {"source": "calculated", "exempt": True, "note": assessed.applicable.exempt[no].read(language)}
    elif assessed.answers[no].note:
        entry["note"] = assessed.answers[no].note
    found = [contradiction for contradiction in assessed.contradictions if contradiction.no == no]
    if found:
        # Where typed figures and the answer both differ from the record, the certain one speaks.
        first = max(found, key=lambda contradiction: contradiction.certain)
        entry["contradiction"] = contradiction_json(first, language)
    if no in assessed.proposals:
        entry["proposal"] = proposal_json(assessed.proposals[no], language)
    return entry


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
            "counts": {grade.value: 0 for grade in Grade},
            "total": None,
        },
        "pass_rule": pass_rule_json(standard, language),
        "items": [],
        "gaps": [],
    }


def _figures(finance: FinanceFigures | Mapping[str, Any] | None) -> FinanceFigures | None:
    return finance if finance is None or isinstance(finance, FinanceFigures) else read_figures(finance)
