"""What the shared records say about one enterprise, for `assess run --records URL --uscc X`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.cli_output import fail
from api.records.errors import RecordsError, RecordsUnavailable
from api.records.gateway.facts import RecordedFinances, read_facts, read_finances
from api.records.gateway.facts_profile import RecordedProfile, read_profile
from api.records.identity import is_uscc
from api.records.reader import open_records
from api.records.scope import Scope
from selfassess.facts import RecordedFigures, RecordFacts
from selfassess.profile import Profile
from selfassess.profile_file import read_profile as read_profile_file


@dataclass(frozen=True)
class FromRecords:
    """Facts, finances and profile of the enterprise, as recorded."""

    facts: RecordFacts
    figures: RecordedFigures | None
    profile: RecordedProfile

    def profile_with(self, content: Mapping[str, Any]) -> Profile:
        """The recorded profile, with what the profile file says in place of it."""
        also_broker = set(self.profile.types) == {"trader", "customs_broker"}
        return read_profile_file(content, self.profile.profile, also_broker=also_broker)


def read_records(url: str, uscc: str, on: date, now: datetime) -> FromRecords:
    """Read the enterprise's records; ends the command with a sentence where that cannot be done."""
    code = uscc.strip().upper()
    if not is_uscc(code):
        fail(f"{uscc[:40]!r}不是有效的统一社会信用代码 / {uscc[:40]!r} is not a valid unified social credit code")
    scope = Scope.of_enterprises([code])
    try:
        records = open_records(url)
        with records.reader() as reader:
            facts = read_facts(reader, scope, code, on, now)
            profile = read_profile(reader, scope, code, on)
            finances = read_finances(reader, scope, code, on)
    except RecordsUnavailable as error:
        fail(f"记录库现在读不到，可以先不带--records评定 / {error}; run without --records meanwhile")
    except RecordsError as error:
        fail(f"--records不对 / {error}")
    if facts is None or profile is None:
        fail(f"记录库里没有{code} / the records hold no enterprise {code}")
    return FromRecords(facts, None if finances is None else _figures(finances), profile)


def _figures(found: RecordedFinances) -> RecordedFigures:
    source = found.source
    return RecordedFigures(source.table, source.row_id, source.as_of, found.fiscal_year, found.figures)
