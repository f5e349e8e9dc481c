"""Monthly figures of a full file: declarations, clearance, inspection and quarantine, firms dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from api.records.sample.fiction import uscc_of
from api.records.sample.plan import Subject
from api.records.sample.rows import Batch
from api.records.sample.timeline import Period, level_on
from api.records.sample.traits import FieldTrait, Traits
from selfassess.window import add_months

INSPECTED = {
    # share of declarations inspected, import hours, export hours: invented, in a plausible order
    "advanced_certified": (0.006, 9.0, 2.0),
    "certified": (0.015, 15.0, 4.0),
    "ordinary_certified": (0.02, 18.0, 5.0),
    "discredited": (0.85, 70.0, 30.0),
    "seriously_discredited": (0.97, 90.0, 45.0),
}
OTHERS = (0.03, 28.0, 8.0)


def add_trade(batch: Batch, subject: Subject, traits: Traits, history: Sequence[Period], day: date) -> None:
    """Add the monthly figures of the last three years."""
    latest, earliest = traits.months
    for ago in range(latest, earliest):
        month = add_months(day.replace(day=1), -ago - 1)
        _add_month(batch, subject, traits, month, ago)
        _add_clearance(batch, subject, traits, month, level_on(history, month))
    for field in traits.fields:
        _add_field(batch, subject, field, day)


def add_relations(batch: Batch, subject: Subject, traits: Traits, day: date, enterprises: int) -> None:
    """Add brokers, principals and partners, as far as those enterprises exist; a broker has its side of it too."""
    begins, ended = (day - timedelta(days=330)).isoformat(), (day - timedelta(days=20)).isoformat()
    firms = (
        ("broker", traits.brokers, ended),
        ("principal", traits.principals, ended),
        ("partner", traits.partners, None),
    )
    for role, slots, ends in firms:
        for slot in slots:
            if slot < enterprises and slot != subject.index:
                other = uscc_of(slot, subject.seed)
                pairs = [(subject.uscc, role, other)]
                pairs += [(other, "principal", subject.uscc)] if role == "broker" else []
                for uscc, of, counterpart in pairs:
                    batch.add(
                        "broker_relation", uscc=uscc, role=of, counterpart_uscc=counterpart, valid_from=begins,
                        valid_to=ends, declarations=40,
                    )  # fmt: skip


def _add_month(batch: Batch, subject: Subject, traits: Traits, month: date, ago: int) -> None:
    """Inspections and findings of the last year add up exactly to what the traits say."""
    inspected = _share(traits.inspected_year, ago)
    found = _share(traits.found_year, ago)
    declarations = max(traits.declarations + ago % 5 - 2, inspected)
    batch.add(
        "declaration_month",
        uscc=subject.uscc,
        month=month.isoformat(),
        declarations=declarations,
        documents=int(declarations * 1.2),
        self_declared=declarations,
        inspected=inspected,
        self_inspected=inspected,
        found=found,
        high_quality_found=_share(traits.high_quality_year, ago),
        import_value=round(traits.monthly_value * 0.55 * (1 + ago % 4 / 20), 2),
        export_value=round(traits.monthly_value * 0.45 * (1 + ago % 3 / 20), 2),
        tax_paid=round(traits.tax_month * (1 + ago % 4 / 20), 2),
    )


def _share(of_a_year: int, ago: int) -> int:
    """Spread a yearly count over its twelve months; the oldest, only partly in the window of a year, gets least."""
    place = ago % 12
    return -(-of_a_year * (place + 1) // 12) + (-of_a_year * place // 12)


def _add_clearance(batch: Batch, subject: Subject, traits: Traits, month: date, level: str | None) -> None:
    rng = subject.rng
    rate, import_hours, export_hours = INSPECTED.get(level or "", OTHERS)
    expected = traits.declarations * rate
    inspected = int(expected) + (rng.random() < expected % 1)
    batch.add(
        "clearance_month",
        uscc=subject.uscc,
        month=month.isoformat(),
        declarations=traits.declarations,
        inspected=inspected,
        import_hours=round(import_hours * (0.8 + 0.4 * rng.random()), 1),
        export_hours=round(export_hours * (0.8 + 0.4 * rng.random()), 1),
    )


def _add_field(batch: Batch, subject: Subject, field: FieldTrait, day: date) -> None:
    for ago in range(field.months):
        batch.add(
            "field_month",
            uscc=subject.uscc,
            month=add_months(day.replace(day=1), -ago - 1).isoformat(),
            field=field.field,
            role=field.role,
            declarations=field.inspected * 3,
            inspected=field.inspected,
            adverse=_share(field.adverse, ago) if ago < 12 else 0,
        )
