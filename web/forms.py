"""What form pages share: the session's cookie, where to go next, and a problem shown beside the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.auth.access import is_https, session_cookie, visit_cookie
from api.db import KeepsWork
from api.errors import AppError, BadInput, Conflict, NotFound, NotSignedIn

T = TypeVar("T")
BESIDE_THE_FORM = (BadInput, Conflict, NotFound, NotSignedIn)


@dataclass(frozen=True, slots=True)
class Tried(Generic[T]):
    """What a form led to: a result, or the problem to show beside it."""

    result: T | None
    problem: AppError | None

    @property
    def status(self) -> int:
        """The status of the page that shows it."""
        return self.problem.status if self.problem else 200


def tried(action: Callable[[], T], session: Session | None = None) -> Tried[T]:
    """Do what a form asked for. A problem of the input takes the work back and is shown beside the form."""
    try:
        return Tried(action(), None)
    except BESIDE_THE_FORM as problem:
        if session is not None and not isinstance(problem, KeepsWork):
            session.rollback()
        return Tried(None, problem)


def see(address: str) -> RedirectResponse:
    """Send the browser to a page after a form was accepted."""
    return RedirectResponse(address, status_code=303)


def local(address: str, otherwise: str = "/") -> str:
    """Return a path on this site, whatever was sent: never another host."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_path and len(address) <= 500 else otherwise


def give_session(request: Request, response: Response, token: str) -> None:
    """Put the session's token into the browser; the visitor's cookie is not needed any more."""
    response.set_cookie(
        session_cookie(request), token, path="/", httponly=True, samesite="lax", secure=is_https(request)
    )
    response.delete_cookie(visit_cookie(request), path="/", httponly=True, samesite="lax", secure=is_https(request))


def take_session(request: Request, response: Response) -> None:
    """Take the session's token out of the browser."""
    response.delete_cookie(session_cookie(request), path="/", httponly=True, samesite="lax", secure=is_https(request))
