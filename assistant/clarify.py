"""Ask back when a question is too short to know what is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.text import Language

PATH = Path(__file__).with_name("clarify.yaml")
_PUNCTUATION = re.compile(r"[\s，。？！、；：,.?!;:~…“”\"'()（）]+")
_COURTESY = re.compile(
    r"^(请问|你好|您好|想问一下|问一下|那么|那|我想问|咨询一下|麻烦问下)+(?=.)|(呢|啊|呀|吧|哦|嘛|了|的)+$"
)


@dataclass(frozen=True)
class Clarification:
    """What to ask back, and the questions offered as choices."""

    prompt: str
    choices: tuple[str, ...]


class Clarifier:
    """Knows which bare questions can mean several things."""

    def __init__(self, path: Path = PATH) -> None:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self._entries = [(re.compile(entry["pattern"], re.I), entry) for entry in raw]

    def needed(self, text: str, language: Language) -> Clarification | None:
        """Return what to ask back for a cleaned, simplified question, or None when it is clear enough."""
        plain = _PUNCTUATION.sub(" " if language == "en" else "", text).strip()
        plain = _COURTESY.sub("", _COURTESY.sub("", plain)) or plain
        for pattern, entry in self._entries:
            if pattern.fullmatch(plain):
                side = "en" if language == "en" else "zh"
                return Clarification(entry[side], tuple(entry[f"choices_{side}"]))
        return None

    def general(self, language: Language) -> Clarification:
        """The last entry: where to start."""
        entry = self._entries[-1][1]
        side = "en" if language == "en" else "zh"
        return Clarification(entry[side], tuple(entry[f"choices_{side}"]))
