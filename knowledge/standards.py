"""Turn the certification standards into provisions, one per item.

The YAML files in `selfassess/standards/` are the only copy; the assessment engine reads the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from knowledge.corpus import CorpusError, Fault, read_text
from knowledge.models import Confidence, Document, Line, Provision, Threshold

PREFIX_ZH = {
    "advanced-2026": "高级认证企业标准",
    "certified-2026": "认证企业标准",
    "single-business-2026": "高级认证企业单项标准",
    "general-2022-106": "2022年第106号通用标准（旧规）",
    "single-2022-106": "2022年第106号单项标准（旧规）",
}
PREFIX_EN = {
    "advanced-2026": "the standard for advanced certified enterprises",
    "certified-2026": "the standard for certified enterprises",
    "single-business-2026": "the single-business standard for advanced certified enterprises",
    "general-2022-106": "the 2022 No. 106 general standard (old rule)",
    "single-2022-106": "the 2022 No. 106 single-business standard (old rule)",
}
ALIASES = {
    "advanced-2026": (
        "高级认证企业标准", "高级认证标准", "高认标准", "advanced certified standard", "advanced standard",
    ),
    "certified-2026": ("认证企业标准", "认证企业的标准", "certified standard", "certified enterprise standard"),
    "general-2022-106": (
        "2022年标准", "22年标准", "22版标准", "2022版标准", "22年那版", "2022年那版", "2022年的标准", "2022那版",
        "2022年通用标准", "2022版", "2022 standard", "2022 standards", "2022 version", "2022 general standard",
    ),
    "single-2022-106": (
        "2022版单项", "2022年单项", "2022年单项标准", "旧单项", "2022 single-business standard", "2022年的单项",
    ),
}  # fmt: skip
SECTION_TOPICS = {"financial_condition": "finance", "bonus_standard": "bonus"}
_ITEM_NO = re.compile(r"^ {4}- '?no'?: ['\"]?(?P<no>\w+)['\"]?$", re.M)
_ENUMERATION = re.compile(r"(?=[（(]\d[）)])")
_SENTENCE_ZH = re.compile(r"(?<=。)")
_SENTENCE_EN = re.compile(r"(?<=[.])(?<!No\.)\s+(?=[A-Z0-9])")


def read_standards(folder: Path) -> list[Provision]:
    """Return one provision per item of every standard in ``folder``. Raises `CorpusError`."""
    provisions: list[Provision] = []
    for path in sorted(folder.glob("*.yaml")):
        source = read_text(path)
        lines = _item_lines(source)
        for provision in _standard(_parsed(source, path.name)):
            provisions.append(replace(provision, file=path.name, line=lines.get(provision.item_no, 1)))
    return provisions


def _parsed(source: str, name: str) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CorpusError([Fault(name, line, f"not YAML: {error.problem}")]) from error
    return raw


def _item_lines(source: str) -> dict[str, int]:
    """The line on which each item begins; groups are numbered too, but less indented."""
    return {match["no"]: source.count("\n", 0, match.start()) + 1 for match in _ITEM_NO.finditer(source)}


def _standard(raw: dict[str, Any]) -> Iterator[Provision]:
    document = _document(raw)
    for section in raw["sections"]:
        for group in section["groups"]:
            for item in group["items"]:
                yield _item(document, raw, section, group, item)


def _document(raw: dict[str, Any]) -> Document:
    repealed = raw["effective_to"] is not None
    return Document(
        id=raw["id"],
        title_zh=raw["title"]["zh"],
        title_en=raw["title"]["en"],
        number=raw["number"],
        number_en=_english_number(raw["number"]),
        issuer="海关总署",
        promulgated="unknown",
        effective_from=raw["effective_from"],
        effective_to=raw["effective_to"],
        search_from=raw.get("search_from"),
        kind="standard",
        standing="repealed" if repealed else "in_force",
        confidence=Confidence(raw["confidence"]),
        sources=(raw["source"]["zh"],),
        aliases=ALIASES.get(raw["id"], ()),
        note_zh=f"{raw['number']}{raw['annex']['zh']}；" + raw["source"]["zh"],
        note_en=raw["source"]["en"],
    )


def _item(
    document: Document, raw: dict[str, Any], section: dict[str, Any], group: dict[str, Any], item: dict[str, Any]
) -> Provision:
    number = str(item["no"])
    label_zh = f"{PREFIX_ZH[document.id]}{number if number.startswith('SP') else f'第{number}项'}"
    label_en = f"Item {number} of {PREFIX_EN[document.id]}"
    topic = SECTION_TOPICS.get(section["id"], section["id"])
    counterpart = item.get("counterpart") or {}
    return Provision(
        document=document,
        anchor_id=f"item-{number.lower()}",
        anchor=number,
        title_zh=item["title"]["zh"],
        title_en=item["title"]["en"],
        zh=tuple(_lines(item, "zh", f"{label_zh}（{item['title']['zh']}）：")),
        en=tuple(_lines(item, "en", f"{label_en} ({item['title']['en']}): ")),
        confidence=Confidence(item["confidence"]),
        topics=(topic if raw["kind"] == "general" else "single_business", "standard"),
        levels=(raw["level"],),
        first_day=document.first_day,
        last_day=document.last_day,
        predecessors=tuple(f"general-2022-106#item-{n}" for n in item.get("predecessors") or ()),
        asks=tuple(item.get("asks") or ()),
        source=f"{section['title']['zh']} / {group['title']['zh']}",
        thresholds=tuple(_threshold(t) for t in item.get("thresholds") or ()),
        pass_logic=item.get("pass_logic"),
        item_no=number,
        counterpart=f"{counterpart['standard']}#item-{counterpart['no']}" if counterpart else "",
        same_as_counterpart=bool(counterpart.get("identical")),
    )


def _lines(item: dict[str, Any], language: str, label: str) -> Iterator[Line]:
    """The requirement's first sentence under its label, the rest as points, then what eases or qualifies it."""
    sentences = (_SENTENCE_ZH if language == "zh" else _SENTENCE_EN).split(item["requirement"][language].strip())
    sentences = [s.strip() for s in sentences if s.strip()]
    head, *parts = _ENUMERATION.split(sentences[0])
    if head.strip():
        yield Line(label + _closed(head.strip(), language) if parts else label + head.strip())
    else:
        yield Line(label + sentences[0])
        parts = []
    for part in parts:
        yield Line(_closed(part.strip(), language), is_point=True)
    for sentence in sentences[1:]:
        yield Line(sentence, is_point=True)
    for relief in item.get("deemed_met") or ():
        yield Line(_closed(relief["text"][language], language), is_point=True)
    for flag in item.get("flags") or ():
        yield Line(_closed(flag["text"][language], language), is_point=True)
    if evidence := _evidence(item, language):
        yield Line(evidence, is_point=True)


