"""What the lines above and below a text say happened on which day: adopted, promulgated, amended, in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.ingest.chinese_dates import DATE, dates_in, is_date_line
from knowledge.ingest.law import ParsedLaw

EventKind = Literal["adopted", "promulgated", "amended", "effective", "dated"]

_LONGEST_HISTORY = 2_000
_NEAREST = 200
_SENTENCE = re.compile(r"[^。；]+[。；]?")
_QUOTED = re.compile("[《〈][^》]*》")
_AMENDED = re.compile("修正|修订|修改")
_ANY_EFFECT = re.compile("施行|执行|实施|生效")
_EFFECTIVE = re.compile(f"(?:自|从|于)?(?P<day>{DATE.pattern}) ?(?:起|开始)?(?:正式)?(?:施行|执行|实施|生效)")
_ON_PROMULGATION = re.compile("自(?:公布|发布|印发|颁布|签发)之日起(?:正式)?(?:施行|执行|实施|生效)")
_DAYS_AFTER = re.compile(
    r"自(?:公布|发布|印发|颁布)之日起 ?(?:满)? ?(\d{1,3}) ?(?:日|天)后?(?:起)?(?:施行|执行|实施|生效)"
)
_OWN = re.compile("本(?:法|条例|办法|规定|细则|规则|公告|通知|通告|决定|标准|实施|规范|令|意见)")


@dataclass(frozen=True)
class Event:
    """One dated event and the words it was read from."""

    kind: EventKind
    day: date
    sentence: str


@dataclass(frozen=True)
class EffectiveDay:
    """A day from which the text says it applies. ``own`` when the sentence speaks of the whole text."""

    day: date | None
    sentence: str
    own: bool


def events(law: ParsedLaw) -> list[Event]:
    """Return the dated events of the lines around the articles, oldest first."""
    found: list[Event] = []
    for line in (*law.front[-_NEAREST:], *law.closing[:_NEAREST]):
        if len(line) > _LONGEST_HISTORY:
            continue
        if is_date_line(line):
            found += [Event("dated", day, line) for day, _, _ in dates_in(line)]
        elif line not in law.preamble:
            found += _events_of(line)
    return sorted(found, key=lambda event: event.day)


def effective_days(law: ParsedLaw, promulgated: date | None) -> list[EffectiveDay]:
    """Return every day from which the text, or the lines above it, say that it applies."""
    found = [EffectiveDay(event.day, event.sentence, True) for event in events(law) if event.kind == "effective"]
    lines = [*law.preamble, *(line for article in law.articles for line in article.lines)]
    for line in lines:
        for match in _SENTENCE.finditer(line):
            found += _effective(match[0].strip(), promulgated)
    return found


def repealed_by(law: ParsedLaw) -> tuple[str, ...]:
    """Return the sentences by which the text ends other documents."""
    lines = [*law.preamble, *(line for article in law.articles for line in article.lines)]
    sentences = (match[0].strip() for line in lines for match in _SENTENCE.finditer(line))
    return tuple(sentence for sentence in sentences if "同时废止" in sentence or "予以废止" in sentence)


def _events_of(line: str) -> Iterable[Event]:
    """A line of history can hold several events, each beginning with its date."""
    days = dates_in(line)
    for position, (day, start, _) in enumerate(days):
        end = days[position + 1][1] if position + 1 < len(days) else len(line)
        words = re.sub("(?:根据|自|从)$", "", line[start:end].strip("（）() 　；;，,"))
        if kind := _kind(words, line[max(0, start - 1) : start]):
            yield Event(kind, day, words.strip(" 　；;，,"))


def _kind(words: str, before: str) -> EventKind | None:
    # The title of a deciding document says nothing about this one: 《关于修改…的决定》第一次修正.
    own = _QUOTED.sub("", words)
    if _ANY_EFFECT.search(own) and (before in ("自", "从") or _EFFECTIVE.search(own)):
        return "effective"
    if _AMENDED.search(own):
        return "amended"
    if re.search("公布|发布|颁布|印发", own):
        return "promulgated"
    if "通过" in own:
        return "adopted"
    return None


def _effective(sentence: str, promulgated: date | None) -> Iterable[EffectiveDay]:
    own = _OWN.search(sentence) is not None and "第" not in sentence.split("自")[0]
    for match in _EFFECTIVE.finditer(sentence):
        for day, _, _ in dates_in(match["day"]):
            yield EffectiveDay(day, sentence, own)
    if _ON_PROMULGATION.search(sentence):
        yield EffectiveDay(promulgated, sentence, own)
    if (after := _DAYS_AFTER.search(sentence)) and promulgated:
        # Whether the first day counts is disputed, so this stays a suggestion.
        yield EffectiveDay(promulgated + timedelta(days=int(after[1])), sentence, False)


def latest(found: Sequence[Event], *kinds: EventKind) -> Event | None:
    """Return the last event of these kinds."""
    chosen = [event for event in found if event.kind in kinds]
    return chosen[-1] if chosen else None
