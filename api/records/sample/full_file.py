"""Put a full file together: everything one enterprise has in the shared records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.records.sample.conduct import add_conduct
from api.records.sample.essentials import Contacts, add_investor, add_party, add_registration, contacts_of
from api.records.sample.fiction import person_of, uscc_of
from api.records.sample.plan import Subject, registered_on, steps_of, subject_of, traits_of
from api.records.sample.portrait import add_profile
from api.records.sample.rows import Batch
from api.records.sample.standing import add_standing
from api.records.sample.timeline import Period, add_ratings, periods
from api.records.sample.trade import add_trade
from api.records.sample.traits import Traits

PERSONAL_INVESTORS = 50_000_000  # person numbers far from those of legal representatives
SLOT_KINDS = {2: "customs_broker", 3: "customs_broker", 9: "customs_broker"}


def add_full_file(
    batch: Batch, index: int, number: int, seed: int, day: date, enterprises: int
) -> tuple[Subject, Sequence[Period]]:
    """Add one enterprise with everything and return its credit history."""
    subject = subject_of(index, seed, SLOT_KINDS.get(number) == "customs_broker")
    traits = traits_of(number, subject.rng)
    registered = registered_on(traits, subject.rng, day)
    history = periods(steps_of(traits, registered, subject.rng, day))
    contacts = _contacts(traits, index)
    add_registration(batch, subject, traits, contacts, registered, day)
    add_ratings(batch, subject.uscc, subject.office, history, day)
    for kind in ("legal_representative", "phone", "address"):
        add_party(batch, subject, kind, contacts, registered)
    _add_firms(batch, subject, traits, registered, enterprises)
    add_conduct(batch, subject, traits, day)
    add_trade(batch, subject, traits, history, day)
    add_standing(batch, subject, traits, history, registered, day, enterprises)
    add_profile(batch, subject, traits, registered, history, day)
    return subject, history


def _contacts(traits: Traits, index: int) -> Contacts:
    own = contacts_of(index)
    return Contacts(
        person=own.person if traits.shares_person_of is None else contacts_of(traits.shares_person_of).person,
        phone=own.phone if traits.shares_phone_of is None else contacts_of(traits.shares_phone_of).phone,
        address=own.address if traits.shares_address_of is None else contacts_of(traits.shares_address_of).address,
    )


def _add_firms(batch: Batch, subject: Subject, traits: Traits, registered: date, enterprises: int) -> None:
    """Add the investors, branches, the head office and posts held elsewhere, as far as those enterprises exist."""
    since = registered.isoformat()
    person, name = person_of(PERSONAL_INVESTORS + subject.index)
    batch.add(
        "related_party", uscc=subject.uscc, kind="investor", party_key=person, party_name=name, share_percent=49.0,
        valid_from=since,
    )  # fmt: skip
    for slot in _others(traits.investors, subject, enterprises):
        add_investor(batch, subject, uscc_of(slot, subject.seed), registered)
    firms = [("branch", slot) for slot in traits.branches]
    firms += [("head_office", traits.head_office)] if traits.head_office is not None else []
    for kind, slot in firms:
        if slot < enterprises:
            uscc = uscc_of(slot, subject.seed)
            batch.add(
                "related_party", uscc=subject.uscc, kind=kind, party_key=uscc, party_uscc=uscc, valid_from=since
            )  # fmt: skip
    for slot, told in traits.posts:
        if slot < enterprises and slot != subject.index:
            uscc = uscc_of(slot, subject.seed)
            batch.add(
                "related_party", uscc=subject.uscc, kind="post_held", party_key=uscc, party_uscc=uscc,
                post="finance_head", notified_on=since if told else None, valid_from=since,
            )  # fmt: skip


def _others(slots: Sequence[int], subject: Subject, enterprises: int) -> list[int]:
    return [slot for slot in slots if slot < enterprises and slot != subject.index]