def _evidence(item: dict[str, Any], language: str) -> str:
    names = [entry[language] for kind in (item.get("evidence") or {}).values() for entry in kind]
    if not names:
        return ""
    if language == "zh":
        return f"常用佐证（建议，不是规定）：{'；'.join(names)}。"
    return f"Usual evidence (advice, not a rule): {'; '.join(names)}."


def _closed(text: str, language: str) -> str:
    """End a fragment of a sentence with a full stop, or a colon before a list."""
    text = text.rstrip("；;，, ")
    if text.endswith(("：", ":", "。", ".")):
        return text
    return text + ("。" if language == "zh" else ".")


def _threshold(raw: dict[str, Any]) -> Threshold:
    applies = raw.get("applies_to") or {}
    alternative = raw.get("alternative")
    return Threshold(
        id=raw.get("id", ""),
        metric=raw["metric"],
        op=raw["op"],
        value=float(raw["value"]) if isinstance(raw["value"], int | float) else float("nan"),
        unit=raw["unit"],
        applies_zh=applies.get("zh", ""),
        applies_en=applies.get("en", ""),
        conditions=tuple(_threshold(c) for c in raw.get("condition") or ()),
        alternative=_threshold(alternative) if alternative else None,
    )


def _english_number(number: str) -> str:
    match = re.search(r"(20\d\d)年第(\d+)号", number)
    return f"GACC Announcement {match[1]} No. {match[2]}" if match else number
