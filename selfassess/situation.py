"""One enterprise before one standard on one day, and what follows from it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from selfassess.applicability import Applicable, NotHeld, applicable_items
from selfassess.engine import Answer, Answers, evaluate, normalise
from selfassess.errors import WrongStandard
from selfassess.facts import RecordedFigures, RecordFacts
from selfassess.figures import FinanceFigures
from selfassess.outcome import Outcome
from selfassess.prefill import contradictions, prefill
from selfassess.profile import Profile
from selfassess.proposal import Contradiction, Proposal
from selfassess.standard import Standard


@dataclass(frozen=True)
class Situation:
    """Everything an assessment depends on. ``window_end`` is the day look-back windows end on.

    ``figures`` are finance figures typed in or uploaded; ``recorded`` those of the audit report on file.
    """

    standard: Standard
    window_end: date
    answers: Answers = field(default_factory=dict)
    profile: Profile = Profile()
    facts: RecordFacts | None = None
    figures: FinanceFigures | None = None
    previous_year: int | None = None
    recorded: RecordedFigures | None = None


@dataclass(frozen=True)
class Assessed:
    """The outcome, what the records proposed, where they contradict, and the source of each grade."""

    situation: Situation
    applicable: Applicable
    outcome: Outcome
    proposals: Mapping[str, Proposal]
    contradictions: tuple[Contradiction, ...]
    sources: Mapping[str, str]
    answers: Mapping[str, Answer]


def assess(situation: Situation, proposed: Iterable[Proposal] | None = None) -> Assessed | NotHeld:
    """Grade the situation: own answers first, then what records or figures settle; or why it cannot be graded.

    ``proposed`` is what `propose` gave for it, where that was asked before. A record never replaces an answer: where
    they differ the answer stands and the contradiction is reported.
    """
    applicable = applicable_items(situation.standard, situation.profile, situation.window_end)
    if isinstance(applicable, NotHeld):
        return applicable
    standard, found = situation.standard, propose(situation) if proposed is None else proposed
    proposals = {proposal.no: proposal for proposal in found if proposal.no not in applicable.exempt}
    answers = normalise(standard, situation.answers)
    sources = {no: "self" for no, answer in answers.items() if answer.grade.answered}
    for no, proposal in proposals.items():
        if proposal.grade is not None and not answers[no].grade.answered:
            answers[no] = Answer(proposal.grade, note=_values(proposal))
            sources[no] = proposal.origin
    return Assessed(
        situation=situation,
        applicable=applicable,
        outcome=evaluate(standard, answers, applicable.exempt),
        proposals=proposals,
        contradictions=contradictions(proposals.values(), standard, situation.answers),
        sources=sources,
        answers=answers,
    )


def assess_for(situation: Situation, proposed: Iterable[Proposal] | None = None) -> Assessed:
    """Like `assess`, but raises WrongStandard where the standard is not for this enterprise."""
    assessed = assess(situation, proposed)
    if isinstance(assessed, NotHeld):
        raise WrongStandard(assessed.reason.zh, assessed.reason.en)
    return assessed


def propose(situation: Situation) -> tuple[Proposal, ...]:
    """What records and figures propose in this situation; nothing where neither is given."""
    if situation.facts is None and situation.figures is None and situation.recorded is None:
        return ()
    return prefill(
        situation.standard,
        situation.facts or RecordFacts(),
        situation.profile,
        situation.window_end,
        situation.figures,
        situation.previous_year,
        situation.recorded,
    )


def _values(proposal: Proposal) -> str:
    return "，".join(f"{shown.label.zh}：{shown.value}" for shown in proposal.shown) or proposal.rule.zh
