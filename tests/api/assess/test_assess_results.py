"""Results from what is stored: gaps, plan, what-if, forecast; submissions frozen; documents that come back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from api.errors import BadInput, Conflict, NotFound
from api.usecases.assess import list_assessments, open_assessment
from api.usecases.assess_answers import Given, save_answers
from api.usecases.assess_comparison import FEWEST, peer_average, progress
from api.usecases.assess_plan import TaskIn, add_task, change_task, delete_task, list_tasks, plan_gaps, reminders
from api.usecases.assess_submission import digest, list_submissions, submit, what_is_missing, withdraw
from api.usecases.assess_transfer import export_assessment, import_assessment
from selfassess.gaps import find_gaps
from selfassess.grades import Grade
from tests.api.assess.office import DAY, Office, answer, everything
from tests.people import A, B

PENALISED = 41
MET, NOT_MET = Grade.MET, Grade.NOT_MET


@pytest.fixture
def wang(office: Office):
    """Somebody of an enterprise with a fine on record."""
    return office.person(place=PENALISED)


@pytest.fixture
def id_(office: Office, wang) -> str:
    """A complete assessment with two gaps: one of the record, one of the enterprise's own."""
    id_ = office.started(wang)
    office.answered(wang, id_, no_18=NOT_MET, no_2=NOT_MET)
    return id_


