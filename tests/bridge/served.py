"""A worker process for tests and for the load measurement: the real routes and bridge, an answer that only waits."""

from __future__ import annotations

import json
import os
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx2
from fastapi import FastAPI

from api.auth.keys import Keys
from api.bridge.bridge import Bridge, Ground
from api.bridge.timing import Timing
from api.db import open_database
from api.logs import configure_logs
from api.routes import hooks
from tests.bridge.bench import OA, Script, ScriptedTalk, account
from tests.services import SECRET, make_services

SETTINGS = "BRIDGE_SERVED"
READY = "ready-"  # begins the name of what a whole worker leaves in its folder once it has been built


class WaitingTalk(ScriptedTalk):
    """Answers after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(Script())
        self.seconds = seconds

    def ask(self, question: str) -> str:
        """Wait, then repeat the question."""
        time.sleep(self.seconds)
        return f"答：{question}"


def create() -> FastAPI:
    """Build the application from one environment variable."""
    given: dict[str, Any] = json.loads(os.environ[SETTINGS])
    configure_logs(given.get("log_level", "warning"), as_json=True)
    ground = Ground(open_database(given["database"]), Keys(SECRET), lambda: datetime.now(UTC), httpx2.Client())
    chosen = account(OA, api_base=given["api_base"], passive_seconds=given.get("passive_seconds", 4.0))
    timing = Timing(**given.get("timing", {}))
    bridge = Bridge([chosen], ground, lambda _, __: WaitingTalk(given["seconds"]), timing)

    @asynccontextmanager
    async def bridging(_: FastAPI) -> Any:
        bridge.start()
        yield
        bridge.stop()

    if given.get("whole"):
        return whole(bridge)
    app = FastAPI(lifespan=bridging)
    app.state.bridge = bridge
    app.include_router(hooks.router)
    return app


def whole(bridge: Bridge) -> FastAPI:
    """The application as it is served, without a knowledge base: for measuring."""
    from web.app import create_app

    folder = Path(os.environ["TMPDIR"])
    services = make_services(folder, database=bridge.ground.database)
    app = create_app(cast(Any, None), [], services=services, bridge=bridge)
    (folder / f"{READY}{os.getpid()}").touch()
    return app
