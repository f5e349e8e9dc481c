"""Everything the records say that a certification standard asks about, on one day.

Self-assessment fills items in from these figures; which figure decides which item is written in the
standard, by record key and metric, not here.
"""

from __future__ import annotations

from datetime import date

from api.records.errors import NotHeld
from api.records.gateway.figure import Figure
from api.records.gateway.figures_conduct import (
    obligation_figures,
    payment_figures,
    penalty_figures,
    registration_figures,
)
from api.records.gateway.figures_credit import (
    audit_figures,
    counterpart_figures,
    external_figures,
    registration_state_figures,
    related_firm_figures,
)
from api.records.gateway.figures_trade import agency_figures, declaration_figures, field_figures, licence_figures
from api.records.gateway.rating import find_enterprise
from api.records.reader import Reader
from api.records.scope import Scope

GROUPS = (
    registration_state_figures, penalty_figures, payment_figures, registration_figures, obligation_figures,
    declaration_figures, field_figures, licence_figures, agency_figures, counterpart_figures, related_firm_figures,
    external_figures, audit_figures,
)  # fmt: skip


def list_figures(reader: Reader, scope: Scope, uscc: str, day: date) -> tuple[Figure, ...]:
    """Return every figure the records hold about an enterprise in reach; none for any other.

    A group whose table this installation lacks is left out: no figure is not the same as a figure of zero.
    """
    enterprise = find_enterprise(reader, scope, uscc)
    if enterprise is None:
        return ()
    figures: list[Figure] = []
    for group in GROUPS:
        try:
            figures.extend(tuple(group(reader, scope, enterprise, day)))
        except NotHeld:
            continue
    return tuple(figures)
