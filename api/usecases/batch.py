"""Answer one line of a file of questions. Whatever stands in a line, one line comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from api.errors import BadInput
from api.usecases.answer import as_json
from api.usecases.question import QuestionIn, problem_of
from assistant.models import Answer

_FIELDS = ("question", "on", "history", "language")
# JSON allows these in a text, but many programs take them for the end of a line.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_BROKEN = BadInput("这一行有损坏的字符，不是UTF-8文本。", "This line holds broken characters: it is not UTF-8 text.")
_UNREADABLE = BadInput(
    '这一行不能识别，请写成{"question": "…"}这样的JSON。',
    'This line cannot be read: write it as JSON like {"question": "…"}.',
)


def answered_line(line: bytes, answer: Callable[[QuestionIn], Answer], today: date) -> bytes:
    """Return the answer to a line as a line; one that cannot be used gets a polite answer that says why."""
    row, problem = _read(line)
    said = _polite(problem, today) if problem else _answer(row, answer, today)
    written = json.dumps({"id": row.get("id"), **as_json(said)}, ensure_ascii=False)
    return written.translate(_LINE_ENDS).encode() + b"\n"


def _read(line: bytes) -> tuple[dict[str, Any], BadInput | None]:
    """The object in a line; of a line with broken characters only its id is trusted."""
    text = line.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    try:
        # Unlike the standard library it refuses NaN, half characters and endless nesting.
        row = from_json(text, allow_inf_nan=False)
    except ValueError:
        return {}, _UNREADABLE
    if not isinstance(row, dict):
        return {}, _UNREADABLE
    return row, _BROKEN if _is_broken(line) else None


def _is_broken(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return True
    return False


def _answer(row: dict[str, Any], answer: Callable[[QuestionIn], Answer], today: date) -> Answer:
    fields = {name: row[name] for name in _FIELDS if row.get(name) is not None}
    try:
        return answer(QuestionIn.model_validate(fields))
    except ValidationError as error:
        return _polite(problem_of(error.errors()[0]), today)


def _polite(problem: BadInput, today: date) -> Answer:
    return Answer("clarify", today, "zh-Hans", f"{problem.zh} {problem.en}")
