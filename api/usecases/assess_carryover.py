"""Take an assessment over to another level or a newer standard: a new one beside the old, which stays as it is."""

from __future__ import annotations

from datetime import date

from api.errors import BadInput
from api.usecases.assess import Opened, open_assessment, plainly, start_assessment
from api.usecases.assess_answers import Given, save_answers, save_figures
from selfassess.carryover import Carried, CarryOver, carry_over
from selfassess.loader import get_standard


def begin_carried(source: Opened, standard_id: str, day: date) -> Opened:
    """Begin an assessment with the answers whose requirement is unchanged. Raises `BadInput`."""
    with plainly():
        target = get_standard(standard_id)
    carried = carry_over(source.answers.settled, source.standard, target)
    if not carried.answers and not any(one.earlier for one in carried.items):
        raise BadInput("这两个标准的项目不对应，没有可以沿用的答案。", "These standards have no items in common.")
    opened = start_assessment(source.desk, target.id, day, source.said)
    opened.row.carried_from = source.id
    if source.figures.content:
        opened = save_figures(opened, source.figures.content, source.figures.origin)
    opened, _ = save_answers(opened, [Given(no, answer) for no, answer in carried.answers.items()])
    return opened


def carried_into(opened: Opened) -> CarryOver | None:
    """Return what was taken over, or None where the assessment began from nothing."""
    if opened.row.carried_from is None:
        return None
    source = open_assessment(opened.desk, opened.row.carried_from)
    return carry_over(source.answers.settled, source.standard, opened.standard)


def rechecks(opened: Opened) -> dict[str, Carried]:
    """Return the items whose requirement changed and that are not answered anew, with answers and differences."""
    carried = carried_into(opened)
    if carried is None:
        return {}
    settled = opened.answers.settled
    return {one.no: one for one in carried.items if one.status == "recheck" and one.no not in settled}
