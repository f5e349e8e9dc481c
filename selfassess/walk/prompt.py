"""What one step of the walk shows: the requirement, what counts as proof, what the record says, one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selfassess.applicability import limits_for, notes_for
from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.metrics import METRICS, name_of
from selfassess.profile import Profile
from selfassess.proposal import Proposal
from selfassess.replies.reply import asks_for_absence
from selfassess.text import Language, Text, text
from selfassess.thresholds import Comparison
from selfassess.walk.figures import next_figure
from selfassess.walk.state import Pending, View, Walk, is_answered, open_items
from selfassess.wording import show_limit

GRADE_NAMES: dict[Grade, Text] = {
    Grade.MET: text("达标", "met"),
    Grade.PARTLY_MET: text("基本达标", "partly met"),
    Grade.NOT_MET: text("不达标", "not met"),
    Grade.NOT_APPLICABLE: text("不适用", "not applicable"),
    Grade.UNANSWERED: text("未答", "unanswered"),
}
STEERING = (text("跳过", "skip"), text("上一项", "back"), text("还剩多少", "how many left"), text("停", "stop"))
_YES, _NO = text("对", "yes"), text("不对", "no")
_KINDS = (
    ("procedure", text("制度", "rules")),
    ("record", text("记录", "records")),
    ("agreement", text("协议", "agreements")),
)


@dataclass(frozen=True)
class Prompt:
    """One step. ``choices`` answer the question, ``steering`` moves the walk; both may be typed or tapped."""

    no: str | None
    heading: Text
    requirement: Text | None
    limits: tuple[Text, ...]
    notes: tuple[Text, ...]
    proof: tuple[Text, ...]
    on_record: tuple[Text, ...]
    answered: Text | None
    question: Text
    choices: tuple[Text, ...]
    steering: tuple[Text, ...] = STEERING

    def read(self, language: Language = "zh") -> str:
        """The step as one message."""
        return "\n".join(line.read(language) for line in self._lines())

    def _lines(self) -> Iterator[Text]:
        yield self.heading
        if self.requirement is not None:
            yield self.requirement
        yield from (text(f"限额：{limit.zh}", f"limit: {limit.en}") for limit in self.limits)
        yield from self.notes
        yield from (text(f"证明：{proof.zh}", f"proof: {proof.en}") for proof in self.proof)
        yield from (text(f"记录：{said.zh}", f"on record: {said.en}") for said in self.on_record)
        if self.answered is not None:
            yield self.answered
        yield self.question
        if self.choices:
            yield text(
                " ｜ ".join(choice.zh for choice in self.choices), " | ".join(choice.en for choice in self.choices)
            )


def prompt(walk: Walk, view: View) -> Prompt:
    """What to show now."""
    if walk.at is None:
        return _end(walk, view)
    item, proposal = view.item(walk.at), view.proposals.get(walk.at)
    return Prompt(
        no=item.no,
        heading=_heading(walk, view, item),
        requirement=item.requirement,
        limits=limits_of(item, view.profile, view.window_end),
        notes=notes_of(item, view.profile, view.window_end),
        proof=proof_of(item),
        on_record=() if proposal is None else tuple(_on_record(proposal)),
        answered=_answered(walk, item),
        question=_question(walk, view, item, proposal),
        choices=_choices(walk.pending, item, proposal),
    )


def _heading(walk: Walk, view: View, item: Item) -> Text:
    section = view.standard.section_of[item.no].title
    left = len(open_items(walk, view))
    return text(
        f"第{item.no}项 {item.title.zh}（{section.zh}，还剩{left}项）",
        f"item {item.no}: {item.title.en} ({section.en}, {left} left)",
    )


def limits_of(item: Item, profile: Profile, day: date) -> tuple[Text, ...]:
    """The limits of figures that have a name; the others stand in the requirement."""
    return tuple(_limits(item, profile, day))


def notes_of(item: Item, profile: Profile, day: date) -> tuple[Text, ...]:
    """What the item asks of this enterprise in particular, and what counts as met."""
    return (*notes_for(item, profile, day), *(entry.text for entry in item.deemed_met))


def _limits(item: Item, profile: Profile, day: date) -> Iterator[Text]:
    for threshold in limits_for(item, profile, day) if item.pass_logic is not None else ():
        name = name_of(threshold.metric)
        if name is None or threshold.unit in ("category", "bool") or (threshold.op == "==" and threshold.value == 0):
            continue
        limit, other = _limit(name, threshold), threshold.alternative
        beside = None if other is None else name_of(other.metric)
        if other is not None and beside is not None:
            instead = _limit(beside, other)
            yield text(f"{limit.zh}，或者{instead.zh}", f"{limit.en}, or {instead.en}")
        else:
            yield limit


def _limit(name: Text, comparison: Comparison) -> Text:
    limit = show_limit(comparison)
    return text(f"{name.zh} {limit.zh}", f"{name.en} {limit.en}")


def proof_of(item: Item) -> tuple[Text, ...]:
    """What usually proves the item, by kind."""
    return tuple(
        text(
            f"{label.zh}——{'、'.join(entry.zh for entry in listed)}",
            f"{label.en}: {', '.join(entry.en for entry in listed)}",
        )
        for kind, label in _KINDS
        if (listed := getattr(item.evidence, kind))
    )


def _on_record(proposal: Proposal) -> Iterator[Text]:
    if proposal.shown:
        zh = "，".join(f"{shown.label.zh}：{shown.value}" for shown in proposal.shown)
        en = ", ".join(f"{shown.label.en}: {shown.read('en')}" for shown in proposal.shown)
        source = "；".join(f"{source.table} {source.as_of.date().isoformat()}" for source in proposal.sources)
        yield text(f"{zh}（{source}）" if source else zh, f"{en} ({source})" if source else en)
    if proposal.still_needed is not None:
        yield proposal.still_needed
    yield from proposal.remarks


def _answered(walk: Walk, item: Item) -> Text | None:
    if not is_answered(walk, item.no):
        return None
    answer = walk.answers[item.no]
    name, note = GRADE_NAMES[answer.grade], f"（{answer.note}）" if answer.note else ""
    return text(f"现在的回答：{name.zh}{note}", f"answered so far: {name.en}{note}")


def _question(walk: Walk, view: View, item: Item, proposal: Proposal | None) -> Text:
    pending = walk.pending
    if pending is not None and pending.kind == "confirm" and pending.grade is not None:
        name = GRADE_NAMES[pending.grade]
        return text(f"理解为“{name.zh}”，对吗？", f"is “{name.en}” what you mean?")
    if pending is not None and pending.kind == "reason":
        return text("为什么不适用？原因会给审核人员看", "why does it not apply? officers will read the reason")
    if pending is not None and pending.kind == "between":
        return _between(pending.options)
    if proposal is not None and proposal.grade is not None:
        name = GRADE_NAMES[proposal.grade]
        return text(f"按记录建议“{name.zh}”，对吗？", f"the record suggests “{name.en}”: is that right?")
    metric = next_figure(walk, view, item)
    if metric is not None:
        return figure_question(metric, item)
    return _plain_question(item)


def figure_question(metric: str, item: Item) -> Text:
    """The question for one figure, with the time it looks back over."""
    figure = METRICS[metric]
    label, unit = figure.label, figure.given_in
    dated = not metric.startswith("previous_year") and not label.zh.startswith("最近")
    zh, en = _window(item) if dated else ("", "")
    asked = "是哪一种" if figure.kind in ("opinion", "letter") else "是多少"
    return text(f"{zh}{label.zh}{asked}？（{unit.zh}）", f"{en}what is the {label.en}? ({unit.en})")


def _plain_question(item: Item) -> Text:
    if asks_for_absence(item):
        zh, en = _window(item)
        return text(f"{zh or '现在'}有没有这种情形？", f"{en or 'now, '}has there been such a case?")
    return text("这一项做到了吗？", "is this done?")


def _window(item: Item) -> tuple[str, str]:
    months = item.lookback.months if item.lookback is not None else None
    if months is None:
        return "", ""
    years = months // 12
    return f"最近{years}年", f"in the last {years} year{'s' if years > 1 else ''}, "


def _between(options: tuple[Grade, ...]) -> Text:
    names = [GRADE_NAMES[grade] for grade in options]
    return text(
        f"没有听明白，是{'、'.join(name.zh for name in names[:-1])}还是{names[-1].zh}？",
        f"please say it once more: {', '.join(name.en for name in names[:-1])} or {names[-1].en}?",
    )


def _choices(pending: Pending | None, item: Item, proposal: Proposal | None) -> tuple[Text, ...]:
    if pending is not None and pending.kind == "reason":
        return ()
    if pending is not None and pending.kind == "confirm":
        return (_YES, _NO)
    grades = pending.options if pending is not None and pending.options else item.grades.allowed
    names = tuple(GRADE_NAMES[grade] for grade in grades)
    return (_YES, *names) if pending is None and proposal is not None and proposal.grade is not None else names


def _end(walk: Walk, view: View) -> Prompt:
    answered = sum(is_answered(walk, no) for no in view.numbers)
    heading = text(f"{answered}项都答完了", f"all {answered} items are answered")
    return Prompt(
        None, heading, None, (), (), (), (), None, text("可以查看结果了", "the result can be read now"), (), ()
    )
