"""What needs a coordinator among the enterprises looked after: one look over all of them, whatever their number.

A fixed number of questions to the records and to our own tables, none per enterprise. The look is traced, as the
monitoring page is: it shows parts of records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from api.auth.identity import Identity, Kind
from api.errors import NotAllowed
from api.records.errors import NotHeld, QueryTooSlow
from api.records.gateway.monitoring import (
    list_level_changes,
    list_new_listings,
    list_new_penalties,
    list_reviews_due,
)
from api.records.gateway.search import list_in_reach
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from api.usecases.desk.matters import (
    REVIEW_AHEAD,
    Attention,
    Matter,
    Topic,
    in_order,
    rank_of_review,
)
from api.usecases.desk.open_work import list_open_work

MOST_ENTERPRISES = 500
MOST_EVENTS = 1_000
NEW_FOR = 30  # days in which a penalty, listing or level counts as new
REVIEW_PAST = 365  # a review that should have been is shown so long


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The enterprises of a desk, the most urgent first; ``counts`` per topic over all of them.

    ``unread`` names what could not be read, ``truncated`` says that there are more enterprises than are shown.
    """

    today: date
    enterprises: tuple[Attention, ...]
    counts: Mapping[Topic, int]
    unread: tuple[Topic, ...]
    truncated: bool

    @property
    def quiet(self) -> int:
        """How many enterprises need nothing."""
        return sum(not one.matters for one in self.enterprises)

    def showing(self, topic: str, text: str) -> tuple[Attention, ...]:
        """Return the enterprises with a matter of a topic whose name or credit code holds a text."""
        wanted = text.strip().casefold()
        named = [one for one in self.enterprises if wanted in one.name.casefold() or wanted == one.uscc.casefold()]
        return tuple(one for one in named if not topic or one.has(topic))


def read_desk(services: Services, reader: Reader, scope: Scope, who: Identity, today: date) -> DeskPage:
    """Return a coordinator's desk. Raises `NotAllowed`."""
    if who.kind is not Kind.COORDINATOR or not who.complete:
        raise NotAllowed
    with services.database.writing() as session:
        services.trail.append(session, who, "desk_read", services.now())
    found = list_in_reach(reader, scope, today, cap=MOST_ENTERPRISES)
    unread: list[Topic] = []
    matters: dict[str, list[Matter]] = defaultdict(list)
    for uscc, matter in _of_records(reader, scope, today, unread):
        matters[uscc].append(matter)
    with services.database.reading() as session:
        for uscc, matter in list_open_work(session, who, [one.uscc for one in found], services.now(), today):
            matters[uscc].append(matter)
    enterprises = [Attention(one.uscc, one.name, one.level, in_order(matters[one.uscc])) for one in found]
    counts = {topic: sum(one.has(topic) for one in enterprises) for topic in Topic}
    ordered = tuple(sorted(enterprises, key=lambda one: one.urgency))
    return DeskPage(today, ordered, counts, tuple(unread), found.truncated)


def _of_records(reader: Reader, scope: Scope, today: date, unread: list[Topic]) -> Iterable[tuple[str, Matter]]:
    """What the records say: each list is read once for all; one that cannot be read leaves the others."""
    first, until = today - timedelta(days=NEW_FOR), today + timedelta(days=REVIEW_AHEAD)
    try:
        for review in list_reviews_due(reader, scope, today - timedelta(days=REVIEW_PAST), until, cap=MOST_EVENTS):
            days = (review.next_review - today).days
            about = Matter(Topic.REVIEW, rank_of_review(days), review.next_review, late=days < 0, about=review.level)
            yield review.uscc, about
    except (NotHeld, QueryTooSlow):
        unread.append(Topic.REVIEW)
    try:
        for penalty in list_new_penalties(reader, scope, first, today, cap=MOST_EVENTS):
            yield penalty.uscc, Matter(Topic.PENALTY, 2, penalty.decided_on, about=penalty.cause)
    except (NotHeld, QueryTooSlow):
        unread.append(Topic.PENALTY)
    try:
        for listing in list_new_listings(reader, scope, first, today, cap=MOST_EVENTS):
            if listing.removed_on is None:
                yield listing.uscc, Matter(Topic.LISTING, 2, listing.listed_on, about=listing.reason)
    except (NotHeld, QueryTooSlow):
        unread.append(Topic.LISTING)
    try:
        for change in list_level_changes(reader, scope, first, today, cap=MOST_EVENTS):
            yield change.uscc, Matter(Topic.LEVEL, 3, change.effective_from, about=change.level)
    except (NotHeld, QueryTooSlow):
        unread.append(Topic.LEVEL)
