"""One exchange as events: `open` with the question, `part` per statement, `close` with the sources.

Without a model the answer is there at once. With one, each sentence is sent as soon as it is proved, while the
model still writes; the last event holds the whole answer, with what was dropped replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import SimpleQueue

from fastapi import Request
from sse_starlette import ServerSentEvent

from assistant.answering import Tell
from web.exchange import Exchange
from web.views import render


def whole(request: Request, exchange: Exchange) -> Iterator[ServerSentEvent]:
    """Send an exchange that is there."""
    yield _event(request, "open", exchange)
    if exchange.answer is not None:
        for position in range(len(exchange.answer.statements)):
            yield ServerSentEvent(
                render(request, "chat/part.html", {"exchange": exchange, "position": position}), event="part"
            )
    yield _event(request, "close", exchange)


def as_it_comes(request: Request, asked: Exchange, answer: Callable[[Tell], Exchange]) -> Iterator[ServerSentEvent]:
    """Send proved sentences while the answer is being made, then all of it."""
    yield _event(request, "open", asked)
    told: SimpleQueue[str | None] = SimpleQueue()
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        made = pool.submit(copy_context().run, answer, told.put)
        made.add_done_callback(lambda _: told.put(None))
        while (sentence := told.get()) is not None:
            yield ServerSentEvent(render(request, "chat/told.html", {"sentence": sentence}), event="part")
        yield _event(request, "close", made.result())
    finally:
        pool.shutdown(wait=False)


def _event(request: Request, name: str, exchange: Exchange) -> ServerSentEvent:
    template = "chat/open.html" if name == "open" else "chat/exchange.html"
    return ServerSentEvent(render(request, template, {"exchange": exchange}), event=name)
