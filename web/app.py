"""The web application: pages, the JSON API, and how errors look."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api.auth.access import list_doors
from api.auth.cookie_reader import WhoIsAsking
from api.bootstrap import Parts
from api.library import Edition, FixedLibrary, Library
from api.logs import configure_logs
from api.routes import (
    ask,
    assessment_chat,
    assessment_evidence,
    assessment_results,
    assessment_review,
    assessments,
    health,
    hooks,
    metrics,
    publication,
    records,
    review_work,
    session,
)
from api.services import Services
from api.settings import read_settings
from api.usecases.desk.versions import note_versions
from assistant.answering import Assistant
from knowledge.models import Provision
from web.errors import install_error_pages
from web.pages import (
    accounts,
    admin_audit,
    admin_draft,
    admin_index,
    admin_settings,
    admin_texts,
    assess,
    assess_carry,
    assess_evidence,
    assess_finance,
    assess_form,
    assess_plan,
    assess_result,
    assess_submission,
    benefits,
    binding_codes,
    board,
    calendar,
    channels,
    chat,
    conversation,
    desk,
    desk_broadcasts,
    desk_conversations,
    desk_policy,
    desk_replies,
    display,
    documents,
    enterprise_users,
    enterprises,
    feedback,
    gallery,
    home,
    join,
    learning,
    monitoring,
    objections,
    own_account,
    provider,
    published,
    quality,
    reasons,
    review_decision,
    review_items,
    review_numbers,
    reviews,
    second_factor,
    session_desk,
    sessions,
    sign_in,
    status,
)
from web.request_log import RequestLog
from web.security import SecurityHeaders, SizeLimit

if TYPE_CHECKING:  # without channels nothing of them is loaded
    from api.bridge.bridge import Bridge

DOORS = (
    ask,
    health,
    metrics,
    session,
    records,
    hooks,
    publication,
    assessments,
    assessment_results,
    assessment_evidence,
    assessment_chat,
    assessment_review,
    review_work,
)
PAGES = (
    channels,
    chat,
    feedback,
    board,
    quality,
    conversation,
    desk,
    desk_broadcasts,
    desk_conversations,
    desk_policy,
    desk_replies,
    display,
    documents,
    sign_in,
    provider,
    second_factor,
    join,
    own_account,
    enterprise_users,
    accounts,
    admin_index,
    admin_texts,
    admin_draft,
    admin_audit,
    admin_settings,
    assess,
    assess_carry,
    assess_evidence,
    assess_finance,
    assess_form,
    assess_plan,
    assess_result,
    assess_submission,
    binding_codes,
    review_numbers,  # before the pages of a version, whose addresses would hold it
    reviews,
    review_items,
    review_decision,
    reasons,
    status,
    enterprises,
    published,
    objections,
    monitoring,
    benefits,
    home,
    calendar,
    sessions,
    session_desk,
    learning,
)
STATIC = Path(__file__).with_name("static")


def create() -> FastAPI:
    """Build the application from the settings; used by `credit-assistant serve`."""
    settings = read_settings()
    configure_logs(settings.log_level, as_json=settings.mode == "production")
    parts = Parts(settings)
    library = parts.library
    app = create_app(parts.assistant, parts.provisions, services=parts.services, bridge=parts.bridge, library=library)
    keep_loaded()
    return app


def keep_loaded() -> None:
    """Take what is loaded by now out of garbage collection: it stays, and a walk over it stops everybody for 0.4 s."""
    gc.collect()
    gc.freeze()


def create_app(
    assistant: Assistant,
    provisions: list[Provision],
    clock: Callable[[], date] = date.today,
    *,
    services: Services,
    bridge: Bridge | None = None,
    library: Library | None = None,
) -> FastAPI:
    """Build the application from its parts; tests pass their own clock. Without ``library`` nothing is exchanged.

    Raises `Unclassified` for a route that does not say whom it is open to.
    """
    title = "海关信用培育助手 Customs credit cultivation assistant"
    app = FastAPI(title=title, docs_url=None, redoc_url=None, lifespan=_bridging)
    app.state.library = library or FixedLibrary(Edition(0, provisions, assistant))
    app.state.clock = clock
    app.state.services = services
    app.state.bridge = bridge
    app.add_middleware(hooks.CallbackDoor)
    app.add_middleware(WhoIsAsking)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(SizeLimit)
    app.add_middleware(RequestLog)
    install_error_pages(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for module in (*DOORS, *PAGES):
        app.include_router(module.router)
    if services.demo:
        app.include_router(gallery.router)
    list_doors(app)
    return app


@asynccontextmanager
async def _bridging(app: FastAPI) -> AsyncIterator[None]:
    """Note which provisions are served, and let the bridge work as long as the application runs."""
    await run_in_threadpool(note_versions, app.state.services, app.state.library.current().provisions)
    bridge: Bridge | None = app.state.bridge
    if bridge is not None:
        bridge.start()
    yield
    if bridge is not None:
        await run_in_threadpool(bridge.stop)
