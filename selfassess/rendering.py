"""Results as JSON-ready values in one language."""

from __future__ import annotations

from datetime import date
from typing import Any

from selfassess.forecast import Forecast
from selfassess.gaps import EFFORTS, Gap
from selfassess.outcome import Outcome
from selfassess.proposal import Contradiction, Proposal
from selfassess.rules.reading import Source
from selfassess.standard import Standard
from selfassess.text import Language


def outcome_json(outcome: Outcome, language: Language = "zh") -> dict[str, Any]:
    """The verdict with its reasons and counts."""
    return {
        "passed": outcome.passed,
        "decided": outcome.decided,
        "complete": outcome.complete,
        "reasons": [reason.read(language) for reason in outcome.reasons],
        "counts": {grade.value: count for grade, count in outcome.counts.items()},
        "total": outcome.total,
        "bonus_points": outcome.bonus_points,
    }


def pass_rule_json(standard: Standard, language: Language = "zh") -> dict[str, Any]:
    """The rule the outcome was judged by; ``confirmed`` is False while the official text has not been read."""
    rule = standard.pass_rule
    return {
        "source": rule.source.read(language),
        "confirmed": rule.confirmed,
        "note": rule.note.read(language),
        "forbid": [grade.value for grade in rule.forbid],
        "max_partly_met": {limit.scope: limit.max for limit in rule.max_partly_met},
        "bonus_cap": rule.bonus_cap,
    }


def gap_json(gap: Gap, language: Language = "zh") -> dict[str, Any]:
    """One gap."""
    return {
        "no": gap.no,
        "title": gap.title.read(language),
        "clause": gap.clause.read(language),
        "grade": gap.grade.value,
        "blocks": gap.blocks,
        "reason": gap.reason.read(language),
        "next_step": gap.next_step.read(language),
        "effort": gap.effort,
        "effort_text": EFFORTS[gap.effort].read(language),
        "owners": [owner.read(language) for owner in gap.owners],
        "passes_on": _day(gap.passes_on),
        "sources": [_source(source) for source in gap.sources],
    }


def forecast_json(ahead: Forecast, language: Language = "zh") -> dict[str, Any]:
    """The forecast as a timeline."""
    return {
        "on": ahead.on.isoformat(),
        "assumption": ahead.assumption.read(language),
        "items": [
            {
                "no": entry.no,
                "passes_on": _day(entry.passes_on),
                "fails_again_on": _day(entry.fails_again_on),
                "reason": entry.reason.read(language),
            }
            for entry in ahead.items
        ],
        "timeline": [
            {"day": event.day.isoformat(), "no": event.no, "passes": event.passes} for event in ahead.timeline
        ],
        "all_pass_on": _day(ahead.all_pass_on),
    }


def proposal_json(proposal: Proposal, language: Language = "zh") -> dict[str, Any]:
    """What records or figures propose for one item."""
    return {
        "no": proposal.no,
        "origin": proposal.origin,
        "extent": proposal.extent,
        "grade": None if proposal.grade is None else proposal.grade.value,
        "suggests": None if proposal.suggests is None else proposal.suggests.value,
        "values": _values(proposal, language),
        "sources": [_source(source) for source in proposal.sources],
        "rule": proposal.rule.read(language),
        "clause": proposal.clause.read(language),
        "window": None
        if proposal.window is None
        else {"from": proposal.window.start.isoformat(), "to": proposal.window.end.isoformat()},
        "still_needed": None if proposal.still_needed is None else proposal.still_needed.read(language),
        "remarks": [remark.read(language) for remark in proposal.remarks],
        "unavailable": proposal.unavailable,
    }


def contradiction_json(found: Contradiction, language: Language = "zh") -> dict[str, Any]:
    """A self-answer and the record that differs from it."""
    return {
        "said": found.said.value,
        "record": found.record.value,
        "certain": found.certain,
        "values": [
            {"label": shown.label.read(language), "value": shown.read(language)} for shown in found.proposal.shown
        ],
        "sources": [_source(source) for source in found.proposal.sources],
    }


def _values(proposal: Proposal, language: Language) -> list[dict[str, str]]:
    return [{"label": shown.label.read(language), "value": shown.read(language)} for shown in proposal.shown]


def _source(source: Source) -> dict[str, Any]:
    return {"table": source.table, "as_of": source.as_of.isoformat(), "rows": list(source.rows)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
