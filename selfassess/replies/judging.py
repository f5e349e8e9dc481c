"""Which grade the clauses of a reply add up to, for an item that asks for something done or for its absence."""

from __future__ import annotations

from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.replies import words
from selfassess.replies.clause import Signal, leftover, read_clause
from selfassess.replies.numbers import numbers_in
from selfassess.replies.reply import Code, Reply, asks_for_absence, ends_of, lower_of, upper_of

Clauses = list[tuple[str, list[Signal]]]

_MOST_LEFT_OVER = 6
"""How much of a reply may go unread before it is asked back what was understood."""
_KINDS = ("procedure", "record", "agreement")


def judge_words(plain: str, item: Item) -> Reply:
    """What the words of a reply, prepared by `numbers.even`, say about the item."""
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
        return (
            Reply("unclear", options=ends_of(item)) if absence else Reply("confirm", Grade.NOT_MET, item.grades.allowed)
        )
    reserved = words.CONTRAST.search(plain) is not None and not all(said for _, said in clauses)
    reply = _for_absence(signals, item, reserved) if absence else _for_presence(signals, item)
    if reply.code == "grade" and _is_doubtful(plain, reply, clauses, absence):
        return Reply("confirm", reply.grade, item.grades.allowed, reply.held, reply.lacking)
    return reply


def _is_doubtful(plain: str, reply: Reply, clauses: Clauses, absence: bool) -> bool:
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


def _clauses(plain: str) -> Clauses:
    """Every clause with its signals."""
    parted = words.CLAUSE.split(words.CONTRAST.sub("，", plain.replace("问题不大", "没问题")))
    return [(clause, read_clause(clause)) for clause in parted if clause and clause.strip()]


def _of_now(clauses: Clauses) -> Clauses:
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
        return Reply("confirm", Grade.MET, upper_of(item), held, lacking) if len(upper_of(item)) > 1 else _met(held)
    if good:
        if held == {"procedure"} and item.evidence.record and all(s.topic in _KINDS for s in signals):
            return Reply("confirm", Grade.MET, upper_of(item), held, lacking)
        return _met(held)
    if lacking and not {"procedure", "record"} <= lacking and all(s.topic in _KINDS for s in signals):
        return Reply("confirm", Grade.NOT_MET, lower_of(item), held, lacking)
    return Reply("grade", Grade.NOT_MET, held=held, lacking=lacking)


def _met(held: frozenset[str]) -> Reply:
    return Reply("grade", Grade.MET, held=held)


def _kinds(signals: list[Signal], good: bool | None) -> frozenset[str]:
    return frozenset(signal.topic for signal in signals if signal.topic in _KINDS and signal.good is good)


def _is_plainly_partly(signals: list[Signal]) -> bool:
    """Whether partly was said, or something is there and a kind of evidence is not."""
    partly = any(signal.good is None for signal in signals)
    return partly or bool(_kinds(signals, good=False))


def _partly(item: Item, held: frozenset[str], lacking: frozenset[str], *, certain: bool) -> Reply:
    if Grade.PARTLY_MET not in item.grades.allowed:
        return Reply("unclear", options=ends_of(item), held=held, lacking=lacking)
    code: Code = "grade" if certain else "confirm"
    return Reply(code, Grade.PARTLY_MET, () if certain else item.grades.allowed, held, lacking)


def _for_absence(signals: list[Signal], item: Item, reserved: bool) -> Reply:
    """没有 means it did not happen; 有 means it did. 达标 and 不达标 mean what they say.

    ``reserved`` is a but that was not understood: then the person is asked.
    """
    verdicts = {_absent(signal) for signal in signals}
    if len(verdicts) > 1 or None in verdicts or reserved:
        return Reply("unclear", options=ends_of(item))
    grade = Grade.MET if verdicts == {True} else Grade.NOT_MET
    if all(signal.litotes for signal in signals):
        return Reply("confirm", grade, ends_of(item))
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
