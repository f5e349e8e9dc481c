"""The application served on a free loopback port, and the browser that visits it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Even if a page asked for it, no name is resolved and nothing but loopback is reached.
CHROMIUM_ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
SECONDS_TO_START = 20


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application while the block runs; give its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, ws="none", loop="asyncio", lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _wait(server)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(timeout=SECONDS_TO_START)


def _wait(server: uvicorn.Server) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the server did not start")
        time.sleep(0.02)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium while the block runs."""
    # Chromium refuses its sandbox to root, which containers usually are.
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, *sandbox])
        yield browser
        browser.close()
