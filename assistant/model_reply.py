"""Read what a model wrote: sentences with their marks, or questions; as JSON or as plain lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.model_faults import Drafted

MAX_REPLY = 8000
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.S | re.I)
_MARK = r"[\[［【〔]\s*[0-9]{1,2}(?:\s*[,，、]\s*[0-9]{1,2})*\s*[\]］】〕]"
_TOKEN = re.compile(
    rf"(?P<mark>{_MARK})|(?P<end>[。！？!?\n]|(?<!\bNo)(?<!\bNos)(?<!\bart)\.(?=\s|$|[\[【]))|(?P<text>.)", re.S
)
_MAY_COMPLETE = re.compile(r"[。！？!?.\n}]")
_BEHIND = 40  # marks and the beginning of the next sentence stand behind the end of one
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
    return [sentence for listed in found for sentence in _with_marks(listed)]


class Unfolding:
    """Tells each sentence of a reply once it is complete, while the rest is still being written."""

    def __init__(self, tell: Callable[[Drafted], None]) -> None:
        self._tell = tell
        self._told: set[str] = set()
        self._read = 0

    def heard(self, reply: str) -> None:
        """Take the reply as far as it has come; after a second attempt it begins anew."""
        begun = max(0, self._read - _BEHIND) if len(reply) >= self._read else 0
        if not _MAY_COMPLETE.search(reply, begun):
            return
        self._read = len(reply)
        for sentence in complete_sentences(reply):
            if sentence.text not in self._told:
                self._told.add(sentence.text)
                self._tell(sentence)


def complete_sentences(reply: str) -> list[Drafted]:
    """Return the sentences of an unfinished reply that nothing more can be added to."""
    plain = _THOUGHT.sub("", reply[:MAX_REPLY])
    if "{" in plain:
        return [sentence for listed in _listed_in(plain) for sentence in _with_marks(listed)]
    found = _marked_sentences(plain)
    return found if plain.endswith("\n") else found[:-1]


def _listed_in(text: str) -> list[_Sentence]:
    """The whole objects of a list of sentences that may not be closed yet."""
    found: list[_Sentence] = []
    decoder = json.JSONDecoder()
    at = text.find("{", text.find("[", text.find('"sentences"')) + 1) if '"sentences"' in text else -1
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
            found.append(_Sentence.model_validate(value))
        except (ValueError, RecursionError):
            break
        at = text.find("{", end)
    return found


def _with_marks(listed: _Sentence) -> list[Drafted]:
    parts = _marked_sentences(listed.text)
    return [Drafted(part.text, tuple(dict.fromkeys((*listed.marks, *part.marks)))) for part in parts]


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
