"""What one clause of a reply says: the requirement is kept or not, something is there or not, partly, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selfassess.replies import words

Topic = Literal["state", "event", "existence", "procedure", "record", "agreement"]


@dataclass(frozen=True)
class Signal:
    """One thing said. ``good`` is True, False, or None for partly.

    ``litotes`` is a denied negation (不是不达标): it rules the bad end out and says no more.
    """

    topic: Topic
    good: bool | None
    litotes: bool = False


_TOKEN = re.compile(
    "|".join(
        (
            rf"(?P<partly>{words.PARTLY.pattern})",
            rf"(?P<bad>不(?:符合|达标|合格|合规|满足)(?=(?:的)?(?:项|地方|情况|情形|条目|问题|之处|处|点|，|$))|{words.BAD})",
            rf"(?P<good>{words.GOOD})",
            rf"(?P<negation>{words.NEGATION})",
            rf"(?P<procedure>{words.PROCEDURE})",
            rf"(?P<record>{words.RECORD})",
            rf"(?P<agreement>{words.AGREEMENT})",
            rf"(?P<event>{words.EVENT})",
            rf"(?P<exists>{words.EXISTS})",
        )
    )
)
_EVIDENCE = ("procedure", "record", "agreement")
_STATE: list[Topic] = ["state"]
_EVENT: list[Topic] = ["event"]
_EXISTENCE: list[Topic] = ["existence"]
_RHETORICAL = "怎么可能"
_MOST_NEGATIONS = 3
"""Beyond this nobody means what parity says."""


@dataclass(frozen=True)
class _Token:
    kind: str
    written: str


def leftover(plain: str) -> int:
    """How many letters of the reply, words of English counted as two, no pattern accounts for."""
    rest = words.FILLER.sub(" ", _TOKEN.sub(" ", words.CONTRAST.sub(" ", plain)))
    return sum(2 if part.isascii() else len(part) for part in rest.split())


def read_clause(clause: str) -> list[Signal]:
    """The signals of one clause, in order."""
    tokens = list(_tokens(clause))
    if not tokens and words.RHETORICAL.search(clause):
        return []
    return list(_signals(tokens, bool(words.RHETORICAL.search(clause))))


def _tokens(clause: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(clause):
        yield _Token(str(found.lastgroup), found[0])


def _signals(tokens: list[_Token], rhetorical: bool) -> Iterator[Signal]:
    negations: list[str] = [_RHETORICAL] if rhetorical else []
    about: list[Topic] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind == "negation":
            negations.append(token.written)
            if following is None or following.kind == "negation" and place + 2 == len(tokens):
                continue
        elif token.kind == "partly":
            yield from (Signal(topic, None) for topic in about or _STATE)
            negations, about = [], []
        elif token.kind in _EVIDENCE:
            topic: Topic = token.kind  # type: ignore[assignment]
            if _is_swallowed(tokens, place):
                continue
            if negations or (place and tokens[place - 1].kind == "exists"):
                yield Signal(topic, _sign(True, negations), _is_litotes(negations))
                negations, about = [], []
            else:
                about.append(topic)
        elif token.kind == "exists":
            if following is None or following.kind in ("exists",):
                good, litotes = _sign(True, negations), _is_litotes(negations)
                yield from (Signal(topic, good, litotes) for topic in about or _EXISTENCE)
                negations, about = [], []
        elif token.kind == "event" and _is_swallowed(tokens, place):
            continue
        else:
            base = token.kind == "good"
            denied = _is_litotes(negations, token)
            topics = about or (_EVENT if token.kind == "event" else _STATE)
            yield from (Signal(topic, _sign(base, negations), denied) for topic in topics)
            negations, about = [], []
    if len(negations) > _MOST_NEGATIONS:
        return
    if negations and not (rhetorical and negations == [_RHETORICAL]):
        good, litotes = _sign(True, negations), _is_litotes(negations)
        yield from (Signal(topic, good, litotes) for topic in about or _EXISTENCE)
    else:
        yield from (Signal(topic, True) for topic in about)


def _is_swallowed(tokens: list[_Token], place: int) -> bool:
    """Whether the evidence word only belongs to the word before it, as in 处罚记录 or 执行制度."""
    return place > 0 and tokens[place - 1].kind in ("bad", "good", "event")


def _sign(base: bool, negations: list[str]) -> bool:
    return base if len(negations) % 2 == 0 else not base


def _is_litotes(negations: list[str], token: _Token | None = None) -> bool:
    """Whether a denial stands before a negation, or before a word that is a negation itself (不符合, non-compliant)."""
    if not negations or words.DENIAL.fullmatch(negations[0]) is None:
        return False
    return len(negations) >= 2 or (token is not None and token.written.startswith(("不", "non", "un")))
