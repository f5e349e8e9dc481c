"""Self-assessment as a conversation, whatever the channel: one message in, what to say and to ask next out.

Nothing is kept between two messages but what the store holds, so that it goes on elsewhere or another day. A
message for somebody else comes back as ``question``: answer it, then show the same step again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from api.errors import AppError
from api.usecases.assess import (
    Desk,
    Opened,
    change_profile,
    is_listed,
    list_assessments,
    open_assessment,
    start_assessment,
)
from api.usecases.assess_answers import Given, Saved, confirm_proposals, save_answers, save_figures
from api.usecases.assess_profile import next_profile_question, read_profile_reply
from api.usecases.assess_standards import no_standard, offered_standards, short_name
from api.usecases.assess_step import ChatReply, Shown
from api.usecases.assess_stored import plain
from api.usecases.assess_submission import is_handed_in
from api.usecases.assess_told import forecast_lines, gap_lines, outcome_lines, supposition_lines
from api.usecases.assess_walk import Standing, current_assessment, keep_walk, moved_on, standing
from api.usecases.assess_wishes import Wish, read_wish
from selfassess.figure_names import LINES
from selfassess.supposing import understand_supposition
from selfassess.text import Text, text
from selfassess.walk import Heard, Walk, hear, prompt
from selfassess.walk.commands import read_command
from selfassess.walk.prompt import GRADE_NAMES
from selfassess.walk.state import go_to, resume

CONTINUE = text("继续自评", "continue self-assessment")
CONFIRM_ALL = text("全部按记录确认", "confirm all records")
WHICH = text("对照哪个标准自评？", "against which standard?")

Answers = Callable[[str], bool]


def say(
    desk: Desk, written: str, shown: Shown | None = None, *, listening: bool = True, answers: Answers | None = None
) -> ChatReply:
    """Take a message. Without ``shown`` it is about the step that was shown last, on whatever device or channel.

    Where no step is in sight (``listening`` is False) only what asks for self-assessment by name is heard.
    ``answers`` says whether the assistant has an answer to a message that is no reply to the step.
    """
    written = plain(written)
    if shown is not None and not is_listed(desk, shown.assessment_id):
        shown, listening = None, False  # an old page, of an assessment that was put away since
    wish, current = read_wish(written), shown.assessment_id if shown is not None else current_assessment(desk)
    if wish is not None and wish.kind == "start":
        return _start(desk, wish, current)
    if current is None:
        return ChatReply(question=written) if wish is None or wish.kind != "resume" else _which(desk)
    opened = open_assessment(desk, current, to_write=True)
    if wish is not None:
        reply = _grant(opened, wish, written)
        if reply is not None:
            return reply
    if not listening and not _takes_up(opened, written):
        return ChatReply(question=written)
    return _hear(opened, written, shown, answers)


def concerns(desk: Desk, written: str) -> bool:
    """Whether a message can have to do with self-assessment at all; reading is enough to know."""
    return read_wish(written) is not None or current_assessment(desk) is not None


def _takes_up(opened: Opened, written: str) -> bool:
    command = read_command(written, opened.standard)
    return command is not None and command.kind in ("resume", "jump")


def look(desk: Desk) -> ChatReply:
    """Show where the person stands, changing nothing."""
    current = current_assessment(desk)
    if current is None:
        return _which(desk)
    opened = open_assessment(desk, current)
    return _step(opened, moved_on(opened, standing(opened)))


def take_up(desk: Desk, assessment_id: str, at: str = "") -> ChatReply:
    """Make an assessment the one the conversation is about, at an item if one is named. Raises `NotFound`."""
    return _resume(open_assessment(desk, assessment_id, to_write=True), at=at)


def _start(desk: Desk, wish: Wish, current: str | None) -> ChatReply:
    if wish.standard is None:
        return _which(desk, current, anew=wish.anew)
    if not wish.anew:
        for row in list_assessments(desk):
            if row.standard == wish.standard.id and not is_handed_in(desk.work.session, row.id):
                said = text("接着上次没做完的自评", "going on with the self-assessment under way")
                return _resume(open_assessment(desk, row.id, to_write=True), (said,))
    try:
        opened = start_assessment(desk, wish.standard.id, desk.today, {})
    except AppError as error:
        return ChatReply(says=(text(error.zh, error.en),))
    return _resume(opened, tuple(_beginning(opened)))


def _beginning(opened: Opened) -> list[Text]:
    title, number = opened.standard.title, len(standing(opened).view.numbers)
    said = [text(f"开始自评：{title.zh}，共{number}项", f"self-assessment begins: {title.en}, {number} items")]
    certain = sum(proposal.grade is not None for proposal in opened.assessed.proposals.values())
    if opened.recorded is None:
        said.append(text("现在读不到记录，各项请自行回答", "the records cannot be read now; please answer every item"))
    elif certain:
        said.append(
            text(
                f"其中{certain}项记录里已有结论，逐项确认，或者说“{CONFIRM_ALL.zh}”",
                f"the records settle {certain} of them: confirm each, or say “{CONFIRM_ALL.en}”",
            )
        )
    return said


def _which(desk: Desk, current: str | None = None, *, anew: bool = False) -> ChatReply:
    """Ask for the standard; one under way can be continued."""
    offered = offered_standards(desk)
    says = () if any(standard.kind == "general" for standard in offered) else (no_standard(desk),)
    if not offered:
        return ChatReply(says)
    choices = [short_name(standard) for standard in offered]
    if anew:
        choices = [text(f"重新做{choice.zh}", f"new {choice.en}") for choice in choices]
    if current is None or anew:
        return ChatReply(says, ask=WHICH, choices=tuple(choices))
    opened = open_assessment(desk, current)
    under_way = text(
        f"有一份没做完的：{opened.standard.title.zh}，还剩{opened.left}项",
        f"one is under way: {opened.standard.title.en}, {opened.left} left",
    )
    return ChatReply((*says, under_way), ask=WHICH, choices=(CONTINUE, *choices), assessment_id=current)


def _grant(opened: Opened, wish: Wish, written: str) -> ChatReply | None:
    """Do what is asked for; None where the message means something else after all."""
    if wish.kind == "resume":
        if wish.standard is not None and wish.standard.id != opened.row.standard:
            return _start(opened.desk, wish, opened.id)
        return _resume(opened)
    if wish.kind == "confirm_all":
        after, saved = confirm_proposals(opened)
        number = sum(one.state == "saved" for one in saved)
        said = (
            text(f"已按记录确认{number}项", f"{number} items confirmed as recorded")
            if number
            else text("没有可以按记录确认的项目", "there is nothing in the records to confirm")
        )
        return _resume(after, (said,))
    says = _told(opened, wish, written)
    return None if says is None else _step(opened, standing(opened), says)


def _told(opened: Opened, wish: Wish, written: str) -> tuple[Text, ...] | None:
    if wish.kind == "gaps":
        return gap_lines(opened)
    if wish.kind == "forecast":
        return forecast_lines(opened)
    if wish.kind == "outcome":
        return outcome_lines(opened)
    supposed = understand_supposition(written, opened.standard, opened.row.day)
    return supposition_lines(opened, supposed) if supposed.recognised else None


def _resume(opened: Opened, says: tuple[Text, ...] = (), at: str = "") -> ChatReply:
    stands = standing(opened)
    walk = go_to(stands.walk, stands.view, at) if at in stands.view.numbers else resume(stands.walk, stands.view)
    keep_walk(opened, walk)
    return _step(opened, replace(stands, walk=walk), says)


def _hear(opened: Opened, written: str, shown: Shown | None, answers: Answers | None) -> ChatReply:
    stands = standing(opened)
    asked = next_profile_question(opened)
    if asked is not None and not stands.walk.stopped:
        said = read_profile_reply(opened, asked, written)
        if said is not None:
            return _introduced(opened, stands, said)
    if shown is not None and shown.at in stands.view.numbers and shown.at != stands.walk.at:
        stands = replace(stands, walk=go_to(stands.walk, stands.view, shown.at))
    heard = hear(stands.walk, stands.view, written)
    if asked is not None and heard.kind in ("recorded", "asked"):
        return _step(opened, stands)  # no item was asked for yet: what is open about the enterprise comes first
    if heard.kind == "question" or (_is_unclear(heard) and answers is not None and answers(written)):
        return replace(_step(opened, stands), question=written)
    after, extra, kept = _stored(opened, stands, heard, shown)
    if not kept:
        return _step(after, stands, tuple(extra))
    walk = replace(heard.walk, answers=after.answers.settled, finance=dict(after.figures.content))
    keep_walk(after, walk)
    return _step(after, replace(stands, walk=walk), (*heard.says, *extra))


def _introduced(opened: Opened, stands: Standing, said: Mapping[str, Any]) -> ChatReply:
    """Take what was said about the enterprise; say so where the standard turns out to be for others."""
    try:
        return _resume(change_profile(opened, said))
    except AppError as error:
        return _step(opened, stands, (text(error.zh, error.en),))


def _is_unclear(heard: Heard) -> bool:
    """Whether nothing of the message was understood as a reply."""
    pending = heard.walk.pending
    return heard.kind == "asked" and not heard.says and pending is not None and pending.kind == "between"


def _stored(opened: Opened, stands: Standing, heard: Heard, shown: Shown | None) -> tuple[Opened, list[Text], bool]:
    """Store the figures and the answer a message gave; say so where a colleague answered otherwise meanwhile.

    The last value is False where the answer cannot be kept; then the walk stays where it is.
    """
    after = opened
    if dict(heard.walk.finance) != dict(stands.walk.finance):
        after = save_figures(after, _in_yuan(stands.walk, heard.walk), "chat")
    if heard.recorded is None:
        return after, [], True
    seen = shown.seen if shown is not None else stands.shown
    recorded = heard.recorded
    after, saved = save_answers(after, [Given(recorded.no, recorded.answer, recorded.source, seen)])
    problem = saved[0].problem
    return (after, _differs(saved[0]), True) if problem is None else (after, [problem], False)


def _in_yuan(before: Walk, after: Walk) -> dict[str, object]:
    """The figures with those just given in 元, as the question asks for them."""
    figures: dict[str, object] = dict(after.finance)
    for line, value in after.finance.items():
        bare = isinstance(value, str) and value[-1:].isdigit()
        if line in LINES and bare and before.finance.get(line) != value:
            figures[line] = f"{value}元"
    return figures


def _differs(saved: Saved) -> list[Text]:
    if saved.state != "differs":
        return []
    other = saved.others[0]
    name = GRADE_NAMES[other.answer.grade]
    return [
        text(
            f"{other.name}刚刚把第{saved.no}项答为“{name.zh}”，两个答案都留着，请在自评表里选定一个",
            f"{other.name} has just answered item {saved.no} with “{name.en}”; both are kept, choose one on the form",
        )
    ]


def _step(opened: Opened, stands: Standing, says: tuple[Text, ...] = ()) -> ChatReply:
    asked = next_profile_question(opened)
    if asked is not None and not stands.walk.stopped:
        return ChatReply(says, ask=asked.ask, choices=asked.choices, assessment_id=opened.id)
    if stands.walk.stopped:
        return ChatReply(says, choices=(CONTINUE,), assessment_id=opened.id)
    at = stands.walk.at
    seen = "" if at is None else opened.answers.seen(at)
    return ChatReply(says, prompt(stands.walk, stands.view), assessment_id=opened.id, seen=seen)
