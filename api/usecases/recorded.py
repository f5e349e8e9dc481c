"""What the shared records say about one enterprise that is assessed: facts, filed figures, profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.records.gateway.facts import RecordedFinances, read_facts, read_finances
from api.records.gateway.facts_profile import RecordedProfile, read_profile
from api.records.reader import Reader
from api.records.scope import Scope
from selfassess.facts import RecordedFigures, RecordFacts
from selfassess.profile import Profile
from selfassess.profile_file import read_profile as read_profile_file


@dataclass(frozen=True, slots=True)
class Recorded:
    """Facts, finances and profile of the enterprise, as recorded."""

    facts: RecordFacts
    figures: RecordedFigures | None
    profile: RecordedProfile

    def profile_with(self, content: Mapping[str, Any]) -> Profile:
        """The recorded profile, with what was said in place of it."""
        also_broker = set(self.profile.types) == {"trader", "customs_broker"}
        return read_profile_file(content, self.profile.profile, also_broker=also_broker)


def read_recorded(reader: Reader, scope: Scope, uscc: str, day: date, read_at: datetime) -> Recorded | None:
    """Return what is recorded of an enterprise in reach, or None. Raises `RecordsUnavailable`."""
    facts = read_facts(reader, scope, uscc, day, read_at)
    profile = read_profile(reader, scope, uscc, day)
    if facts is None or profile is None:
        return None
    finances = read_finances(reader, scope, uscc, day)
    return Recorded(facts, None if finances is None else _figures(finances), profile)


def _figures(found: RecordedFinances) -> RecordedFigures:
    source = found.source
    return RecordedFigures(source.table, source.row_id, source.as_of, found.fiscal_year, found.figures)
