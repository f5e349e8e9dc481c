"""Who is asking, as read from the session, and which records that opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from api.records.scope import Scope


class Kind(StrEnum):
    """The kinds of people who sign in."""

    ENTERPRISE = "enterprise"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Kind.COORDINATOR, Kind.OFFICER})
NEED_SECOND_FACTOR = frozenset({Kind.OFFICER, Kind.ADMINISTRATOR})
KIND_NAMES = {
    Kind.ENTERPRISE: "企业用户",
    Kind.COORDINATOR: "企业协调员",
    Kind.OFFICER: "关员",
    Kind.ADMINISTRATOR: "管理员",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """The person behind a request. Without ``kind`` it is a visitor.

    ``complete`` is false as long as a second factor is outstanding; until then nothing is open.
    """

    kind: Kind | None = None
    account_id: str = ""
    sign_in_id: str = ""
    sign_in_name: str = ""
    display_name: str = ""
    usccs: tuple[str, ...] = ()
    first_of: frozenset[str] = frozenset()
    uscc: str = ""
    coordinator: str = ""
    customs: str = ""
    has_second_factor: bool = False
    complete: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether a session stands behind the request, complete or not."""
        return self.kind is not None

    @property
    def is_staff(self) -> bool:
        """Whether the person reads others' records as coordinator or officer."""
        return self.complete and self.kind in STAFF

    @property
    def may_invite(self) -> bool:
        """Whether the person is the first user of the enterprise chosen."""
        return self.complete and bool(self.uscc) and self.uscc in self.first_of


VISITOR = Identity()
CONSOLE = Identity(sign_in_name="console")  # whoever may run the command line of the installation


def scope_of(who: Identity, today: date) -> Scope:
    """Return the records a person reaches today; whatever is unclear reaches nothing."""
    if not who.signed_in:
        return Scope.public()
    if not who.complete:
        return Scope.nothing()
    if who.kind is Kind.ENTERPRISE:
        return Scope.of_enterprises([who.uscc]) if who.uscc in who.usccs else Scope.nothing()
    if who.kind is Kind.COORDINATOR:
        return Scope.of_coordinator(who.coordinator, today)
    if who.kind is Kind.OFFICER:
        return Scope.of_customs(who.customs)
    return Scope.public()  # an administrator keeps accounts and reads no records
