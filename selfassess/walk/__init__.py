"""The walk through a standard item by item: one question at a time, interrupted and resumed anywhere.

`view_of` and `start` begin it, `prompt` shows the step, `hear` takes a message, `write_walk` and `read_walk` keep it
between two messages, `merge` takes over answers given elsewhere.
"""

from __future__ import annotations

from selfassess.walk.file import read_walk, write_walk
from selfassess.walk.hearing import Heard, Recorded, hear
from selfassess.walk.prompt import Prompt, prompt
from selfassess.walk.state import View, Walk, merge, start, view_of

__all__ = [
    "Heard",
    "Prompt",
    "Recorded",
    "View",
    "Walk",
    "hear",
    "merge",
    "prompt",
    "read_walk",
    "start",
    "view_of",
    "write_walk",
]
