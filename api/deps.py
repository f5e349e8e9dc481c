"""What a route can ask for: the person, what the person may read, the transaction, the records, the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.auth.access import READING, who_is
from api.auth.identity import Identity, scope_of
from api.auth.throttle import Rate, TooOften
from api.auth.work import Browser, Work
from api.errors import NotReady, RecordsAway, TooMany
from api.library import Edition, Library
from api.records.errors import RecordsUnavailable
from api.records.reader import Reader
from api.records.scope import Scope
from api.services import Services
from assistant.answering import Assistant


def edition_of(request: Request) -> Edition:
    """The edition of the library this request is answered with, from beginning to end."""
    held: Edition | None = getattr(request.state, "edition", None)
    if held is None:
        library: Library = request.app.state.library
        held = request.state.edition = library.current()
    return held


def assistant_of(request: Request) -> Assistant:
    """The assistant over the edition in use."""
    return edition_of(request).assistant


def today_of(request: Request) -> date:
    """The calendar day; tests set the clock."""
    day: date = request.app.state.clock()
    return day


def services_of(request: Request) -> Services:
    """The shared parts of this application."""
    services: Services = request.app.state.services
    return services


def scope_for(request: Request) -> Scope:
    """The records the person may read today: pass it to every query."""
    return scope_of(who_is(request), today_of(request))


def get_session(request: Request) -> Iterator[Session]:
    """One request, one transaction: reading for GET, writing otherwise; committed before the answer is sent."""
    database = services_of(request).database
    with database.reading() if request.method in READING else database.writing() as session:
        yield session


def get_reader(request: Request) -> Iterator[Reader]:
    """The shared records. Raises `NotReady` where there are none, `RecordsAway` where they do not answer."""
    records = services_of(request).records
    if records is None:
        raise NotReady("还没有接入记录数据库。", "The records database is not connected.")
    try:
        with records.reader() as reader:
            yield reader
    except RecordsUnavailable as error:
        raise RecordsAway from error


def browser_of(request: Request) -> Browser:
    """Where the request came from."""
    address = request.client.host if request.client else ""
    return Browser(request.headers.get("user-agent", ""), address)


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
ReaderDep = Annotated[Reader, Depends(get_reader, scope="function")]
ServicesDep = Annotated[Services, Depends(services_of)]
IdentityDep = Annotated[Identity, Depends(who_is)]
ScopeDep = Annotated[Scope, Depends(scope_for)]
BrowserDep = Annotated[Browser, Depends(browser_of)]
EditionDep = Annotated[Edition, Depends(edition_of)]
AssistantDep = Annotated[Assistant, Depends(assistant_of)]
TodayDep = Annotated[date, Depends(today_of)]


def get_work(session: SessionDep, services: ServicesDep, who: IdentityDep) -> Work:
    """The transaction together with who acts and when, for a use case."""
    return Work(session, who, services.now(), services.keys, services.trail, services.passwords)


WorkDep = Annotated[Work, Depends(get_work, scope="function")]


def counted_use(rate: Rate, only_with: str = "") -> Any:
    """Count every request of a route as one question or search; put it among the route's dependencies.

    ``only_with`` names a query parameter without which nothing is asked.
    """

    def count(request: Request, services: ServicesDep, who: IdentityDep, browser: BrowserDep) -> None:
        if only_with and not request.query_params.get(only_with):
            return
        try:
            services.throttle.count_use(rate, who.account_id, browser.address)
        except TooOften as error:
            raise TooMany(error.seconds) from error

    return Depends(count)


def counted_attempt(rate: Rate, key: Callable[[Identity, Browser], str]) -> Any:
    """Count every request of a route as one attempt at something guarded, before its transaction begins."""

    def count(services: ServicesDep, who: IdentityDep, browser: BrowserDep) -> None:
        try:
            services.throttle.count(rate, key(who, browser))
        except TooOften as error:
            raise TooMany(error.seconds) from error

    return Depends(count)
