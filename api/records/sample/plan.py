"""Which enterprise gets which file: the first 200 by slot, later ones thinly, the rest only the essentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from api.records.sample.faults import MARKS
from api.records.sample.fiction import Office, customs_code_of, name_of, office_of, uscc_of
from api.records.sample.timeline import SCHEMES, Step
from api.records.sample.traits import FieldTrait, PenaltyTrait, Traits

FULL_FILES = 200  # every enterprise below this index has a full file
FULL_FILE_EVERY = 197  # and one in so many after that
FIRST_MARK = 20
MARK_NAMES = tuple(MARKS)
BROKER_EVERY = 90
FIRST_SCHEME, LAST_SCHEME = SCHEMES[0][1], SCHEMES[-1][1]


@dataclass(frozen=True, slots=True)
class Subject:
    """The identity of one synthetic enterprise."""

    index: int
    seed: int
    uscc: str
    customs_code: str
    name: str
    office: Office
    rng: Random


def subject_of(index: int, seed: int, broker: bool) -> Subject:
    """Return the identity of the enterprise with this index: the same whatever the number of enterprises."""
    rng = Random(seed * 1_000_003 + index)  # noqa: S311 - synthetic data, and it must repeat
    name = name_of(index, rng, broker)
    return Subject(index, seed, uscc_of(index, seed), customs_code_of(index), name, office_of(index), rng)


def full_file_number(index: int) -> int | None:
    """Return the running number of a full file, or None for an enterprise with only the essentials."""
    if index < FULL_FILES:
        return index
    return FULL_FILES + index // FULL_FILE_EVERY if index % FULL_FILE_EVERY == 0 else None


def mark_of(number: int) -> str | None:
    """Return the distinguishing mark of a full file."""
    place = number % FULL_FILES - FIRST_MARK
    return MARK_NAMES[place] if 0 <= place < len(MARK_NAMES) else None


def traits_of(number: int, rng: Random) -> Traits:
    """Return what the full file with this running number looks like."""
    mark = mark_of(number)
    if mark is not None:
        traits = Traits(open_case="application" if number % 7 == 0 else None)
        MARKS[mark](traits)
        return traits
    return _special(number) if number < FIRST_MARK else _ordinary(rng)


def steps_of(traits: Traits, registered: date, rng: Random, day: date) -> list[Step]:
    """Return how the enterprise came to its present standing."""
    start = Step(max(registered, FIRST_SCHEME), "base", "registration")
    if registered < FIRST_SCHEME:
        start = Step(FIRST_SCHEME, "base", "scheme_change")
    if traits.standing == "base":
        return _base_steps(start, rng)
    if traits.standing == "certified":
        return [start, Step(_between(rng, LAST_SCHEME + timedelta(days=20), day), "certified", "certification")]
    if traits.standing == "advanced":
        given = _between(rng, start.day + timedelta(days=180), max(date(2024, 1, 1), start.day + timedelta(days=400)))
        again = given + timedelta(days=5 * 365)
        reviewed = [Step(again, "advanced", "revalidation")] if again < day else []
        return [start, Step(given, "advanced", "certification"), *reviewed]
    found = day - timedelta(days=traits.discredited_days_ago)
    basis = "serious_discredit_finding" if traits.standing == "serious" else "discredit_finding"
    return [start, Step(max(found, start.day + timedelta(days=30)), traits.standing, basis)]


def registered_on(traits: Traits, rng: Random, day: date) -> date:
    """Return the day of registration of a full file."""
    if traits.registered_on is not None:
        return traits.registered_on
    return _between(rng, date(2006, 1, 1), min(date(2021, 6, 30), day))


def _base_steps(start: Step, rng: Random) -> list[Step]:
    """Some regular enterprises have a past: once certified in one way or the other, or discredited and upgraded."""
    past = rng.random()
    if past < 0.12 and start.day < date(2017, 1, 1):
        return [start, Step(_between(rng, date(2017, 1, 2), date(2020, 1, 1)), "ordinary_certified", "certification")]
    if 0.12 <= past < 0.16 and start.day < date(2017, 1, 1):
        given = _between(rng, date(2017, 1, 2), date(2019, 1, 1))
        failed = given + timedelta(days=1_150)
        return [start, Step(given, "advanced", "certification"), Step(failed, "base", "failed_revalidation")]
    if past > 0.95 and start.day < date(2020, 1, 1):
        found = _between(rng, date(2020, 1, 2), date(2022, 1, 1))
        again = found + timedelta(days=760)
        return [start, Step(found, "discredited", "discredit_finding"), Step(again, "base", "tier_upgrade")]
    return [start]


def _special(number: int) -> Traits:
    """The first twenty: enterprises that others refer to, a cluster with shadow companies, open cases."""
    smuggling = PenaltyTrait(420, 300_000, "smuggling", gains=60_000, goods=500_000, cause="走私行为")
    known = {
        0: Traits(standing="advanced"),
        1: Traits(standing="certified"),
        2: Traits(kind="customs_broker", standing="advanced", manufacturer=False),
        3: Traits(kind="customs_broker", standing="discredited", manufacturer=False, discredited_days_ago=1100),
        4: Traits(standing="discredited", penalties=[smuggling], discredited_days_ago=1100, public_rating="D"),
        5: Traits(standing="serious", penalties=[PenaltyTrait(380, 2_600_000, "solid_waste", cause="走私固体废物")]),
        6: Traits(branches=[7]),
        7: Traits(head_office=6),
        8: Traits(kind="trader_and_broker", standing="advanced"),
        9: Traits(kind="customs_broker", manufacturer=False),
        10: Traits(standing="discredited", penalties=[smuggling], months=(13, 36), public_rating="D"),
        11: Traits(shares_person_of=10, shares_phone_of=10, months=(0, 8), registered_on=date(2025, 12, 1)),
        12: Traits(shares_address_of=11, months=(0, 6), registered_on=date(2026, 1, 15)),
        13: Traits(shares_phone_of=12),
        14: Traits(investors=[11]),
        15: Traits(standing="advanced", cross_border=True, open_case="simplified_revalidation"),
        16: Traits(penalties=[PenaltyTrait(250, 30_000)], repair_case=True),
        17: Traits(penalties=[PenaltyTrait(120, 20_000)], objection=True),
        18: Traits(open_case="application"),
        19: Traits(standing="advanced", open_case="revalidation", obligations=[("technical_rectification", 90, True)]),
    }
    return known[number]


def _ordinary(rng: Random) -> Traits:
    """A full file without a mark: mostly regular, some AEO, a few discredited, here and there a small penalty."""
    draw = rng.random()
    standing = "base"
    for share, name in ((0.12, "advanced"), (0.22, "certified"), (0.245, "discredited"), (0.25, "serious")):
        if draw < share:
            standing = name
            break
    traits = Traits(standing=standing, declarations=rng.randint(4, 120), monthly_value=rng.randint(2, 90) * 1e6)
    traits.manufacturer = rng.random() < 0.6
    traits.cross_border = rng.random() < 0.15
    if rng.random() < (0.05 if standing == "advanced" else 0.3):
        traits.penalties = [
            PenaltyTrait(rng.randint(20, 900), rng.randint(1, 40) * 500) for _ in range(rng.randint(1, 2))
        ]
    if standing in ("discredited", "serious"):
        traits.penalties.append(PenaltyTrait(traits.discredited_days_ago + 20, 200_000, "smuggling", cause="走私行为"))
    if rng.random() < 0.2:
        traits.fields = [FieldTrait(rng.choice(("food_cosmetics", "commodity_inspection", "animal_plant_quarantine")))]
    traits.tax_month = traits.monthly_value * 0.06
    traits.brokers = [rng.choice((2, 8, 9))]
    return traits


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.random() * max(1, (last - first).days)))
