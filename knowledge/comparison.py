"""What changed between two versions of a text, article by article, with the changed words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.models import Provision

Fate = Literal["same", "changed", "added", "removed", "renumbered"]
_WORDS = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.S)
_ALIKE = 0.75  # an article under another number is the same one when this much of its wording is
_LONGEST = 4_000  # pieces; longer articles are shown side by side without marked words


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, in the older only, or in the newer only."""

    text: str
    fate: Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Compared:
    """One article in two versions; ``pieces`` is its wording with what was taken out and put in."""

    fate: Fate
    old: Provision | None
    new: Provision | None
    pieces: tuple[Piece, ...]
    facts: tuple[str, ...]  # which facts beside the wording differ: title, anchor, chapter, confidence, days

    @property
    def shown(self) -> Provision:
        """The article to name it by: the newer one where there is one."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - made from at least one of them
        return found


def compare(old: Sequence[Provision], new: Sequence[Provision]) -> list[Compared]:
    """Return every article of either version, in the order of the newer; removed ones where they stood."""
    newer = {p.anchor_id: p for p in new}
    older = {p.anchor_id: p for p in old}
    renamed = _renamed([p for p in old if p.anchor_id not in newer], [p for p in new if p.anchor_id not in older])
    pairs: list[tuple[Provision | None, Provision | None]] = []
    for provision in new:
        pairs.append((older.get(provision.anchor_id) or renamed.get(provision.anchor_id), provision))
    kept = {p.anchor_id for p, _ in pairs if p is not None}
    before = ""
    for provision in old:
        if provision.anchor_id not in kept:
            at = next((i for i, (o, _) in enumerate(pairs) if o is not None and o.anchor_id == before), -1) + 1
            pairs.insert(at, (provision, None))
        before = provision.anchor_id
    return [_compared(o, n) for o, n in pairs]


def _renamed(gone: Sequence[Provision], come: Sequence[Provision]) -> dict[str, Provision]:
    """Return, by the new id, the old article whose wording a new one took over."""
    found: dict[str, Provision] = {}
    left = list(gone)
    for provision in come:
        likeness = [(SequenceMatcher(None, o.text(), provision.text(), autojunk=False).quick_ratio(), o) for o in left]
        close = [(share, o) for share, o in likeness if share >= _ALIKE]
        if close:
            best = max(close, key=lambda pair: pair[0])[1]
            left.remove(best)
            found[provision.anchor_id] = best
    return found


def _compared(old: Provision | None, new: Provision | None) -> Compared:
    if old is None or new is None:
        only = old or new
        text = only.text() if only else ""
        side: Literal["removed", "added"] = "removed" if new is None else "added"
        return Compared(side, old, new, (Piece(text, side),), ())
    pieces = tuple(_pieces(old.text(), new.text()))
    facts = tuple(_facts(old, new))
    reworded = any(piece.fate != "same" for piece in pieces)
    fate: Fate = "renumbered" if old.anchor_id != new.anchor_id else "changed" if reworded or facts else "same"
    return Compared(fate, old, new, pieces, facts)


def _facts(old: Provision, new: Provision) -> Iterator[str]:
    for name in ("anchor", "title_zh", "chapter", "confidence", "first_day", "last_day"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after and not (name == "title_zh" and before == old.anchor and after == new.anchor):
            yield name


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if old == new:
        yield Piece(new, "same")
        return
    if len(before) > _LONGEST or len(after) > _LONGEST:
        yield from (Piece(old, "removed"), Piece(new, "added"))
        return
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(after[k:m]), "same")
            continue
        if j > i:
            yield Piece("".join(before[i:j]), "removed")
        if m > k:
            yield Piece("".join(after[k:m]), "added")
