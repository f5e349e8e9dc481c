"""GET /api/v1/session: who is signed in, and the token that changes have to carry."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.auth.access import EVERYONE, open_to
from api.auth.csrf import HEADER, new_csrf
from api.auth.identity import Kind
from api.deps import IdentityDep, ServicesDep

router = APIRouter(prefix="/api/v1", tags=["session"], dependencies=[open_to(*EVERYONE)])


class SessionOut(BaseModel):
    """The person behind the cookie, if any."""

    signed_in: bool
    complete: bool = Field(description="false while the second factor is outstanding")
    kind: Kind | None
    name: str
    enterprise: str = Field(description="the unified social credit code of the enterprise chosen")
    csrf: str = Field(description=f"send it back in the header {HEADER} with every change; empty for visitors")


@router.get("/session")
def get_session(who: IdentityDep, services: ServicesDep) -> SessionOut:
    """Say who is signed in."""
    return SessionOut(
        signed_in=who.signed_in,
        complete=who.complete,
        kind=who.kind,
        name=who.display_name,
        enterprise=who.uscc if who.complete else "",
        csrf=new_csrf(services.keys, who.sign_in_id) if who.signed_in else "",
    )
