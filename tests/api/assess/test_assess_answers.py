"""Answers are added, never lost: two people at once, records confirmed, contradictions shown, figures calculated."""

from __future__ import annotations

import pytest

from api.errors import BadInput, Conflict
from api.usecases.assess import open_assessment
from api.usecases.assess_answers import Given, choose_answer, confirm_proposals, save_answers, save_figures
from selfassess.grades import Grade
from tests.api.assess.office import Office, answer

PENALISED = 41  # fined more than 50,000 in the window of item 18
MET, PARTLY, NOT_MET = Grade.MET, Grade.PARTLY_MET, Grade.NOT_MET


def say(office: Office, who, id_: str, no: str, grade: Grade, seen: str | None = None, note: str = ""):
    """Give one answer; return what became of it."""
    with office.desk(who) as desk:
        _, saved = save_answers(open_assessment(desk, id_), [Given(no, answer(grade, note), seen=seen)])
    return saved[0]


def settled(office: Office, who, id_: str):
    """The answers that count."""
    with office.desk(who) as desk:
        return open_assessment(desk, id_).answers


def test_an_answer_is_kept_with_who_and_when_and_the_one_before_stays(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    say(office, wang, id_, "2", NOT_MET)
    say(office, wang, id_, "2", MET, note="制度已经建立")

    held = settled(office, wang, id_)
    assert held.settled["2"].grade is MET
    assert [(one.answer.grade, one.name) for one in held.history("2")] == [(NOT_MET, "wang"), (MET, "wang")]


def test_two_people_at_different_items_both_keep_their_work(office: Office):
    wang, li = office.person("wang"), office.person("li")
    id_ = office.started(wang)

    first, second = say(office, wang, id_, "2", MET, seen=""), say(office, li, id_, "3", NOT_MET, seen="")

    assert (first.state, second.state) == ("saved", "saved")
    assert {no: one.grade for no, one in settled(office, wang, id_).settled.items()} == {"2": MET, "3": NOT_MET}


def test_two_different_answers_to_one_item_both_stay_until_one_is_chosen(office: Office):
    wang, li = office.person("wang"), office.person("li")
    id_ = office.started(wang)
    say(office, wang, id_, "2", MET, seen="", note="每月复核一次")

    clash = say(office, li, id_, "2", NOT_MET, seen="")

    assert clash.state == "differs"
    assert [one.name for one in clash.others] == ["wang"]
    held = settled(office, li, id_)
    assert "2" not in held.settled
    assert {one.answer.note for one in held.differing["2"]} == {"每月复核一次", ""}


def test_a_choice_between_two_answers_settles_the_item(office: Office):
    wang, li = office.person("wang"), office.person("li")
    id_ = office.started(wang)
    say(office, wang, id_, "2", MET, seen="")
    say(office, li, id_, "2", NOT_MET, seen="")

    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        kept = next(one for one in opened.answers.differing["2"] if one.name == "li")
        opened, _ = choose_answer(opened, "2", kept.number)
        with pytest.raises(Conflict):
            choose_answer(opened, "2", kept.number)

    assert settled(office, wang, id_).settled["2"].grade is NOT_MET


def test_the_same_answer_twice_is_no_difference(office: Office):
    wang, li = office.person("wang"), office.person("li")
    id_ = office.started(wang)
    say(office, wang, id_, "2", MET, seen="")

    assert say(office, li, id_, "2", MET, seen="").state == "unchanged"


def test_somebody_who_writes_on_does_not_differ_from_themselves(office: Office):
    wang = office.person()
    id_ = office.started(wang)
    say(office, wang, id_, "2", MET, seen="", note="每月")

    assert say(office, wang, id_, "2", MET, seen="", note="每月复核一次").state == "saved"


def test_an_answer_that_cannot_be_is_refused_and_the_others_are_kept(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk:
        given = [Given("18", answer(PARTLY)), Given("2", answer(MET)), Given("999", answer(MET))]
        opened, saved = save_answers(open_assessment(desk, id_), given)

    assert [one.state for one in saved] == ["refused", "saved", "refused"]
    assert saved[0].problem
    assert list(opened.answers.settled) == ["2"]


def test_an_answer_can_be_taken_back(office: Office):
    wang = office.person()
    id_ = office.started(wang)
    say(office, wang, id_, "2", MET)

    say(office, wang, id_, "2", Grade.UNANSWERED)

    assert settled(office, wang, id_).settled == {}


def test_one_tap_confirms_what_the_record_settles_and_leaves_answers_alone(office: Office):
    wang = office.person(place=PENALISED)
    id_ = office.started(wang)
    say(office, wang, id_, "12", NOT_MET)

    with office.desk(wang) as desk:
        opened, saved = confirm_proposals(open_assessment(desk, id_))
        head = opened.answers.head("18")

    assert len(saved) > 15
    assert head is not None
    assert (head.answer.grade, head.source) == (NOT_MET, "record")
    assert "60,000元" in head.answer.note
    assert opened.answers.settled["12"].grade is NOT_MET


def test_only_what_is_proposed_can_be_confirmed(office: Office):
    wang = office.person()
    id_ = office.started(wang)

    with office.desk(wang) as desk:
        opened, saved = confirm_proposals(open_assessment(desk, id_), ["18"])
        with pytest.raises(BadInput):
            confirm_proposals(opened, ["2"])

    assert [one.no for one in saved] == ["18"]


def test_an_answer_against_the_record_stands_and_is_shown_with_both_values(office: Office):
    wang = office.person(place=PENALISED)
    id_ = office.started(wang)
    say(office, wang, id_, "18", MET)

    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        found = opened.assessed.contradictions

    assert [(one.no, one.said, one.record, one.certain) for one in found] == [("18", MET, NOT_MET, True)]
    assert opened.assessed.outcome.grades["18"] is MET


def test_figures_settle_the_finance_items_and_a_colleague_s_are_not_overwritten(office: Office):
    wang, li = office.person("wang"), office.person("li")
    id_ = office.started(wang)
    figures = {"unit": "万元", "total_assets": 10000, "total_liabilities": 9600, "cash": ""}

    with office.desk(wang) as desk:
        opened = save_figures(open_assessment(desk, id_), figures, "form", seen=0)
    with office.desk(li) as desk, pytest.raises(Conflict, match="wang"):
        save_figures(open_assessment(desk, id_), {**figures, "cash": 1}, "form", seen=0)

    assert opened.figures.number == 1
    assert "cash" not in opened.figures.content
    assert opened.situation.figures is not None
