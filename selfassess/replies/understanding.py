"""Which grade a free-text reply to an item states, without a model; what is unclear is asked back.

Nothing is written here: the person who replies confirms.
"""

from __future__ import annotations

import re

from selfassess.grades import Grade
from selfassess.item import Item
from selfassess.replies import words
from selfassess.replies.characters import simplified
from selfassess.replies.judging import judge_words
from selfassess.replies.numbers import even
from selfassess.replies.reply import Reply, asks_for_absence, ends_of

_LONGEST = 1000


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
    if _is_deemed_met(plain, item):
        return Reply("confirm", Grade.MET, item.grades.allowed, reason=written.strip())
    if words.QUESTION.search(plain) and not words.RHETORICAL.search(plain):
        return Reply("question")
    if words.BOTH_WAYS.search(plain):
        return Reply("unclear", options=item.grades.allowed)
    if words.NOT_DONE_HERE.search(plain) and Grade.NOT_APPLICABLE in item.grades.allowed:
        return Reply("unclear", options=(Grade.NOT_MET, Grade.NOT_APPLICABLE))
    if words.NOT_APPLICABLE.search(plain):
        return _not_applicable(plain, written.strip(), item)
    return judge_words(plain, item)


_DEEMED = {
    "iso27001_certificate_valid": r"iso\s*/?\s*(?:iec)?\s*27001",
    "mlps_conclusion_conforms": r"(?:等保|等级保护)[^，。；]{0,12}符合",
    "customs_link_accepted": r"(?:erp|系统|平台)[^，。；]{0,12}(?:对接|联网|连通)|linked to customs",
}


def _is_deemed_met(plain: str, item: Item) -> bool:
    """Whether the reply names what makes the item count as met unexamined, such as an ISO 27001 certificate."""
    named = (_DEEMED.get(entry.condition.metric) for entry in item.deemed_met if entry.condition is not None)
    if not any(pattern and re.search(pattern, plain) for pattern in named):
        return False
    return not re.search(words.NEGATION, plain) and not words.PARTLY.search(plain) and not words.PLANNED.search(plain)


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
        return Reply("unclear", options=tuple(grade for grade in item.grades.allowed if grade is not proposed))
    absence = asks_for_absence(item)
    if words.AS_RECORDED.fullmatch(plain):
        return Reply("grade", proposed) if proposed is not None else Reply("unclear", options=item.grades.allowed)
    if said_yes:
        return Reply("unclear", options=ends_of(item)) if absence else Reply("grade", Grade.MET)
    if said_no:
        return Reply("confirm", Grade.MET if absence else Grade.NOT_MET, item.grades.allowed)
    return None


def _not_applicable(plain: str, written: str, item: Item) -> Reply:
    if Grade.NOT_APPLICABLE not in item.grades.allowed:
        return _refused(Grade.NOT_APPLICABLE, item)
    rest = re.sub(r"不适用|不涉及|n/?a|not applicable|这一?项|本项|我们|对|的|[，,。.\s]", "", plain)
    if len(rest) < 2:
        return Reply("reason_missing", Grade.NOT_APPLICABLE)
    return Reply("grade", Grade.NOT_APPLICABLE, reason=written)


_MARKS = re.compile(r"(?<=.)\s*([√✓✔×✗✘])")


def _mark(found: re.Match[str]) -> str:
    return "有" if found[1] in "√✓✔" else "没有"
