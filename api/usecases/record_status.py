"""One enterprise's record: its own people read it at once, coordinators and officers after saying why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.auth.identity import Identity
from api.errors import NotFound
from api.records.gateway.cluster import Cluster, find_cluster
from api.records.gateway.rating import Enterprise
from api.records.gateway.status import StatusPage, find_status
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from api.usecases.record_reading import enterprise_in_reach, note_reading


@dataclass(frozen=True, slots=True)
class Related:
    """An enterprise and those connected with it."""

    enterprise: Enterprise
    cluster: Cluster


def read_status(services: Services, reader: Reader, scope: Scope, who: Identity, uscc: str, today: date) -> StatusPage:
    """Return everything the records say about an enterprise in reach. Raises `NotFound`, `ReasonNeeded`."""
    if who.is_staff:
        # Who is not in reach must look like who does not exist, so reach comes before the reason.
        enterprise_in_reach(reader, scope, who, uscc)
        note_reading(services, who, uscc, "status")
    found = find_status(reader, scope, uscc, today)
    if found is None:
        raise _nothing()
    return found


def read_related(services: Services, reader: Reader, scope: Scope, who: Identity, uscc: str, today: date) -> Related:
    """Return the enterprises connected with one in reach of coordinator or officer.

    Raises `NotAllowed`, `NotFound`, `ReasonNeeded`.
    """
    enterprise = enterprise_in_reach(reader, scope, who, uscc)
    note_reading(services, who, uscc, "related")
    cluster = find_cluster(reader, scope, uscc, today)
    if cluster is None:
        raise _nothing()
    return Related(enterprise, cluster)


def _nothing() -> NotFound:
    return NotFound("没有这家企业的记录。", "There is no record of this enterprise.")
