"""The web application: pages, the JSON API, and how errors look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api.bootstrap import Parts
from api.routes import ask, health
from api.settings import read_settings
from assistant.answering import Assistant
from knowledge.models import Provision
from web.errors import install_error_pages
from web.pages import chat, documents
from web.security import SecurityHeaders, SizeLimit

STATIC = Path(__file__).with_name("static")


def create() -> FastAPI:
    """Build the application from the settings; used by `credit-assistant serve`."""
    parts = Parts(read_settings())
    return create_app(parts.assistant, parts.provisions)


def create_app(assistant: Assistant, provisions: list[Provision], clock: Callable[[], date] = date.today) -> FastAPI:
    """Build the application from its parts; tests pass their own clock."""
    app = FastAPI(title="海关信用培育助手 Customs credit cultivation assistant", docs_url=None, redoc_url=None)
    app.state.assistant = assistant
    app.state.provisions = provisions
    app.state.documents = {provision.document.id: provision.document for provision in provisions}
    app.state.clock = clock
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(SizeLimit)
    install_error_pages(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (ask.router, health.router, chat.router, documents.router):
        app.include_router(router)
    return app
