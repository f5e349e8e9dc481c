"""A supposition as JSON-ready values: what was asked, what would change, what stays open, and the way back."""

from __future__ import annotations

from typing import Any

from selfassess.rendering import forecast_json, outcome_json
from selfassess.situation import Situation
from selfassess.suppose import Supposition, suppose
from selfassess.supposing import understand_supposition
from selfassess.text import Language, text

_WITHOUT_RECORD = text(
    "没有读取这类记录，只按假设的这一次推演，加上以前的可能更差",
    "these records were not read, so only the supposed one counts; with earlier ones it may be worse",
)


def what_if(situation: Situation, sentence: str, language: Language = "zh") -> dict[str, Any]:
    """The answer to a sentence such as 如果今年再被罚一次6万; ``asks`` where it was not, or not wholly, understood."""
    supposed = understand_supposition(sentence, situation.standard, situation.window_end)
    answer: dict[str, Any] = {
        "asked": sentence,
        "understood": [said.read(language) for said in supposed.said],
        "asks": [ask.read(language) for ask in supposed.asks],
    }
    if not supposed.events or supposed.asks:
        return answer
    return answer | supposition_json(suppose(situation, supposed.events), language)


def supposition_json(found: Supposition, language: Language = "zh") -> dict[str, Any]:
    """What the events change."""
    return {
        "before": outcome_json(found.before.outcome, language),
        "after": outcome_json(found.after.outcome, language),
        "changes": [
            {"no": change.no, "before": change.before.value, "after": change.after.value} for change in found.changes
        ],
        "left_open": [
            {
                "no": entry.no,
                "possible": [grade.value for grade in entry.possible],
                "needed": None if entry.needed is None else entry.needed.read(language),
            }
            for entry in found.left_open
        ],
        "remarks": [_WITHOUT_RECORD.read(language)] if found.without_record else [],
        "recovery": None if found.recovery is None else forecast_json(found.recovery, language),
    }
