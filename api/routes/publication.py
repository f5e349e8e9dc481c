"""GET /api/v1/published…: what anyone may look up, without signing in."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.auth.access import EVERYONE, open_to
from api.auth.throttle import Rate
from api.deps import ReaderDep, TodayDep, counted_use
from api.records.gateway.publication import (
    DirectoryEntry,
    PublishedLicence,
    PublishedMeasure,
    PublishedPenalty,
    PublishedRating,
    PublishedRecord,
    PublishedRegistration,
)
from api.records.gateway.publication_limits import PublicationEnd
from api.records.gateway.search import Found
from api.routes.problems import problems
from api.usecases.published import LONGEST, ListedEnterprise, read_directory, read_published, search

REFUSALS = problems(HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
router = APIRouter(
    prefix="/api/v1/published",
    tags=["published"],
    responses=REFUSALS,
    dependencies=[open_to(*EVERYONE), counted_use(Rate.SEARCH)],
)


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class PublicSearchOut(_Out):
    """Enterprises that were found; ``more`` says that others match too."""

    enterprises: tuple[Found, ...]
    more: bool


class DirectoryOut(_Out):
    """A page of a directory."""

    entries: tuple[ListedEnterprise, ...]
    next: str | None = Field(description="pass it as `after` for the next page; null on the last one")


class PublishedPenaltyOut(_Out):
    """A penalty under publication and when its publication ends."""

    record: PublishedPenalty
    publication: PublicationEnd


class PublishedOut(_Out):
    """Everything under publication about one enterprise."""

    on: date
    registration: PublishedRegistration
    level: PublishedRating | None
    directories: tuple[DirectoryEntry, ...]
    licences: tuple[PublishedLicence, ...]
    penalties: list[PublishedPenaltyOut]
    measures: tuple[PublishedMeasure, ...]


@router.get("")
def get_found(
    reader: ReaderDep,
    today: TodayDep,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST)],
    directory: Annotated[str, Query(max_length=LONGEST)] = "",
) -> PublicSearchOut:
    """Search by name part, unified social credit code or customs code, within a directory if one is named."""
    found = search(reader, q, directory, today)
    return PublicSearchOut(enterprises=found, more=found.truncated)


@router.get("/directories/{directory}")
def get_directory(
    reader: ReaderDep, today: TodayDep, directory: str, after: Annotated[str, Query(max_length=LONGEST)] = ""
) -> DirectoryOut:
    """A page of a directory in the order of credit codes."""
    listed = read_directory(reader, directory, today, after)
    return DirectoryOut(entries=listed, next=listed[-1].entry.uscc if listed.truncated else None)


@router.get("/{uscc}")
def get_published(reader: ReaderDep, today: TodayDep, uscc: str) -> PublishedOut:
    """What is published about one enterprise."""
    return _out(read_published(reader, uscc, today), today)


def _out(found: PublishedRecord, day: date) -> PublishedOut:
    return PublishedOut(
        on=day,
        registration=found.registration,
        level=found.rating,
        directories=found.directories,
        licences=found.licences,
        penalties=[PublishedPenaltyOut(record=one, publication=one.publication_end(day)) for one in found.penalties],
        measures=found.measures,
    )
