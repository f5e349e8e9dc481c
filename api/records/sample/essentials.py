"""Rows every enterprise has, full file or not: registration, credit history, related parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from api.records.sample.fiction import address_of, person_of, phone_of, uscc_of
from api.records.sample.plan import BROKER_EVERY, FULL_FILES, Subject, subject_of
from api.records.sample.rows import Batch
from api.records.sample.timeline import FIRST_GIVEN, Period, Step, add_ratings, periods
from api.records.sample.traits import Traits

SHARED_EVERY = 40  # of so many neighbours, the first three have one legal representative
SHADOW_EVERY, LEADER, SHADOW = 1_600, 851, 852  # of so many, one was found discredited and has a shadow company
FOUND_DAYS_AGO = 500
AGENT_PHONES, PARK_ADDRESSES = 20, 50
OWN = 1_000_000  # numbers below are shared telephones and addresses
INDUSTRIES = ("制造业", "批发业", "零售业", "运输业", "仓储业", "软件和信息服务业", "商务服务业")
EXPERIENCE = ((0.12, 2005, 9), (0.22, 2015, 3), (0.40, 2018, 3), (0.92, 2021, 5))  # share, first year, years


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who represents an enterprise, its telephone and its address; the same number is the same person or place."""

    person: int
    phone: int
    address: int


def contacts_of(index: int) -> Contacts:
    """Return the contacts of an enterprise: mostly its own, some shared with neighbours, an agent or a park."""
    if index < FULL_FILES:
        return Contacts(index, OWN + index, OWN + index)
    if index % SHADOW_EVERY == SHADOW:  # the same people and the same telephone go on under another name
        leader = index - SHADOW + LEADER
        return Contacts(leader, OWN + leader, OWN + index)
    return Contacts(
        person=index - index % SHARED_EVERY if index % SHARED_EVERY < 3 else index,
        phone=index // 100 % AGENT_PHONES if index % 100 == 57 else OWN + index,
        address=index // 20 % PARK_ADDRESSES if index % 20 == 9 else OWN + index,
    )


def add_quiet(batch: Batch, index: int, seed: int, day: date) -> tuple[Subject, Sequence[Period]]:
    """Add an enterprise with only the essentials and return its credit history."""
    broker = index % BROKER_EVERY == 11
    subject = subject_of(index, seed, broker)
    rng = subject.rng
    registered, steps = _story(index, rng, day)
    history = periods(steps)
    contacts = contacts_of(index)
    traits = Traits(kind="customs_broker" if broker else "trader")
    add_registration(batch, subject, traits, contacts, registered, day)
    add_ratings(batch, subject.uscc, subject.office, history, day)
    add_party(batch, subject, "legal_representative", contacts, registered)
    if index % 2 or index % SHARED_EVERY < 3 or index % SHADOW_EVERY == SHADOW:
        add_party(batch, subject, "phone", contacts, registered)
    if index % 20 == 9:
        add_party(batch, subject, "address", contacts, registered)
    if rng.random() < 0.03:
        add_investor(batch, subject, uscc_of(index - 1 - int(rng.random() * 50), seed), registered)
    return subject, history


def _story(index: int, rng: Random, day: date) -> tuple[date, list[Step]]:
    """When a quiet enterprise was registered, and how it came to its level."""
    registered = _registered(rng.random(), rng.random(), day)
    standing, basis = _standing(rng.random())
    place = index % SHADOW_EVERY
    if place == LEADER:
        registered = date(2012, 3, 1) + timedelta(days=index % 2_000)
    elif place == SHADOW:
        registered, standing = day - timedelta(days=FOUND_DAYS_AGO - 70), "base"
    first = FIRST_GIVEN["base"]
    steps = [Step(max(registered, first), "base", "registration" if registered > first else "scheme_change")]
    earliest = max(registered + timedelta(days=60), FIRST_GIVEN[standing])
    if place == LEADER:
        steps.append(Step(day - timedelta(days=FOUND_DAYS_AGO), "discredited", "discredit_finding"))
    elif standing != "base" and earliest < day:
        steps.append(Step(earliest + timedelta(days=int(rng.random() * (day - earliest).days)), standing, basis))
    return registered, steps


def add_registration(
    batch: Batch, subject: Subject, traits: Traits, contacts: Contacts, registered: date, day: date
) -> None:
    """Add the registration row."""
    rng, office, index = subject.rng, subject.office, subject.index
    everyone, junior, intermediate, senior = traits.declarants
    batch.add(
        "enterprise",
        uscc=subject.uscc,
        customs_code=subject.customs_code,
        name=subject.name,
        name_en=f"Example Enterprise {index:06d} Co., Ltd.",
        kind=traits.kind,
        cross_border_ecommerce=traits.cross_border,
        manufacturer=traits.manufacturer,
        industry=INDUSTRIES[index % len(INDUSTRIES)],
        registered_on=registered.isoformat(),
        status=traits.status,
        status_from=(registered if traits.status == "open" else day - timedelta(days=45)).isoformat(),
        customs_district=office.district,
        customs_district_name=office.district_name,
        customs_office=office.office,
        customs_office_name=office.office_name,
        legal_representative=person_of(contacts.person)[1],
        phone=phone_of(contacts.phone),
        address=address_of(contacts.address),
        registered_capital=(1 + int(rng.random() * 500)) * 100_000,
        contact_person=person_of(index + 7)[1] if traits.contact_filed else None,
        contact_filed_on=(registered + timedelta(days=40)).isoformat() if traits.contact_filed else None,
        head_office_uscc=None if traits.head_office is None else uscc_of(traits.head_office, subject.seed),
        declarants=everyone,
        declarants_junior=junior,
        declarants_intermediate=intermediate,
        declarants_senior=senior,
    )


def add_party(batch: Batch, subject: Subject, kind: str, contacts: Contacts, since: date) -> None:
    """Add the legal representative, telephone or address as a related party."""
    if kind == "legal_representative":
        key, name = person_of(contacts.person)
    else:
        key = name = phone_of(contacts.phone) if kind == "phone" else address_of(contacts.address)
    values = {"kind": kind, "party_key": key, "party_name": name, "valid_from": since.isoformat()}
    batch.add("related_party", uscc=subject.uscc, **values)


def add_investor(batch: Batch, subject: Subject, investor: str, since: date) -> None:
    """Add an enterprise as the registered investor."""
    batch.add(
        "related_party", uscc=subject.uscc, kind="investor", party_key=investor, party_uscc=investor,
        share_percent=51.0, valid_from=since.isoformat(),
    )  # fmt: skip


def _registered(draw: float, within: float, day: date) -> date:
    for share, year, years in EXPERIENCE:
        if draw < share:
            return date(year, 1, 1) + timedelta(days=int(within * 365 * years))
    return date(2026, 1, 1) + timedelta(days=int(within * ((day - date(2026, 1, 1)).days - 1)))


def _standing(draw: float) -> tuple[str, str]:
    """Shares of the levels among enterprises with only the essentials.

    One in a hundred is advanced certified, as reported for the end of 2025 (6,876 of those that trade).
    """
    if draw < 0.0100:
        return "advanced", "certification"
    if draw < 0.0120:
        return "certified", "certification"
    if draw < 0.0150:
        return "discredited", "discredit_finding"
    if draw < 0.0154:
        return "serious", "serious_discredit_finding"
    return "base", ""
