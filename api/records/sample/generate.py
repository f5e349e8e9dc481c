"""All rows of a synthetic database, batch by batch: the same for the same seed, day and number of enterprises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from api.records.sample.conduct import add_penalty
from api.records.sample.essentials import add_quiet
from api.records.sample.full_file import add_full_file
from api.records.sample.plan import Subject, full_file_number
from api.records.sample.rows import Batch, Values
from api.records.sample.standing import DISCREDITED, add_publications
from api.records.sample.timeline import Period, level_on
from api.records.sample.traits import PenaltyTrait, Traits
from selfassess.window import add_months

BATCH = 2_000  # enterprises held in memory at a time
FIRST_DAY = date(2026, 7, 1)  # the history has to reach past 2026-04-01
Rows = Mapping[str, Sequence[Values]]


class Averages:
    """Clearance by level, month and district, summed up while the enterprises pass by."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str, str], list[float]] = {}

    def note(self, district: str, history: Sequence[Period], rows: Sequence[Values]) -> None:
        """Count one enterprise's months towards its district and the nation."""
        for _, _, month, declarations, inspected, import_hours, export_hours, _ in rows:
            level = level_on(history, date.fromisoformat(month))
            if level is None:
                continue
            for where in ("", district):
                sums = self._sums.setdefault((where, level, month), [0.0] * 5)
                for place, value in enumerate(
                    (1, declarations, inspected, import_hours * declarations, export_hours * declarations)
                ):
                    sums[place] += value

    def add_to(self, batch: Batch) -> None:
        """Add a row for every level, month and district."""
        for (district, level, month), sums in sorted(self._sums.items()):
            enterprises, declarations, inspected, import_hours, export_hours = sums
            batch.add(
                "clearance_level_month",
                customs_district=district,
                level=level,
                month=month,
                enterprises=int(enterprises),
                declarations=int(declarations),
                inspected=int(inspected),
                import_hours=round(import_hours / declarations, 2) if declarations else None,
                export_hours=round(export_hours / declarations, 2) if declarations else None,
            )


def generate(enterprises: int, seed: int, day: date) -> Iterator[tuple[int, Rows]]:
    """Yield (enterprises done, rows by table). ``day`` is the synthetic today."""
    if day < FIRST_DAY:
        raise ValueError(f"the synthetic day must be {FIRST_DAY} or later, so that all four schemes have history")
    batch, averages = Batch(day), Averages()
    for index in range(enterprises):
        number = full_file_number(index)
        if number is None:
            subject, history = add_quiet(batch, index, seed, day)
            _add_occasional(batch, subject, history, day)
        else:
            earlier = len(batch.rows["clearance_month"])
            subject, history = add_full_file(batch, index, number, seed, day, enterprises)
            averages.note(subject.office.district, history, batch.rows["clearance_month"][earlier:])
        if (index + 1) % BATCH == 0:
            yield index + 1, batch.take()
    averages.add_to(batch)
    yield enterprises, batch.take()


def _add_occasional(batch: Batch, subject: Subject, history: Sequence[Period], day: date) -> None:
    """Some enterprises without a full file trade, are on a directory, or have a penalty or an agency record."""
    index, rng = subject.index, subject.rng
    last = history[-1]
    if last.standing != "base" or index % 90 == 11:
        traits = Traits(kind="customs_broker" if index % 90 == 11 else "trader", standing=last.standing)
        add_publications(batch, subject, traits, last.since)
    if index % 20 == 3:
        _add_year_of_trade(batch, subject, day)
    if index % 6 == 5:
        recorded = (day - timedelta(days=30 + int(rng.random() * 900))).isoformat()
        batch.add(
            "agency_record", uscc=subject.uscc, agency="taxation", kind="grading", title="部门信用评价",
            grade="ABM"[index % 3], recorded_on=recorded,
        )  # fmt: skip
    if last.standing in DISCREDITED:  # what the finding rested on
        smuggling = PenaltyTrait((day - last.since).days + 30, 200_000, "smuggling", cause="走私行为")
        add_penalty(batch, subject, smuggling, 0, day)
    elif rng.random() < 0.006:
        penalty = PenaltyTrait(int(rng.random() * 1_400), (1 + int(rng.random() * 60)) * 500)
        add_penalty(batch, subject, penalty, 0, day)


def _add_year_of_trade(batch: Batch, subject: Subject, day: date) -> None:
    declarations = 1 + int(subject.rng.random() * 20)
    for ago in range(12):
        batch.add(
            "declaration_month",
            uscc=subject.uscc,
            month=add_months(day.replace(day=1), -ago - 1).isoformat(),
            declarations=declarations,
            documents=declarations + 1,
            self_declared=declarations,
            inspected=ago % 2,
            self_inspected=ago % 2,
            found=0,
            high_quality_found=0,
            import_value=declarations * 210_000.0,
            export_value=declarations * 150_000.0,
            tax_paid=declarations * 12_000.0,
        )
