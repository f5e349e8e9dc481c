"""Which grade a free-text reply to an item states, without a model; what is unclear is asked back.

Nothing is written here: the person who replies confirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from selfassess import reply_words as words
from selfassess.engine import EvidenceKind
from selfassess.grades import Grade
from selfassess.hant import simplified
from selfassess.item import Item
from selfassess.reply_clause import Signal, leftover, read_clause
from selfassess.spoken import even, numbers_in

Code = Literal["grade", "confirm", "unclear", "unsure", "reason_missing", "question"]
_LONGEST = 1000
_MOST_LEFT_OVER = 6
"""How much of a reply may go unread before it is asked back what was understood."""


@dataclass(frozen=True)
class Reply:
    """What a reply states.

    ``code`` is grade (``grade`` is stated), confirm (``grade`` is likely: ask whether it is meant), reason_missing
    (not applicable without a why), unsure (the person does not know), question (something else is asked) or
    unclear. ``options`` are the grades to ask back between. ``held`` and ``lacking`` are kinds of evidence named.
    """

    code: Code
    grade: Grade | None = None
    options: tuple[Grade, ...] = ()
    held: frozenset[EvidenceKind] = frozenset()
    lacking: frozenset[EvidenceKind] = frozenset()
    reason: str = ""


def asks_for_absence(item: Item) -> bool:
    """Whether the item asks that something did not happen, so that 没有 is the good answer."""
    limits = item.thresholds
    return bool(limits) and all(
        limit.op == "==" and limit.value in (0, False) and limit.unit != "%" for limit in limits
    )


def understand(written: str, item: Item, proposed: Grade | None = None) -> Reply:
    """What the reply says about the item; ``proposed`` is the grade shown to the person as a proposal, if any."""
    plain = _MARKS.sub(_mark, even(simplified(written.strip()[:_LONGEST]))).strip(" 。.!！~～、，,'\"“”")
    if not plain:
        return Reply("unclear", options=item.grades.allowed)
    stated = _stated(plain, item)
    if stated is not None:
        return stated
    short = _yes_or_no(plain, item, proposed)
    if short is not None:
        return short
    if words.UNSURE.search(plain):
        return Reply("unsure")
    if words.QUESTION.search(plain) and not words.RHETORICAL.search(plain):
        return Reply("question")
    if words.BOTH_WAYS.search(plain):
        return Reply("unclear", options=item.grades.allowed)
    if words.NOT_DONE_HERE.search(plain) and Grade.NOT_APPLICABLE in item.grades.allowed:
        return Reply("unclear", options=(Grade.NOT_MET, Grade.NOT_APPLICABLE))
    if words.NOT_APPLICABLE.search(plain):
        return _not_applicable(plain, written.strip(), item)
    return _judge(plain, item)


def _stated(plain: str, item: Item) -> Reply | None:
    """The reply is nothing but the name of a grade."""
    for grade, names in _NAMES.items():
        if re.sub(r"[\s_]", "", plain) in names:
            if grade not in item.grades.allowed:
                return _refused(grade, item)
            return Reply("reason_missing", grade) if grade is Grade.NOT_APPLICABLE else Reply("grade", grade)
    return None


_NAMES = {
    Grade.MET: {"达标", "met", "符合", "满足", "合格", "✓", "√"},
    Grade.PARTLY_MET: {"基本达标", "部分达标", "partlymet", "基本符合", "部分符合"},
    Grade.NOT_MET: {"不达标", "notmet", "不符合", "不满足", "不合格", "✗", "×", "x"},
    Grade.NOT_APPLICABLE: {"不适用", "notapplicable", "n/a", "na", "不涉及"},
}


def _refused(grade: Grade, item: Item) -> Reply:
    """A grade the item does not have: ask between those it has. What does not concern us did not happen either."""
    options = tuple(allowed for allowed in (Grade.MET, Grade.NOT_MET) if allowed in item.grades.allowed)
    likely = Grade.MET if grade is Grade.NOT_APPLICABLE and asks_for_absence(item) else None
    return Reply("confirm" if likely else "unclear", likely, options)


def _yes_or_no(plain: str, item: Item, proposed: Grade | None) -> Reply | None:
    """是的 and 不对 answer what was asked: a proposal, whether it is done, or whether it happened."""
    said_yes, said_no = words.YES.fullmatch(plain), words.NO.fullmatch(plain)
    if said_yes and proposed is not None:
        return Reply("grade", proposed)
    if said_no and proposed is not None:
        return Reply("unclear", options=tuple(grade for grade in _answerable(item) if grade is not proposed))
    absence = asks_for_absence(item)
    if words.AS_RECORDED.fullmatch(plain):
        return Reply("grade", proposed) if proposed is not None else Reply("unclear", options=item.grades.allowed)
    if said_yes:
        return Reply("unclear", options=_ends(item)) if absence else Reply("grade", Grade.MET)
    if said_no:
        return Reply("confirm", Grade.MET if absence else Grade.NOT_MET, _answerable(item))
    return None


def _answerable(item: Item) -> tuple[Grade, ...]:
    return item.grades.allowed


def _ends(item: Item) -> tuple[Grade, ...]:
    return tuple(grade for grade in (Grade.MET, Grade.NOT_MET) if grade in item.grades.allowed)


def _upper(item: Item) -> tuple[Grade, ...]:
    return tuple(grade for grade in (Grade.MET, Grade.PARTLY_MET) if grade in item.grades.allowed)


def _lower(item: Item) -> tuple[Grade, ...]:
    return tuple(grade for grade in (Grade.PARTLY_MET, Grade.NOT_MET) if grade in item.grades.allowed)


def _not_applicable(plain: str, written: str, item: Item) -> Reply:
    if Grade.NOT_APPLICABLE not in item.grades.allowed:
        return _refused(Grade.NOT_APPLICABLE, item)
    rest = re.sub(r"不适用|不涉及|n/?a|not applicable|这一?项|本项|我们|对|的|[，,。.\s]", "", plain)
    if len(rest) < 2:
        return Reply("reason_missing", Grade.NOT_APPLICABLE)
    return Reply("grade", Grade.NOT_APPLICABLE, reason=written)


def _judge(plain: str, item: Item) -> Reply:
    absence = asks_for_absence(item)
    clauses = _clauses(plain)
    counted = _counted(plain, item)
    if counted is not None:
        return counted
    signals = [signal for _, said in (clauses if absence else _of_now(clauses)) for signal in said]
    if not absence:
        signals = [signal for signal in signals if signal.topic != "event"]
    if not signals:
        return Reply("unclear", options=item.grades.allowed)
    if words.PLANNED.search(plain) and not any(signal.good is False for signal in signals):
        return Reply("confirm", Grade.MET if absence else Grade.NOT_MET, item.grades.allowed)
    reserved = words.CONTRAST.search(plain) is not None and not all(said for _, said in clauses)
    reply = _for_absence(signals, item, reserved) if absence else _for_presence(signals, item)
    if reply.code == "grade" and _is_doubtful(plain, reply, clauses, absence):
        return Reply("confirm", reply.grade, item.grades.allowed, reply.held, reply.lacking)
    return reply


def _is_doubtful(plain: str, reply: Reply, clauses: list[tuple[str, list[Signal]]], absence: bool) -> bool:
    """Whether what was understood has to be asked back: hedged, softened, or not wholly read."""
    if words.HEDGE.search(plain) or leftover(plain) > _MOST_LEFT_OVER:
        return True
    if reply.grade is Grade.PARTLY_MET:
        return False
    reserved = words.CONTRAST.search(plain) is not None and _of_now(clauses) is clauses
    past = absence and reply.grade is Grade.NOT_MET and words.BEFORE.search(plain) is not None
    return reserved or past or words.SOFTENED.search(plain) is not None


def _counted(plain: str, item: Item) -> Reply | None:
    """A bare number of times, where the item asks that there be none."""
    numbers = list(numbers_in(plain))
    if not asks_for_absence(item) or len(numbers) != 1 or (numbers[0].start, numbers[0].end) != (0, len(plain)):
        return None
    return Reply("grade", Grade.MET if numbers[0].value == 0 else Grade.NOT_MET)


_MARKS = re.compile(r"(?<=.)\s*([√✓✔×✗✘])")


def _mark(found: re.Match[str]) -> str:
    return "有" if found[1] in "√✓✔" else "没有"


def _clauses(plain: str) -> list[tuple[str, list[Signal]]]:
    """Every clause with its signals."""
    parted = words.CLAUSE.split(words.CONTRAST.sub("，", plain.replace("问题不大", "没问题")))
    return [(clause, read_clause(clause)) for clause in parted if clause and clause.strip()]


def _of_now(clauses: list[tuple[str, list[Signal]]]) -> list[tuple[str, list[Signal]]]:
    """Of a then and a now, only the now."""
    if not any(words.NOW.search(clause) and signals for clause, signals in clauses):
        return clauses
    return [(clause, signals) for clause, signals in clauses if not words.BEFORE.search(clause)]


def _for_presence(signals: list[Signal], item: Item) -> Reply:
    held = _kinds(signals, good=True)
    lacking = _kinds(signals, good=False) | _kinds(signals, good=None)
    good, bad = any(s.good is True for s in signals), any(s.good is False for s in signals)
    if any(s.good is None for s in signals) or (good and bad):
        return _partly(item, held, lacking, certain=_is_plainly_partly(signals))
    if good and all(s.litotes for s in signals if s.good):
        return Reply("confirm", Grade.MET, _upper(item), held, lacking) if len(_upper(item)) > 1 else _met(held)
    if good:
        if held == {"procedure"} and item.evidence.record and all(s.topic in _KINDS for s in signals):
            return Reply("confirm", Grade.MET, _upper(item), held, lacking)
        return _met(held)
    if lacking and not {"procedure", "record"} <= lacking and all(s.topic in _KINDS for s in signals):
        return Reply("confirm", Grade.NOT_MET, _lower(item), held, lacking)
    return Reply("grade", Grade.NOT_MET, held=held, lacking=lacking)


def _met(held: frozenset[str]) -> Reply:
    return Reply("grade", Grade.MET, held=held)


_KINDS = ("procedure", "record", "agreement")


def _kinds(signals: list[Signal], good: bool | None) -> frozenset[str]:
    return frozenset(signal.topic for signal in signals if signal.topic in _KINDS and signal.good is good)


def _is_plainly_partly(signals: list[Signal]) -> bool:
    """Whether partly was said, or something is there and a kind of evidence is not."""
    partly = any(signal.good is None for signal in signals)
    return partly or bool(_kinds(signals, good=False))


def _partly(item: Item, held: frozenset[str], lacking: frozenset[str], *, certain: bool) -> Reply:
    if Grade.PARTLY_MET not in item.grades.allowed:
        return Reply("unclear", options=_ends(item), held=held, lacking=lacking)
    code: Code = "grade" if certain else "confirm"
    return Reply(code, Grade.PARTLY_MET, () if certain else item.grades.allowed, held, lacking)


def _for_absence(signals: list[Signal], item: Item, reserved: bool) -> Reply:
    """没有 means it did not happen; 有 means it did. 达标 and 不达标 mean what they say.

    ``reserved`` is a but that was not understood: then the person is asked.
    """
    verdicts = {_absent(signal) for signal in signals}
    if len(verdicts) > 1 or None in verdicts or reserved:
        return Reply("unclear", options=_ends(item))
    grade = Grade.MET if verdicts == {True} else Grade.NOT_MET
    if all(signal.litotes for signal in signals):
        return Reply("confirm", grade, _ends(item))
    return Reply("grade", grade)


def _absent(signal: Signal) -> bool | None:
    """Whether the signal says that nothing happened."""
    if signal.good is None:
        return None
    if signal.topic == "state":
        return signal.good
    if signal.topic == "event":
        return signal.good
    return not signal.good
