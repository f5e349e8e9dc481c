"""What an error looks like to a program: one shape for whatever goes wrong, in both languages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field


class ProblemOut(BaseModel):
    """What went wrong."""

    code: str = Field(description="stable, for programs")
    zh: str
    en: str


class ErrorOut(BaseModel):
    """Every answer with a status of 400 or above."""

    error: ProblemOut


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Return the description of the errors that a route can answer with."""
    return {status.value: {"model": ErrorOut, "description": status.phrase} for status in statuses}
