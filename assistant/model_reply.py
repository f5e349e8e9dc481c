"""Read what a model wrote: sentences with their marks, or questions; as JSON or as plain lines."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.model_faults import Drafted

MAX_REPLY = 8000
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.S | re.I)
_MARK = r"[\[［【〔]\s*[0-9]{1,2}(?:\s*[,，、]\s*[0-9]{1,2})*\s*[\]］】〕]"
_TOKEN = re.compile(
    rf"(?P<mark>{_MARK})|(?P<end>[。！？!?\n]|(?<!\bNo)(?<!\bNos)(?<!\bart)\.(?=\s|$|[\[【]))|(?P<text>.)", re.S
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|[0-9]{1,2}[.、)](?![0-9])|[（(][0-9]{1,2}[)）])\s*")
_NUMBER = re.compile(r"[0-9]{1,2}")


class _Sentence(BaseModel):
    text: str
    marks: list[int] = []


class _Sentences(BaseModel):
    sentences: list[_Sentence]


class _Questions(BaseModel):
    questions: list[str]


FORMS: dict[str, type[BaseModel]] = {"sentences": _Sentences, "questions": _Questions}


def sentences_of(reply: str) -> list[Drafted]:
    """Return the sentences of a reply, each with the marks in or behind it."""
    plain = _THOUGHT.sub("", reply[:MAX_REPLY])
    value = _json_in(plain)
    try:
        found = _Sentences.model_validate(value).sentences
    except ValidationError:
        return _marked_sentences(plain)
    parts = [(part, tuple(s.marks)) for s in found for part in _marked_sentences(s.text)]
    return [Drafted(part.text, tuple(dict.fromkeys((*marks, *part.marks)))) for part, marks in parts]


def questions_of(reply: str) -> list[str]:
    """Return the questions of a reply."""
    plain = _THOUGHT.sub("", reply[:MAX_REPLY])
    try:
        found = _Questions.model_validate(_json_in(plain)).questions
    except ValidationError:
        found = plain.splitlines()
    return [line for text in found if (line := _BULLET.sub("", text).strip())]


def _json_in(text: str) -> Any:
    """The object between the first and the last brace, or None."""
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end:
        return None
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None


def _marked_sentences(text: str) -> list[Drafted]:
    found: list[Drafted] = []
    words: list[str] = []
    marks: list[int] = []
    ended = False

    def close() -> None:
        sentence = _BULLET.sub("", "".join(words)).strip()
        if any(character.isalnum() for character in sentence):
            found.append(Drafted(sentence, tuple(dict.fromkeys(marks))))
        words.clear()
        marks.clear()

    for token in _TOKEN.finditer(text):
        if token["mark"]:
            marks.extend(map(int, _NUMBER.findall(token["mark"])))
            continue
        if ended and (token["end"] is None or token["end"] == "\n") and (token["text"] or "").strip():
            close()
            ended = False
        if token["end"]:
            if not ended:
                words.append(token["end"] if token["end"] != "\n" else "")
            ended = ended or bool("".join(words).strip())
        elif not ended:
            words.append(token["text"])
    close()
    return found
