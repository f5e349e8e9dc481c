"""Where a version does not fit together: unanswered, unproven, proven for other days, not applicable, contradictory.

Pure: what was frozen in, remarks out. A remark is a lead for the officer and changes no grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.usecases.assess_documents import Revision
from api.usecases.review.frozen import Claim, Frozen
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.replies.understanding import understand
from selfassess.text import Text, text
from selfassess.walk.prompt import GRADE_NAMES
from selfassess.window import Window, window

CLAIMED = (Grade.MET, Grade.PARTLY_MET)
MANY_NOT_APPLICABLE = 3  # the same reason given this often is no reason for each


class Kind(StrEnum):
    """What does not fit."""

    CONTRADICTION = "contradiction"
    UNANSWERED = "unanswered"
    NO_EVIDENCE = "no_evidence"
    OUTSIDE = "outside"
    UNDATED = "undated"
    NOT_APPLICABLE = "not_applicable"
    NOTE_DIFFERS = "note_differs"


KIND_NAMES = {
    Kind.CONTRADICTION: text("与海关记录矛盾", "contradicts the record"),
    Kind.UNANSWERED: text("没有回答", "unanswered"),
    Kind.NO_EVIDENCE: text("没有佐证材料", "no evidence"),
    Kind.OUTSIDE: text("材料不在回溯期间内", "evidence outside the window"),
    Kind.UNDATED: text("材料没有写期间", "evidence without a period"),
    Kind.NOT_APPLICABLE: text("不适用的理由", "reason for not applicable"),
    Kind.NOTE_DIFFERS: text("说明和档次对不上", "note and grade do not fit"),
}


@dataclass(frozen=True)
class Remark:
    """One thing that does not fit at an item. ``grave`` ones are worth looking at first."""

    no: str
    kind: Kind
    said: Text
    grave: bool = False


def find_remarks(frozen: Frozen) -> Mapping[str, tuple[Remark, ...]]:
    """Return what does not fit, by item; items without remarks are left out."""
    repeated = _repeated_reasons(frozen)
    found = {}
    for no, claim in frozen.claims.items():
        if claim.concerns:
            remarks = tuple(_of_item(frozen, frozen.items[no], claim, repeated))
            if remarks:
                found[no] = remarks
    return found


def by_kind(remarks: Mapping[str, tuple[Remark, ...]]) -> Mapping[Kind, tuple[Remark, ...]]:
    """Return the remarks in the order of the kinds, every kind with its own."""
    everything = [one for of_item in remarks.values() for one in of_item]
    return {kind: tuple(one for one in everything if one.kind is kind) for kind in Kind}


def look_back(frozen: Frozen, item: Item) -> Window | None:
    """Return the window that the item looks back over, or None where it names no months."""
    months = item.lookback.months if item.lookback else None
    return None if months is None else window(frozen.window_end, months)


def _of_item(frozen: Frozen, item: Item, claim: Claim, repeated: Mapping[str, int]) -> Iterator[Remark]:
    no = item.no
    if claim.contradiction:
        yield _contradicted(no, claim)
    if claim.grade is Grade.UNANSWERED:
        yield Remark(no, Kind.UNANSWERED, text("没有回答", "not answered"), grave=not item.bonus)
    if claim.grade is Grade.NOT_APPLICABLE:
        yield _not_applicable(no, claim, repeated)
    if _is_unproven(item, claim) and no not in frozen.proofs:
        said = text("自评达标或基本达标，没有附材料", "said to be met or partly met, with no document")
        yield Remark(no, Kind.NO_EVIDENCE, said)
    yield from _out_of_time(frozen, item)
    yield from _note_differs(item, claim)


def _contradicted(no: str, claim: Claim) -> Remark:
    against = claim.contradiction or {}
    said, record = GRADE_NAMES[Grade(against["said"])], GRADE_NAMES[Grade(against["record"])]
    return Remark(
        no,
        Kind.CONTRADICTION,
        text(f"自评{said.zh}，按记录{record.zh}", f"said {said.en}, by the record {record.en}"),
        grave=bool(against.get("certain")),
    )


def _not_applicable(no: str, claim: Claim, repeated: Mapping[str, int]) -> Remark:
    times = repeated.get(_plain(claim.note), 0)
    if times >= MANY_NOT_APPLICABLE:
        said = text(f"同一个理由用在{times}项上：{claim.note}", f"the same reason for {times} items: {claim.note}")
        return Remark(no, Kind.NOT_APPLICABLE, said, grave=True)
    reason = claim.note or "—"
    return Remark(no, Kind.NOT_APPLICABLE, text(f"理由：{reason}", f"reason: {reason}"))


def _out_of_time(frozen: Frozen, item: Item) -> Iterator[Remark]:
    span = look_back(frozen, item)
    if span is None:
        return
    for document, revision in frozen.proofs.get(item.no, ()):
        if revision.period_from is None and revision.period_to is None:
            yield Remark(item.no, Kind.UNDATED, text(f"《{document.title}》", f"“{document.title}”"))
        elif not _touches(span, revision):
            period = f"{revision.period_from or '…'} – {revision.period_to or '…'}"
            zh = f"《{document.title}》的期间是{period}，要求看{span.start} – {span.end}"
            en = f"“{document.title}” covers {period}; the item looks at {span.start} – {span.end}"
            yield Remark(item.no, Kind.OUTSIDE, text(zh, en), grave=True)


def _note_differs(item: Item, claim: Claim) -> Iterator[Remark]:
    if not claim.note or claim.source != "self" or claim.grade not in (*CLAIMED, Grade.NOT_MET):
        return
    heard = understand(claim.note, item)
    if heard.code == "grade" and heard.grade is not None and heard.grade is not claim.grade:
        meant, given = GRADE_NAMES[heard.grade], GRADE_NAMES[claim.grade]
        said = text(
            f"自评{given.zh}，说明读起来像{meant.zh}：{claim.note[:80]}",
            f"graded {given.en}, the note reads like {meant.en}: {claim.note[:80]}",
        )
        yield Remark(item.no, Kind.NOTE_DIFFERS, said)


def _repeated_reasons(frozen: Frozen) -> Mapping[str, int]:
    notes = [_plain(one.note) for one in frozen.claims.values() if one.grade is Grade.NOT_APPLICABLE and one.concerns]
    return Counter(note for note in notes if note)


def _touches(span: Window, revision: Revision) -> bool:
    return span.touches(revision.period_from or span.start, revision.period_to)


def _is_unproven(item: Item, claim: Claim) -> bool:
    """Whether only the enterprise says so: where customs' own record says the same, no document is missed."""
    by_record = (claim.proposal or {}).get("grade") == claim.grade
    return claim.source == "self" and claim.grade in CLAIMED and _wants_proof(item) and not by_record


def _wants_proof(item: Item) -> bool:
    return bool(item.evidence.procedure or item.evidence.record or item.evidence.agreement)


def _plain(note: str) -> str:
    return "".join(note.split())
