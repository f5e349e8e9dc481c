"""One form for every line of the log, ours and the libraries': readable on a terminal, JSON in production."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

from api.redaction import redact

QUIET = ("httpx", "httpx2", "httpcore", "httpcore2", "chromadb", "alembic", "sqlalchemy.engine", "python_multipart")


def configure_logs(level: str, *, as_json: bool) -> None:
    """Send everything to standard error; whatever comes in, secrets are taken out last of all."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        # The level first: what is not wanted costs nothing more.
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = log_handler(shared, level, as_json=as_json)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def log_handler(shared: list[Any], level: str, *, as_json: bool) -> logging.Handler:
    """Return the handler that writes lines of a level and above, though a library chose a lower one for its own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log_formatter(shared, as_json=as_json))
    handler.setLevel(level.upper())
    return handler


def log_formatter(shared: list[Any], *, as_json: bool) -> logging.Formatter:
    """Return the formatter through which every line goes."""
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False)
    if as_json:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            renderer,
        ],
    )
