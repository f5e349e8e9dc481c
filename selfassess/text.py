"""A sentence in both languages of the product."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["zh", "en"]


class Text(BaseModel):
    """One wording in Chinese and in English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def read(self, language: Language = "zh") -> str:
        """The wording in one language."""
        return self.en if language == "en" else self.zh


def text(zh: str, en: str) -> Text:
    """Short form for wording written in code."""
    return Text(zh=zh, en=en)
