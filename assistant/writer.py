"""What the assistant asks of a language model: text for a prompt, or that there is none."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.model_counters import ModelCounters
from assistant.prompt import Prompt


class WriterAway(Exception):
    """Nothing usable came back in time; ``reason`` is counted, never shown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Written:
    """A model's reply, the model's name and the digest of the prompt."""

    text: str
    model: str
    prompt: str


Heard = Callable[[str], None]


class Writer(Protocol):
    """Something that writes, such as `assistant.llm.LanguageModel`."""

    name: str
    counters: ModelCounters

    @property
    def is_left_alone(self) -> bool:
        """Whether it is not asked for a while because it keeps failing."""
        ...

    def write(self, prompt: Prompt, heard: Heard | None = None) -> Written:
        """Return what was written; ``heard`` is given what there is as it grows. Raises `WriterAway`."""
        ...


REMEMBERED = 500


class RememberingWriter:
    """A `Writer` that is not asked the same thing twice: a page shows earlier answers of its conversation again."""

    def __init__(self, writer: Writer, size: int = REMEMBERED) -> None:
        self.name = writer.name
        self.counters = writer.counters
        self._writer = writer
        self._size = size
        self._written: OrderedDict[str, Written] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def is_left_alone(self) -> bool:
        """Whether the writer behind is not asked for a while."""
        return self._writer.is_left_alone

    def write(self, prompt: Prompt, heard: Heard | None = None) -> Written:
        """Return what was written for this prompt, now or before. Raises `WriterAway`."""
        with self._lock:
            known = self._written.get(prompt.digest)
            if known:
                self._written.move_to_end(prompt.digest)
        if known:
            if heard:
                heard(f"{known.text}\n")
            return known
        written = self._writer.write(prompt, heard)
        with self._lock:
            self._written[prompt.digest] = written
            while len(self._written) > self._size:
                self._written.popitem(last=False)
        return written
