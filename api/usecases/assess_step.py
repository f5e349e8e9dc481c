"""A step of the conversation as a channel shows it, and as it comes back with the next message."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.text import Language, Text
from selfassess.walk import Prompt


@dataclass(frozen=True)
class Shown:
    """The step a person was looking at when writing: the item, the answers to it that were shown, the assessment."""

    at: str
    seen: str
    assessment_id: str = ""

    def written(self) -> str:
        """The step as a form carries it."""
        return f"{self.assessment_id}.{self.at}.{self.seen}"


def read_shown(written: str) -> Shown | None:
    """Return the step a form carried; None where it carried none."""
    parts = written.split(".")
    return Shown(parts[1], parts[2], parts[0]) if len(parts) == 3 and parts[0] else None


@dataclass(frozen=True)
class ChatReply:
    """What to say, then the step: an item, or ``ask`` with its choices. ``question`` is for the assistant first."""

    says: tuple[Text, ...] = ()
    prompt: Prompt | None = None
    ask: Text | None = None
    choices: tuple[Text, ...] = ()
    question: str = ""
    assessment_id: str = ""
    seen: str = ""

    @property
    def shown(self) -> Shown | None:
        """The step shown, to come back with the next message; None where there is none."""
        if self.prompt is None and self.ask is None or not self.assessment_id:
            return None
        return Shown((self.prompt.no if self.prompt else None) or "", self.seen, self.assessment_id)

    @property
    def steering(self) -> tuple[Text, ...]:
        """What can be said beside an answer."""
        return () if self.prompt is None else self.prompt.steering

    @property
    def buttons(self) -> tuple[Text, ...]:
        """The answers on offer."""
        return self.choices if self.prompt is None else (*self.prompt.choices, *self.choices)

    def read(self, language: Language = "zh") -> str:
        """The reply as one message."""
        lines = [said.read(language) for said in self.says]
        if self.prompt is not None:
            lines.append(self.prompt.read(language))
        if self.ask is not None:
            lines.append(self.ask.read(language))
        if self.choices:
            lines.append((" ｜ " if language == "zh" else " | ").join(choice.read(language) for choice in self.choices))
        return "\n".join(lines)
