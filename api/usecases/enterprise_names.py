"""What the enterprises a person acts for are called."""

from __future__ import annotations

from collections.abc import Sequence

from api.records.errors import RecordsError
from api.records.gateway.assignments import list_enterprises
from api.records.reader import Records
from api.records.scope import Scope


def enterprise_names(records: Records | None, usccs: Sequence[str]) -> dict[str, str]:
    """Return the names by credit code; the code itself where the records do not say or are away.

    ``usccs`` are the person's own, from the session: they are the scope of the question.
    """
    names = {uscc: uscc for uscc in usccs}
    if records is None or not usccs:
        return names
    try:
        with records.reader() as reader:
            found = list_enterprises(reader, Scope.of_enterprises(usccs), cap=len(usccs))
    except RecordsError:
        return names
    return names | {enterprise.uscc: enterprise.name for enterprise in found}
