"""The parts that doors share besides the assistant: databases, keys, log, counters, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from api.auth.audit import Trail
from api.auth.keys import Keys
from api.auth.oidc import OidcClient
from api.auth.passwords import Passwords
from api.auth.throttle import Throttle
from api.db import Database
from api.records.reader import Records
from api.settings_readout import SettingRow
from api.usecases.board.shelf import Shelf


@dataclass(frozen=True)
class Services:
    """Made once per process by `bootstrap`; tests make their own.

    ``public_url`` is the address people type, when it differs from what a request says. ``oidc`` and
    ``records`` are None where the installation has none. Files of enterprises lie under ``files``.
    ``settings`` are the settings as administrators may see them.
    """

    database: Database
    records: Records | None
    keys: Keys
    trail: Trail
    passwords: Passwords
    throttle: Throttle
    now: Callable[[], datetime]
    files: Path
    public_url: str = ""
    oidc: OidcClient | None = None
    demo: bool = False
    settings: tuple[SettingRow, ...] = ()
    shelf: Shelf = field(default_factory=Shelf)
