"""The profile of a full file: figures that agree with the other tables where there are any, invented elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.records.gateway.profile import Indicator, indicators
from api.records.sample.plan import Subject
from api.records.sample.rows import Batch
from api.records.sample.timeline import Period
from api.records.sample.traits import PenaltyTrait, Traits

SCORES = {"advanced": 88, "certified": 82, "base": 74, "discredited": 38, "serious": 22}
RANGES: dict[str, tuple[float, float]] = {
    "count": (0, 12), "percent": (0, 100), "yuan": (0, 5_000_000), "days": (0, 900), "hours": (2, 60),
    "years": (1, 20), "yes_no": (0, 1), "score": (40, 100),
}  # fmt: skip


def add_profile(
    batch: Batch, subject: Subject, traits: Traits, registered: date, history: Sequence[Period], day: date
) -> None:
    """Add one value for every indicator."""
    known = _known(traits, registered, history, day)
    rng = subject.rng
    middle = SCORES[traits.standing]
    measured = day.replace(day=1).isoformat()
    for code, indicator in indicators().items():
        drawn = rng.random()
        batch.add(
            "profile_indicator",
            uscc=subject.uscc,
            dimension=indicator.dimension,
            indicator=code,
            measured_on=measured,
            value=known.get(code, _invented(indicator, drawn)),
            score=round(min(100.0, max(0.0, middle + 24 * (drawn - 0.5))), 1),
        )


def _known(traits: Traits, registered: date, history: Sequence[Period], day: date) -> dict[str, float | None]:
    declares = traits.months[0] < 12 and traits.months[1] > 0
    last_year = [penalty for penalty in traits.penalties if penalty.days_ago < 365]
    two_years = [penalty for penalty in traits.penalties if penalty.days_ago < 730]
    return {
        "A01": float((day - registered).days // 365),
        "A05": float(traits.manufacturer),
        "A07": float(traits.declarants[0]),
        "A08": round(100 * traits.declarants[1] / traits.declarants[0], 1),
        "A09": float(traits.contact_filed),
        "A10": float(len(traits.branches)),
        "A11": float(1 + len(traits.investors)),
        "A18": 1.0,
        "A19": float((day - history[-1].since).days // 365),
        "B06": float(max(0, min(12, traits.months[1]) - traits.months[0])) if declares else 0.0,
        "B08": 100.0,
        "B09": float(len(traits.brokers)),
        "C21": float(len(traits.payments)),
        "C23": float(traits.linked),
        "C27": float(sum(penalty.self_disclosed for penalty in last_year)),
        **_compliance(traits, last_year, two_years),
        "E02": float(_entries(traits, "serious_discredit", "enterprise", "related_person")),
        "E03": float(_entries(traits, "lowest_grade", "enterprise")),
        "E04": float(_entries(traits, "serious_discredit", "investor")),
        "E14": float(("discredited", "serious").index(traits.standing) + 1) if _is_discredited(traits) else 0.0,
        "E15": 2.0 if traits.standing == "advanced" else 0.0,
        "E16": float(len(traits.notified)),
        "E17": float(len(traits.lists)),
        "E18": 0.0,
    }


def _compliance(
    traits: Traits, last_year: list[PenaltyTrait], two_years: list[PenaltyTrait]
) -> dict[str, float | None]:
    sums = [penalty.fine + penalty.gains + penalty.goods for penalty in last_year]
    by_field = {
        "D06": "smuggling", "D08": "solid_waste", "D09": "export_control", "D10": "intellectual_property",
    }  # fmt: skip
    by_field_year = {
        "D11": "health_quarantine", "D12": "animal_plant_quarantine", "D13": "food_cosmetics",
        "D14": "commodity_inspection",
    }  # fmt: skip
    recovered = [amount for days_ago, amount in traits.recoveries if days_ago < 365]
    return {
        "D01": float(len(last_year)),
        "D02": float(sum(sums)),
        "D03": float(max(sums, default=0)),
        "D05": float(min((penalty.days_ago for penalty in traits.penalties), default=0)) or None,
        "D07": float(len(traits.convictions)),
        **{code: float(sum(p.field == field for p in two_years)) for code, field in by_field.items()},
        **{code: float(sum(p.field == field for p in last_year)) for code, field in by_field_year.items()},
        "D15": float(sum(penalty.forgery for penalty in two_years)),
        "D16": float(sum(recovered)),
        "D17": float(len(recovered)),
        "D18": 48_000.0 * sum(paid is None for _, paid, _ in traits.payments),
        "D19": float(any(removed is None for _, removed in traits.listings)),
        "D20": float(len(traits.listings)),
        "D21": float(sum(kind == "correction" and not kept for kind, _, kept in traits.obligations)),
        "D22": float(sum(kind == "undertaking" and not kept for kind, _, kept in traits.obligations)),
        "D24": 0.0,
        "D25": float(_is_discredited(traits)),
    }


def _invented(indicator: Indicator, drawn: float) -> float | None:
    if indicator.unit == "grade":
        return None
    low, high = RANGES[indicator.unit]
    if indicator.better == "lower":
        high = low + (high - low) / 20
    value = low + (high - low) * drawn
    return float(round(value)) if indicator.unit in ("count", "days", "years", "yes_no") else round(value, 2)


def _entries(traits: Traits, kind: str, *whom: str) -> int:
    return sum(entry == kind and subject in whom for entry, subject in traits.entries)


def _is_discredited(traits: Traits) -> bool:
    return traits.standing in ("discredited", "serious")
