"""Bring what is said down to what a channel can show: plain text, few bytes, no links but ours."""

from __future__ import annotations

import re
import unicodedata

from api.bridge.model import Capability, Outbound

CUT_TEXT = "……（未完）"
WHOLE = "查看完整回答"
_LINK = re.compile(r"!?\[([^\]\n]+)\]\(([^)\s]+)\)")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1", re.S)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+", re.M)
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$\n?", re.M)
_BULLET = re.compile(r"^(\s*)[-*+]\s+", re.M)
_QUOTE = re.compile(r"^\s*>\s?", re.M)
_TABLE_RULE = re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$\n?", re.M)
_TABLE_ROW = re.compile(r"^\s*\|(.+)\|\s*$", re.M)
# Left and right marks and overrides: they can make a text read as something else than it is.
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSENDABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<(?=[/a-zA-Z!])")
_SENTENCE_END = re.compile(r"[。！？；!?;\n]|\.(?=\s)")
_JOINER = "\u200d"


def rendered(said: Outbound, capability: Capability) -> str:
    """Return a message as the channel shows it, with choices numbered and never longer than it allows."""
    text = harmless(said.text)
    if not capability.markdown:
        text = plain(text)
    text = text.strip()
    choices = "\n".join(f"{n}. {harmless(choice)}" for n, choice in enumerate(said.choices, 1))
    whole = "\n\n".join(part for part in (text, choices) if part)
    if len(whole.encode()) <= capability.max_bytes:
        return whole
    # What can be answered stays in sight; the text before it is cut.
    room = capability.max_bytes - len(choices.encode()) - 2
    if not choices or room < capability.max_bytes // 2:
        return cut(whole, capability.max_bytes, _tail(said, capability))
    return f"{cut(text, room, _tail(said, capability))}\n\n{choices}"


def _tail(said: Outbound, capability: Capability) -> str:
    if not said.link:
        return CUT_TEXT
    if capability.markdown:
        return f"……\n[{WHOLE}]({said.link})"
    if capability.anchors:
        return f'……\n<a href="{said.link}">{WHOLE}</a>'
    return f"……\n{WHOLE}：{said.link}"


def harmless(text: str) -> str:
    """Return a text without tags, unsendable characters and marks that change the direction of reading."""
    return _TAG.sub("＜", _DIRECTIONS.sub("", _UNSENDABLE.sub("", text)))


def plain(markdown: str) -> str:
    """Return Markdown as plain text; links as text and address, tables as lines."""
    text = _TABLE_RULE.sub("", markdown)
    text = _TABLE_ROW.sub(lambda row: " ｜ ".join(cell.strip() for cell in row[1].split("|")), text)
    text = _RULE.sub("", text)
    text = _LINK.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]}（{link[2]}）", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _QUOTE.sub("", _HEADING.sub("", text))
    return _BULLET.sub(r"\1· ", text)


def cut(text: str, limit: int, tail: str = "") -> str:
    """Return at most ``limit`` bytes of a text: up to a sentence's end if one is near, then ``tail``."""
    if len(text.encode()) <= limit:
        return text
    room = limit - len(tail.encode())
    if room < limit // 4:  # an address that leaves no room for the text is left out
        tail, room = CUT_TEXT, limit - len(CUT_TEXT.encode())
    head = text.encode()[:room].decode("utf-8", "ignore")
    head = head[: _border(text, len(head))]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] >= len(head) // 2:
        head = head[: ends[-1]]
    return head.rstrip() + tail


def _border(text: str, place: int) -> int:
    """Go back to where no character that a reader sees as one is cut apart."""
    while 0 < place < len(text) and _belongs_together(text, place):
        place -= 1
    return place


def _belongs_together(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # skin tones
        return True
    return _is_flag(after) and _flags_before(text, place) % 2 == 1


def _flags_before(text: str, place: int) -> int:
    count = 0
    while place - count > 0 and _is_flag(text[place - count - 1]):
        count += 1
    return count


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
