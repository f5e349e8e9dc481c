"""How long the bridge waits for what. Tests use short times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Timing:
    """Times in seconds. ``repeats_for`` is how long a platform may repeat a callback it got no answer to."""

    lease: float = 10.0
    renew_every: float = 2.0
    sweep_every: float = 1.0
    sweep_least: float = 0.05  # between two sweeps, however much is going on: each takes up what came meanwhile
    look_every: float = 0.1
    repeats_for: float = 20.0
    bot_lease: float = 30.0
    ping_every: float = 30.0
    reconnect_least: float = 1.0
    reconnect_most: float = 30.0
    kicked_for: float = 60.0
    slow: float = 0.1  # storing a message takes longer than this: computing steps back

    @property
    def lease_length(self) -> timedelta:
        """How long a worker has to renew before another takes its message."""
        return timedelta(seconds=self.lease)

    @property
    def repeats_length(self) -> timedelta:
        """How long a repetition may fetch an answer before it is sent."""
        return timedelta(seconds=self.repeats_for)
