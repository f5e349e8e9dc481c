"""What a message does to the walk: it answers, asks back, moves, stops, or is a question of its own.

The person's words decide, never a record: a record that differs is said, not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from selfassess.engine import Answer
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.metrics import asked_for
from selfassess.proposal import Origin
from selfassess.replies.reply import Reply
from selfassess.replies.understanding import understand
from selfassess.text import Text, text
from selfassess.walk.commands import Command, read_command
from selfassess.walk.figures import next_figure, reached, takes_figures, with_reply
from selfassess.walk.prompt import GRADE_NAMES, figure_question, proof_of
from selfassess.walk.state import (
    Pending,
    View,
    Walk,
    back,
    go_to_section,
    is_answered,
    left_by_section,
    open_items,
    record,
    resume,
    skip,
    stop,
)

Kind = Literal["recorded", "asked", "moved", "told", "stopped", "question"]


@dataclass(frozen=True)
class Recorded:
    """An answer to store, and where its grade comes from: the person, a record they confirmed, or their figures."""

    no: str
    answer: Answer
    source: Literal["self"] | Origin


@dataclass(frozen=True)
class Heard:
    """The walk after a message, what to say before the next prompt, and the answer to store, if there is one.

    ``kind`` question means that the message is for somebody else: answer it and show the same step again.
    """

    walk: Walk
    kind: Kind
    says: tuple[Text, ...] = ()
    recorded: Recorded | None = None


def hear(walk: Walk, view: View, written: str) -> Heard:
    """What the message does. While the walk is stopped only 继续 concerns it."""
    command = read_command(written, view.standard)
    if walk.stopped and (command is None or command.kind not in ("resume", "jump")):
        return Heard(walk, "question")
    if command is not None:
        return _steer(walk, view, command)
    if walk.at is None:
        return Heard(walk, "question")
    item = view.item(walk.at)
    if walk.pending is not None and walk.pending.kind == "reason":
        return _reason(walk, view, item, written)
    if takes_figures(item):
        heard = _figures(walk, view, item, written)
        if heard is not None:
            return heard
    return _grade(walk, view, item, _understood(walk, view, item, written), written)


def _steer(walk: Walk, view: View, command: Command) -> Heard:
    if command.kind == "skip":
        return Heard(skip(walk, view), "moved")
    if command.kind == "back":
        return Heard(back(walk, view), "moved")
    if command.kind == "jump":
        return Heard(go_to_section(walk, view, command.numbers), "moved")
    if command.kind == "stop":
        said = text("已经停下，答过的都在；说“继续”接着做", "stopped; every answer is kept, say “continue” to go on")
        return Heard(stop(walk), "stopped", (said,))
    if command.kind == "resume":
        return Heard(resume(walk, view), "moved")
    if command.kind == "left":
        return Heard(walk, "told", _progress(walk, view))
    if command.kind == "evidence" and walk.at is not None:
        return Heard(walk, "told", proof_of(view.item(walk.at)))
    return Heard(walk, "told")


def _progress(walk: Walk, view: View) -> tuple[Text, ...]:
    left, total = len(open_items(walk, view)), len(view.numbers)
    parts = left_by_section(walk, view)
    said = text(f"答了{total - left}项，还剩{left}项", f"{total - left} answered, {left} left")
    sections = text(
        "，".join(f"{section.title.zh}{count}项" for section, count in parts) or "都答完了",
        ", ".join(f"{section.title.en} {count}" for section, count in parts) or "all answered",
    )
    skipped = [no for no in walk.skipped if not is_answered(walk, no)]
    listed = "、".join(skipped)
    return (said, sections, *([text(f"跳过的：{listed}", f"skipped: {', '.join(skipped)}")] if skipped else []))


def _reason(walk: Walk, view: View, item: Item, written: str) -> Heard:
    """The words are the reason, unless they plainly say something else."""
    reply = understand(written, item)
    if reply.code == "question":
        return Heard(walk, "question")
    if reply.code == "grade" and reply.grade is not Grade.NOT_APPLICABLE and _NAMED.search(written.lower()):
        return _grade(walk, view, item, reply, written)
    if len(re.sub(r"\W", "", written)) < 2 or reply.code in ("reason_missing", "unsure"):
        return Heard(walk, "asked")
    return _record(walk, view, Answer(Grade.NOT_APPLICABLE, written.strip()), "self")


def _figures(walk: Walk, view: View, item: Item, written: str) -> Heard | None:
    """The figures in the message and what they lead to; None where it holds none."""
    awaiting = next_figure(walk, view, item) or asked_for(item)[0]
    told = with_reply(walk, item, written, awaiting)
    if told is None:
        return None
    state = reached(told, view, item)
    if state.judgement.grade is not None:
        note = "，".join(shown.zh for shown in state.shown)
        return _record(told, view, Answer(state.judgement.grade, note), "calculated")
    metric = next_figure(told, view, item)
    if metric is not None:
        waiting = replace(told, pending=Pending("figure", metric=metric))
        return Heard(waiting, "asked", (*state.shown, figure_question(metric, item)))
    between = Pending("between", options=state.judgement.possible)
    return Heard(replace(told, pending=between), "asked", state.shown)


def _understood(walk: Walk, view: View, item: Item, written: str) -> Reply:
    """The reply as it stands against what was just asked."""
    pending, proposal = walk.pending, view.proposals.get(item.no)
    choice = re.fullmatch(r"\s*[(（]?([1-4])[)）.、]?\s*", written)
    options = (pending.options if pending is not None and pending.kind == "between" else None) or item.grades.allowed
    if choice and int(choice[1]) <= len(options) and not takes_figures(item):
        grade = options[int(choice[1]) - 1]
        return Reply("reason_missing" if grade is Grade.NOT_APPLICABLE else "grade", grade)
    if pending is not None and pending.kind == "confirm":
        reply = understand(written, item, pending.grade)
        return replace(reply, held=pending.held) if reply.grade is pending.grade else reply
    return understand(written, item, proposal.grade if proposal is not None and pending is None else None)


def _grade(walk: Walk, view: View, item: Item, reply: Reply, written: str) -> Heard:
    if reply.code == "question":
        return Heard(walk, "question")
    if reply.code == "unsure":
        said = text("记不清可以先跳过，以后再答", "if you are not sure, skip it and answer later")
        return Heard(walk, "asked", (said, *proof_of(item)))
    if reply.code == "reason_missing":
        return Heard(replace(walk, pending=Pending("reason")), "asked")
    if reply.code == "confirm":
        pending = Pending("confirm", reply.grade, reply.options, note=written.strip(), held=reply.held)
        return Heard(replace(walk, pending=pending), "asked")
    if reply.code == "unclear" or reply.grade is None or _is_no_figure(walk, view, item, written):
        options = reply.options if len(reply.options) > 1 else item.grades.allowed
        return Heard(replace(walk, pending=Pending("between", options=options)), "asked")
    return _stated(walk, view, item, reply, reply.grade, written)


_NAMED = re.compile(
    r"达标|達標|符合|满足|滿足|合格|达到|達到|适用|適用|涉及|met\b|comply|complies|meets?\b|appl(?:y|ies|icable)"
)


def _is_no_figure(walk: Walk, view: View, item: Item, written: str) -> bool:
    """A bare 有 or 没有 where a figure was asked for says nothing."""
    confirming = walk.pending is not None and walk.pending.kind in ("confirm", "between")
    asked = item.no not in view.proposals or view.proposals[item.no].grade is None
    wanted = asked and not confirming and next_figure(walk, view, item) is not None
    return wanted and not _NAMED.search(written.lower())


def _stated(walk: Walk, view: View, item: Item, reply: Reply, grade: Grade, written: str) -> Heard:
    pending, proposal = walk.pending, view.proposals.get(item.no)
    if pending is not None and pending.kind == "confirm" and grade is pending.grade:
        return _record(walk, view, Answer(grade, pending.note, pending.held), "self")
    if proposal is not None and proposal.grade is grade and len(written.strip()) <= 4:
        note = "，".join(f"{shown.label.zh}：{shown.value}" for shown in proposal.shown)
        return _record(walk, view, Answer(grade, note, reply.held), proposal.origin)
    note = reply.reason or (written.strip() if len(written.strip()) > 4 else "")
    return _record(walk, view, Answer(grade, note, reply.held), "self")


def _record(walk: Walk, view: View, answer: Answer, source: Literal["self"] | Origin) -> Heard:
    at = str(walk.at)
    name = GRADE_NAMES[answer.grade]
    said = [text(f"第{at}项记为“{name.zh}”", f"item {at} is recorded as “{name.en}”")]
    proposal = view.proposals.get(at)
    if proposal is not None and proposal.says not in (None, answer.grade):
        said.append(
            text(
                "与记录不一致，您的回答和记录都会给审核人员看",
                "this differs from the record; officers will see both",
            )
        )
    recorded = Recorded(at, answer, source)
    return Heard(record(walk, view, answer), "recorded", tuple(said), recorded)