def test_the_gaps_name_clause_reason_step_owner_and_the_day_the_record_passes(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        gaps = {gap.no: gap for gap in find_gaps(opened.assessed, opened.ahead)}

    assert set(gaps) == {"2", "18"}
    assert gaps["18"].passes_on == opened.ahead.items[0].passes_on  # type: ignore[union-attr]
    assert gaps["18"].sources[0].table == "penalty"
    assert gaps["2"].next_step.zh.startswith("补齐")
    assert gaps["2"].owners


def test_the_plan_begins_from_the_gaps_once(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        numbers = plan_gaps(opened), plan_gaps(opened)
        tasks = {task.item: task for task in list_tasks(opened)}

    assert numbers == (2, 0)
    assert tasks["18"].due == opened.ahead.items[0].passes_on  # type: ignore[union-attr]
    assert tasks["2"].due > DAY  # type: ignore[operator]
    assert tasks["2"].owner


def test_a_task_is_changed_done_reminded_and_deleted(office: Office, wang, id_: str):
    given = TaskIn("2", "写复核制度", "关务部", DAY + timedelta(days=5))
    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        task = add_task(opened, given)
        before = [(one.task.id, one.late) for one in reminders(desk)]
        later = reminders(replace(desk, today=DAY + timedelta(days=6)))
        change_task(opened, task.id, replace(given, done=True))
        after = reminders(desk)
        delete_task(opened, task.id)
        with pytest.raises(NotFound):
            change_task(opened, task.id, given)

    assert (before, [one.late for one in later], after) == ([(task.id, False)], [True], [])


def test_a_task_that_is_none_is_refused(office: Office, wang, id_: str):
    given = TaskIn("2", "写复核制度")

    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        for wrong in ({"item": "999"}, {"what": " "}, {"what": "a\0"}, {"remind_days": -1}, {"owner": "x" * 81}):
            with pytest.raises(BadInput):
                add_task(opened, replace(given, **wrong))  # type: ignore[arg-type]

        assert list_tasks(opened) == []


def test_a_submission_is_frozen_and_its_digest_fits(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        submission = submit(open_assessment(desk, id_))
    office.answered(wang, id_, no_18=MET, no_2=MET)

    with office.desk(wang) as desk:
        kept = list_submissions(open_assessment(desk, id_))[0]
        frozen = json.loads(kept.snapshot)

    assert kept.sha256 == submission.sha256 == digest(kept.snapshot)
    assert frozen["assessment"]["answers"]["18"]["grade"] == "not_met"
    assert frozen["enterprise"]["name"].startswith("示例")
    assert frozen["result"]["outcome"]["passed"] is False


def test_a_changed_assessment_makes_the_next_version_and_an_unchanged_one_none(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        first = submit(open_assessment(desk, id_))
        with pytest.raises(Conflict):
            submit(open_assessment(desk, id_))
    office.answered(wang, id_, no_18=NOT_MET)

    with office.desk(wang) as desk:
        second = submit(open_assessment(desk, id_))

    assert (first.version, second.version) == (1, 2)
    assert json.loads(second.snapshot)["previous_sha256"] == first.sha256


def test_withdrawing_and_handing_in_again_keep_every_version(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        submit(open_assessment(desk, id_))
        withdraw(open_assessment(desk, id_), 1, "还要补材料")
        with pytest.raises(Conflict):
            withdraw(open_assessment(desk, id_), 1, "")
        submit(open_assessment(desk, id_))
        found = list_submissions(open_assessment(desk, id_))

    assert [(one.version, one.withdrawn_at is not None, one.withdrawn_why) for one in found] == [
        (2, False, ""), (1, True, "还要补材料"),
    ]  # fmt: skip


def test_what_is_open_or_differs_cannot_be_handed_in(office: Office, wang, id_: str):
    li = office.person("li", PENALISED)
    with office.desk(li) as desk:
        save_answers(open_assessment(desk, id_), [Given("18", answer(MET), seen="")])
    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        opened, _ = save_answers(opened, [Given("2", answer(Grade.UNANSWERED))])
        missing = [one.zh for one in what_is_missing(opened)]
        with pytest.raises(BadInput):
            submit(opened)

    assert missing == ["第18项有两个不同的答案，请选定一个", "还有1项没有回答"]


def test_the_exported_document_comes_back_unchanged(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        plan_gaps(opened)
        written = json.dumps(export_assessment(opened), ensure_ascii=False)
        copied = import_assessment(desk, json.loads(written))
        again = json.dumps(export_assessment(copied), ensure_ascii=False)

    assert copied.id != id_
    assert again == written


WRONG_DOCUMENTS = (
    {"format": "other/1"}, {"more": 1}, {"on": "2026-13-01"}, {"on": "2027-01-01"}, {"standard": "none"},
    {"answers": {"18": {"grade": "wonderful"}}}, {"answers": {"18": 3}}, {"answers": [1]},
    {"answers": {"18": {"grade": "partly_met"}}}, {"finance": {"unit": "石"}}, {"plan": [{"item": "2"}]},
    {"plan": [3]}, {"plan": 3}, {"profile": {"x": 1}},
)  # fmt: skip


def test_a_document_that_is_none_stores_nothing(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        document = export_assessment(open_assessment(desk, id_))

    for wrong in WRONG_DOCUMENTS:
        with pytest.raises(BadInput), office.desk(wang) as desk:
            import_assessment(desk, document | wrong)

    with office.desk(wang) as desk:
        assert [row.id for row in list_assessments(desk)] == [id_]


def test_an_imported_answer_is_from_the_record_only_where_the_record_says_so(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        document = export_assessment(open_assessment(desk, id_))
        document["answers"]["18"]["source"] = "record"  # it says so
        document["answers"]["2"]["source"] = "record"  # no record knows anything of it
        opened = import_assessment(desk, document)

    sources = [opened.answers.head(no).source for no in ("18", "2")]  # type: ignore[union-attr]
    assert sources == ["record", "self"]


def hand_in_for(office: Office, place: int, **grades: Grade) -> None:
    """Another enterprise of the sample hands an assessment in."""
    who = office.person(f"peer-{place}", place)
    id_ = office.started(who)
    with office.desk(who) as desk:
        opened, _ = save_answers(open_assessment(desk, id_), everything(open_assessment(desk, id_), MET, **grades))
        submit(opened)


def test_the_average_of_others_is_hidden_until_there_are_five_and_never_holds_the_own(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        submit(open_assessment(desk, id_))
    shown = []
    for place in (A, B, 34, 35, 36):
        with office.desk(wang) as desk:
            shown.append(peer_average(open_assessment(desk, id_)))
        hand_in_for(office, place, no_2=NOT_MET)
    with office.desk(wang) as desk:
        average = peer_average(open_assessment(desk, id_))

    assert shown == [None] * FEWEST
    assert average is not None
    assert average.number == FEWEST
    assert all(percent % 5 == 0 for percent in average.percent.values())


def test_progress_shows_the_enterprise_s_assessments_of_one_standard_oldest_first(office: Office, wang, id_: str):
    later = office.started(wang)
    office.started(wang, "certified-2026")

    with office.desk(wang) as desk:
        found = progress(open_assessment(desk, later))

    assert [one.assessment_id for one in found] == [id_, later]
    assert found[0].percent > found[1].percent
    assert (found[0].passed, found[1].passed) == (False, False)
