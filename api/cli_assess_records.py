"""What the shared records say about one enterprise, for `assess run --records URL --uscc X`."""

from __future__ import annotations

from datetime import date, datetime

from api.cli_output import fail
from api.records.errors import RecordsError, RecordsUnavailable
from api.records.identity import is_uscc
from api.records.reader import open_records
from api.records.scope import Scope
from api.usecases.recorded import Recorded, read_recorded


def read_records(url: str, uscc: str, on: date, now: datetime) -> Recorded:
    """Read the enterprise's records; ends the command with a sentence where that cannot be done."""
    code = uscc.strip().upper()
    if not is_uscc(code):
        fail(f"{uscc[:40]!r}不是有效的统一社会信用代码 / {uscc[:40]!r} is not a valid unified social credit code")
    try:
        with open_records(url).reader() as reader:
            found = read_recorded(reader, Scope.of_enterprises([code]), code, on, now)
    except RecordsUnavailable as error:
        fail(f"记录库现在读不到，可以先不带--records评定 / {error}; run without --records meanwhile")
    except RecordsError as error:
        fail(f"--records不对 / {error}")
    if found is None:
        fail(f"记录库里没有{code} / the records hold no enterprise {code}")
    return found
