"""What a question looks like as it arrives, and what is wrong with one that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator

from api.errors import BadInput
from knowledge.text import Language

MAX_QUESTION = 2000
MAX_TURNS = 20
# Outside these days a date is a slip or a clock that was never set (1970), not a question about a rule.
FIRST_DAY = date(1980, 1, 1)
LAST_DAY = date(2100, 12, 31)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_]{1,40}(?:\.[A-Za-z0-9_]{1,40}){0,4}")
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


def read_day(value: object) -> date:
    """Return a day written YYYY-MM-DD. Raises `ValueError`; numbers are refused, they are no dates."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        value = date.fromisoformat(value)
    if type(value) is not date or not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"must be a day from {FIRST_DAY} to {LAST_DAY}, written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, Field(max_length=MAX_QUESTION)]


class TurnIn(BaseModel):
    """An earlier question; what else came with it is not needed."""

    model_config = ConfigDict(extra="ignore")

    question: Text


class BriefTurnIn(BaseModel):
    """An earlier question under its short name."""

    model_config = ConfigDict(extra="ignore")

    q: Text


class UserMessageIn(BaseModel):
    """An earlier question as a chat message."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["user"]
    content: Text


class OtherMessageIn(BaseModel):
    """A chat message that the person did not write; it is left out."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["assistant", "system", "tool"]


AnyTurn = Text | TurnIn | BriefTurnIn | UserMessageIn | OtherMessageIn


class QuestionIn(BaseModel):
    """A question as it arrives."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    on: Day | None = Field(default=None, description="answer for this day, YYYY-MM-DD; today when absent")
    language: Language | None = Field(default=None, description="answer in this language, not that of the question")
    history: list[AnyTurn] = Field(
        default_factory=list, max_length=2 * MAX_TURNS, description="the conversation so far, oldest first"
    )

    @field_validator("history")
    @classmethod
    def _few_enough(cls, value: list[AnyTurn]) -> list[AnyTurn]:
        if len(_questions(value)) > MAX_TURNS:
            raise ValueError(f"at most {MAX_TURNS} earlier questions")
        return value

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier questions, oldest first."""
        return _questions(self.history)


def _questions(history: list[AnyTurn]) -> tuple[str, ...]:
    texts = []
    for turn in history:
        match turn:
            case str(text) | TurnIn(question=text) | BriefTurnIn(q=text) | UserMessageIn(content=text):
                texts.append(text)
    return tuple(texts)


def problem_of(problem: Mapping[str, Any], *, about_question: bool = True) -> BadInput:
    """Say in a sentence what is wrong, given one validation error of pydantic's."""
    path = [str(part) for part in problem["loc"] if part not in ("body", "query", "path")]
    field = path[0] if path else ""
    if not about_question and problem["type"] != "json_invalid":
        return _field_problem(".".join(path), str(problem["type"]))
    known = _PROBLEMS.get((field, str(problem["type"]))) or _PROBLEMS.get((field, ""))
    if problem["type"] == "json_invalid":
        known = _NOT_JSON
    if known:
        return BadInput(*known)
    if problem["type"] == "extra_forbidden" and _PLAIN_NAME.fullmatch(field):
        return BadInput(f"没有“{field}”这个字段。", f"There is no field {field} here.")
    return BadInput("请求中有不能识别的内容，请检查后重试。", "The request holds something that is not known here.")


def _field_problem(path: str, kind: str) -> BadInput:
    """Say which field of a body or address is wrong; names that are none of ours are not repeated."""
    if not _PLAIN_PATH.fullmatch(path):
        return BadInput("请求的内容不正确，请检查后重试。", "The content of the request is not valid.")
    if kind == "missing":
        return BadInput(f"缺少“{path}”。", f"The field {path} is missing.")
    if kind == "extra_forbidden":
        return BadInput(f"没有“{path}”这个字段。", f"There is no field {path} here.")
    return BadInput(f"“{path}”的内容不正确。", f"The field {path} is not valid.")


_NOT_JSON = ("请求不是有效的JSON。", "The request is not valid JSON.")
_PROBLEMS = {
    ("question", "string_too_long"): (
        f"问题太长，请缩短到{MAX_QUESTION}字以内。",
        f"The question is too long: at most {MAX_QUESTION} characters.",
    ),
    ("question", "string_unicode"): ("问题里有损坏的字符。", "The question holds broken characters."),
    ("question", ""): ("请输入问题。", "Please enter a question."),
    ("on", ""): (
        f"日期不正确，请写成2026-04-01这样的形式，{FIRST_DAY.year}年至{LAST_DAY.year}年。",
        f"The day is not valid: write it like 2026-04-01, between {FIRST_DAY.year} and {LAST_DAY.year}.",
    ),
    ("language", ""): (
        "语言不正确，可以是zh-Hans、zh-Hant、en。",
        "The language is not valid: it can be zh-Hans, zh-Hant or en.",
    ),
    ("history", ""): (
        f"此前的提问不正确：最多{MAX_TURNS}个，每个不超过{MAX_QUESTION}字。",
        f"The earlier questions are not valid: at most {MAX_TURNS}, each of at most {MAX_QUESTION} characters.",
    ),
    ("", ""): (
        "请发送一个JSON对象，其中有字段question。",
        "Please send a JSON object with the field question.",
    ),
}
