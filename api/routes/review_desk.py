"""What the doors of the review desk ask for: the desk, and the turn that a page showed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from api.auth.access import About, open_to
from api.auth.identity import Kind
from api.deps import ReaderDep, ScopeDep, ServicesDep, TodayDep, WorkDep
from api.usecases.review.desk import ReviewDesk

STAFF = (Kind.COORDINATOR, Kind.OFFICER)
TO_LIST = open_to(*STAFF)
TO_READ = open_to(*STAFF, about=About.SUBMISSION)
TO_DECIDE = open_to(Kind.OFFICER, about=About.SUBMISSION)


def get_review_desk(
    services: ServicesDep, work: WorkDep, reader: ReaderDep, scope: ScopeDep, today: TodayDep
) -> ReviewDesk:
    """The desk of the person."""
    return ReviewDesk(services, work, reader, scope, today)


ReviewDeskDep = Annotated[ReviewDesk, Depends(get_review_desk, scope="function")]
