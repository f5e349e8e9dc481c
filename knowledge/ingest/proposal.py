"""Title, number, issuer and dates as the text itself gives them, each with the sentence it was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date

from knowledge.ingest.blocks import Remark, Source
from knowledge.ingest.chinese_dates import date_in_name
from knowledge.ingest.document_numbers import DocumentNumber, numbers_in
from knowledge.ingest.history import EffectiveDay, Event, effective_days, events, latest, repealed_by
from knowledge.ingest.law import ParsedLaw
from knowledge.models import Kind

_LONGEST_NUMBER_LINE = 500
_NEAREST = 200
_AMENDING = re.compile("修正|修订|修改|废止")
_CONGRESS = re.compile("全国人民代表大会常务委员会|全国人民代表大会")
_VERSION_WORDS = (
    ("修订", "修订"),
    ("修正", "修正"),
    ("修改", "修改"),
    ("公布", "公布"),
    ("发布", "发布"),
    ("通过", "通过"),
)


@dataclass(frozen=True)
class Finding:
    """A value and where it was read. Only a ``certain`` one is used without a person's consent."""

    value: str
    sentence: str
    certain: bool = True


@dataclass(frozen=True)
class Proposal:
    """What the text says about itself; None where it says nothing."""

    title_zh: Finding | None
    number: Finding | None
    issuer: Finding | None
    promulgated: Finding | None
    effective_from: Finding | None
    kind: Kind
    remarks: tuple[Remark, ...] = ()

    def findings(self) -> dict[str, Finding]:
        """The findings by field name."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if isinstance(value, Finding)}


def propose(law: ParsedLaw, source: Source) -> Proposal:
    """Return what can be read from the text about the document."""
    history = events(law)
    version = _version(history)
    named = date_in_name(source.name)
    unrecorded = _name_remarks(history, named)
    number, sentence = _own_number(law)
    promulgated = Finding(version.day.isoformat(), version.sentence, not unrecorded) if version else None
    effective, more = _effective_from(law, history, source.name)
    return Proposal(
        title_zh=Finding(law.title, law.title) if law.title else None,
        number=Finding(number.text, sentence) if number else _version_label(version),
        issuer=_issuer(law, number),
        promulgated=promulgated,
        effective_from=effective,
        kind=_kind(law, number),
        remarks=(*unrecorded, *more, *_repeals(law)),
    )


def _version(history: list[Event]) -> Event | None:
    """Return the event by which this wording came about: the last promulgation or amendment."""
    return latest(history, "promulgated", "amended", "adopted") or latest(history, "dated")


def _own_number(law: ParsedLaw) -> tuple[DocumentNumber | None, str]:
    """Return the number of the text itself, not that of a later order that amended it."""
    lines = list(law.front[-_NEAREST:])
    # 海关总署令 and 第282号 often stand on two lines.
    lines += [
        f"{first}{second}" for first, second in zip(lines, lines[1:], strict=False) if first.endswith(("令", "公告"))
    ]
    for line in lines:
        if line in law.preamble or len(line) > _LONGEST_NUMBER_LINE:
            continue
        for part in re.split("[　；;（）()]", line):
            found = numbers_in(part)
            if found and found[0].issuer and not _AMENDING.search(part):
                return found[0], part.strip()
    return None, ""


def _version_label(version: Event | None) -> Finding | None:
    """Where no number stands in the text, name the version as lawyers do: 2021年4月29日修正."""
    if version is None:
        return None
    for word, label in _VERSION_WORDS:
        if word in version.sentence:
            day = version.day
            return Finding(f"{day.year}年{day.month}月{day.day}日{label}", version.sentence, certain=False)
    return None


def _issuer(law: ParsedLaw, number: DocumentNumber | None) -> Finding | None:
    if number and number.kind != "other" and number.issuer != "主席":
        return Finding(number.issuer, number.text)
    for line in law.front[-_NEAREST:]:
        if congress := _CONGRESS.search(line):
            return Finding(congress[0], line)
    for line in law.front[-_NEAREST:]:
        if "国务院第" in line or line.startswith("国务院"):
            return Finding("国务院", line)
    return None


def _kind(law: ParsedLaw, number: DocumentNumber | None) -> Kind:
    if number and number.kind == "announcement":
        return "announcement"
    if number and number.kind == "order" and number.issuer not in ("国务院", "主席"):
        return "order"
    return "law" if law.style == "articles" else "announcement"


def _effective_from(law: ParsedLaw, history: list[Event], source_name: str) -> tuple[Finding | None, list[Remark]]:
    named = date_in_name(source_name)
    first = latest(history, "promulgated", "adopted") or latest(history, "dated")
    stated = effective_days(law, first.day if first else None)
    own = [item for item in stated if item.own and item.day] or [item for item in stated if item.day]
    amended = latest(history, "amended")
    newest = max((day for day in (amended.day if amended else None, named) if day), default=None)
    if not own:
        if newest is None:
            return None, []
        sentence = amended.sentence if amended and amended.day == newest else f"文件名：{source_name}"
        return Finding(newest.isoformat(), sentence, certain=False), []
    chosen = own[-1]
    day = chosen.day or date.max
    if newest and newest > day:
        return _later_version(chosen, newest, amended, f"文件名：{source_name}")
    certain = chosen.own and len({item.day for item in own}) == 1
    remarks = [] if len({item.day for item in own}) == 1 else [_several(own)]
    return Finding(day.isoformat(), chosen.sentence, certain), remarks


def _later_version(
    first: EffectiveDay, newest: date, amended: Event | None, file_name: str
) -> tuple[Finding, list[Remark]]:
    remark = Remark(
        f"正文写明的施行日期（{first.day}）是最初文本的；本文本最后修改于{newest}，它自哪天起施行需要确认。",
        f"The day stated in the text ({first.day}) is that of the original; this version dates from {newest}. "
        "Please confirm from which day it applies.",
    )
    sentence = amended.sentence if amended and amended.day == newest else file_name
    return Finding(newest.isoformat(), sentence, certain=False), [remark]


def _several(found: list[EffectiveDay]) -> Remark:
    days = "、".join(sorted({str(item.day) for item in found}))
    return Remark(
        f"正文里有几个施行日期：{days}。请确认整个文件自哪天起施行。",
        f"The text states several days: {days.replace('、', ', ')}. Please confirm from which day it applies.",
    )


def _name_remarks(history: list[Event], named: date | None) -> list[Remark]:
    newest = max((event.day for event in history), default=None)
    if named is None or newest is None or named <= newest:
        return []
    return [
        Remark(
            f"文件名里的日期是{named}，正文记载只到{newest}；正文可能是之后修改的文本，请核对。",
            f"The file name says {named}, the text records nothing after {newest}; it may be a later version.",
        )
    ]


def _repeals(law: ParsedLaw) -> list[Remark]:
    return [
        Remark(f"正文写明同时废止的文件，请核对其失效日期：{sentence}", f"The text ends other documents: {sentence}")
        for sentence in repealed_by(law)[:5]
    ]
