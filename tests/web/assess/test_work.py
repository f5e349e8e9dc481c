"""Figures, evidence, plan, papers, handing in and taking over: what people do around the form."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import update

from api.auth.throttle import SHARED, Rate
from api.store import Submission
from selfassess.statement_template import write_template
from tests.access.assessments import things_of_assessment
from tests.api.assess.evidence_cases import docx, png
from tests.people import B, Person, World, uscc
from tests.web.assess.conftest import HOSTILE, Worked
from tests.web.assess.paths import FIGURES, begin, give, give_all, said_on, upload
from web.security import MAX_BODY, most_of


def test_figures_are_calculated_with_value_limit_and_verdict(wang: Person):
    address = begin(wang)

    answer = wang.post(f"{address}/finance", **FIGURES)

    assert answer.status_code == 303
    page = said_on(wang.get(f"{address}/finance"), "main")
    assert re.search(r"现金比率 0\.3 ≥ 0\.2 满足", page)
    assert re.search(r"经营现金流负债比 0\.0857 ≥ 0\.1 不满足", page)


def test_figures_that_cannot_be_read_stay_in_the_form(wang: Person):
    address = begin(wang)

    answer = wang.post(f"{address}/finance", **FIGURES | {"cash": "很多"})

    assert answer.status_code == 400
    assert 'value="很多"' in answer.text
    assert said_on(answer, "[role=alert]")


def test_two_people_at_the_figures_see_both_values(wang: Person, li: Person):
    address = begin(wang)
    wang.post(f"{address}/finance", **FIGURES)

    answer = li.post(f"{address}/finance", **FIGURES | {"cash": "1300"})

    assert answer.status_code == 409
    assert "货币资金：同事填的 1200 ，您填的 1300" in said_on(answer, ".differs")
    assert 'name="cash" value="1300"' in answer.text


def test_a_statement_fills_the_form_and_is_not_stored_before_it_was_looked_at(wang: Person):
    address = begin(wang)
    book = load_workbook(io.BytesIO(wang.get(f"{address}/finance/template.xlsx").content))
    book.worksheets[0]["B5"] = 1200
    written = io.BytesIO()
    book.save(written)

    answer = upload(wang, f"{address}/finance/statement", "报表.xlsx", written.getvalue())

    assert 'name="cash" value="1200"' in answer.text
    assert 'name="cash" value=""' in wang.get(f"{address}/finance").text


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken"])
def test_a_file_that_is_no_statement_is_told_beside_the_form(content: bytes, wang: Person):
    answer = upload(wang, f"{begin(wang)}/finance/statement", "a.xlsx", content)

    assert answer.status_code == 400
    assert said_on(answer, "[role=alert]")


def test_a_document_proves_an_item_with_its_period_and_revisions(wang: Person):
    address = begin(wang)
    upload(wang, f"{address}/items/5/evidence", "制度.png", png(), title="单证制度", period_from="2026-01-01")
    page = wang.get(f"{address}/items/5/evidence")
    document = re.search(r'action="/evidence/(\w+)/revisions"', page.text)
    assert document

    upload(wang, f"/evidence/{document[1]}/revisions", "新.docx", docx("复核制度全文"), next=f"{address}/evidence")

    text = said_on(wang.get(f"{address}/items/5/evidence"))
    assert "单证制度" in said_on(page)
    assert "覆盖 2026年1月1日" in said_on(page)
    assert "版本 2" in text
    assert "新.docx" in text
    assert "复核制度全文" in said_on(wang.get(f"{address}/evidence?q=复核制度"))


def test_a_file_is_served_to_be_saved_and_to_its_enterprise_only(wang: Person, world: World):
    address = begin(wang)
    upload(wang, f"{address}/items/5/evidence", "制度.png", png())
    link = re.search(r'href="(/evidence/\w+/files/1)"', wang.get(f"{address}/items/5/evidence").text)
    assert link

    answer = wang.get(link[1])

    assert answer.content == png()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert world.enterprise_user("stranger", B).get(link[1]).status_code == 404


def test_a_file_of_another_kind_is_refused_beside_the_form(wang: Person):
    address = begin(wang)

    answer = upload(wang, f"{address}/items/5/evidence", "制度.pdf", b"MZ\x90\x00")

    assert answer.status_code == 400
    assert "只接收pdf" in said_on(answer, "[role=alert]")


def test_a_document_can_prove_another_item_and_be_taken_off(wang: Person):
    address = begin(wang)
    upload(wang, f"{address}/items/5/evidence", "制度.png", png())
    option = re.search(r'<option value="(\w{32})"', wang.get(f"{address}/items/6/evidence").text)
    assert option

    wang.post(f"{address}/items/6/links", evidence=option[1])
    wang.post(f"{address}/items/5/links", evidence=option[1], end="yes")

    assert "制度.png" in said_on(wang.get(f"{address}/items/6/evidence"))
    assert "还没有。" in said_on(wang.get(f"{address}/items/5/evidence"))


def test_only_places_for_files_take_large_bodies():
    assert most_of("/assessments/0a/items/SP1/evidence") > 20_000_000
    assert {most_of(path) for path in ("/", "/assessments/0a/plan/tasks", "/colleagues")} == {MAX_BODY}


def test_gaps_become_tasks_that_are_changed_done_and_deleted(wang: Person):
    address = begin(wang)
    give_all(wang, address, no_5="not_met")
    wang.post(f"{address}/plan/gaps")
    task = re.search(r'name="task" value="(\w+)"', wang.get(f"{address}/plan").text)
    assert task

    changed = {"task": task[1], "item": "5", "what": "写制度", "owner": "王", "due": "2026-12-31", "remind_days": "7"}
    wang.post(f"{address}/plan/tasks", **changed)
    wang.post(f"{address}/plan/tasks", task=task[1], press="done")

    assert "写制度" in said_on(wang.get(f"{address}/plan"), "s")
    wang.post(f"{address}/plan/tasks", task=task[1], press="delete")
    assert "写制度" not in wang.get(f"{address}/plan").text


@pytest.mark.parametrize("wrong", [{"due": "明天"}, {"remind_days": "很久"}, {"what": " "}, {"item": "999"}])
def test_a_task_that_cannot_be_is_told(wrong: dict[str, str], wang: Person):
    answer = wang.post(f"{begin(wang)}/plan/tasks", **{"item": "5", "what": "写制度"} | wrong)

    assert answer.status_code == 400
    assert said_on(answer, "[role=alert]")


def test_the_calendar_has_the_open_tasks(worked: Worked):
    calendar = Calendar.from_ical(worked.person.get(f"{worked.address}/plan.ics").content)

    assert any(HOSTILE in str(event["summary"]) for event in calendar.events)


def test_a_hostile_note_is_no_formula_in_the_workbook(worked: Worked):
    book = load_workbook(io.BytesIO(worked.person.get(f"{worked.address}/report.xlsx").content))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert f"'{HOSTILE}" in {cell.value for cell in cells}


def test_papers_are_named_in_chinese_and_saved_not_opened(worked: Worked):
    for path in ("report.docx", "report.xlsx", "plan.ics", "assessment.json"):
        headers = worked.person.get(f"{worked.address}/{path}").headers

        assert headers["content-disposition"].startswith('attachment; filename="')
        assert "filename*=UTF-8''%E" in headers["content-disposition"]


def test_nothing_is_handed_in_while_something_is_missing(wang: Person):
    address = begin(wang)

    answer = wang.post(f"{address}/submissions")

    assert answer.status_code == 400
    assert "没有回答" in said_on(answer, "[role=alert]")


def test_versions_are_frozen_with_their_digest_withdrawn_and_kept(wang: Person, world: World):
    address = begin(wang)
    give_all(wang, address)
    wang.post(f"{address}/submissions")
    first = wang.get(f"{address}/submissions/1.json").content
    world.clock.pass_(minutes=1)

    give(wang, address, "5", "not_met")
    wang.post(f"{address}/submissions/withdraw", version="1", why="漏了一项")
    wang.post(f"{address}/submissions")

    page = said_on(wang.get(f"{address}/submissions"))
    assert wang.get(f"{address}/submissions/1.json").content == first
    assert sha256(first).hexdigest() in page
    assert "版本 2" in page
    assert "漏了一项" in page


def test_a_paper_is_of_a_version_only_while_nothing_changed_since(wang: Person, world: World):
    address = begin(wang)
    give_all(wang, address)
    wang.post(f"{address}/submissions")
    frozen = said_on(wang.get(f"{address}/paper"))
    world.clock.pass_(minutes=1)

    give(wang, address, "5", "not_met")

    assert "校验值" in frozen
    assert "草稿，未提交" in said_on(wang.get(f"{address}/paper"))


def test_answers_are_taken_over_to_another_level_with_differences_shown(wang: Person):
    address = begin(wang)
    give_all(wang, address)

    page = said_on(wang.get(f"{address}/carry?standard=certified-2026"))
    answer = wang.post(f"{address}/carry", standard="certified-2026")

    assert re.search(r"\d+ 项沿用 · \d+ 项要核对", page)
    begun = answer.headers["location"].split("?")[0]
    kept = json.loads(wang.get(f"{begun}/assessment.json").content)
    assert kept["standard"] == "certified-2026"
    assert 0 < len(kept["answers"]) < 62
    assert "要求有变化，请重新核对" in wang.get(f"{begun}?show=open").text
    assert wang.get(address).status_code == 200


def test_repeated_assessments_show_the_way_so_far(wang: Person):
    address = begin(wang)
    give_all(wang, address, no_5="not_met")
    again = wang.post(f"{address}/carry", standard="advanced-2026").headers["location"].split("?")[0]

    assert "历次自评达标比例" in wang.get(f"{again}/result").text


def test_the_template_offered_is_the_one_the_calculator_reads(wang: Person):
    offered = wang.get(f"{begin(wang)}/finance/template.xlsx").content

    assert load_workbook(io.BytesIO(offered)).worksheets[0]["A5"].value == (
        load_workbook(io.BytesIO(write_template())).worksheets[0]["A5"].value
    )


def test_uploads_are_counted_and_too_many_have_to_wait(wang: Person, world: World):
    address = begin(wang)
    for _ in range(int(SHARED[Rate.UPLOAD].split("/")[0])):
        world.services.throttle.count(Rate.UPLOAD, wang.account_id)

    answer = upload(wang, f"{address}/items/5/evidence", "a.pdf", b"MZ")

    assert answer.status_code == 429
    assert "操作太频繁" in said_on(answer)


def test_the_average_of_five_others_stands_beside_the_own_shares(wang: Person, world: World):
    address = begin(wang)
    give_all(wang, address)
    shares = json.dumps({"internal_control": [5, 10], "financial_condition": [4, 4], "legal_compliance": [7, 28]})
    for place in range(30, 35):
        other = world.enterprise_user(f"other-{place}", place)
        things_of_assessment(world.services, other.account_id, uscc(place))
    with world.services.database.writing() as session:
        session.execute(update(Submission).values(peers="advanced-2026/trader/production", shares=shares))

    page = wang.get(f"{address}/result")

    assert "已提交的企业 5 家" in said_on(page)
    assert re.search(r"内部控制 100% 50%", said_on(page, "figure:nth-of-type(2) table"))
