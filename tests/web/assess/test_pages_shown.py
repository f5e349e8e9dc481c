"""Every page of an assessment: in each language, with hostile texts as texts, for its own enterprise only."""

from __future__ import annotations

import re

import pytest

from tests.people import B, Person, World
from tests.web.assess.conftest import HOSTILE, Worked
from tests.web.assess.paths import begin, said_on

PAGES = (
    "", "?show=open", "?section=financial_condition", "/finance", "/evidence", "/evidence?q=a", "/items/5/evidence",
    "/result", "/result?suppose=如果今年再被罚一次6万", "/paper", "/plan", "/submissions", "/carry",
    "/carry?standard=certified-2026",
)  # fmt: skip
ENGLISH = {"accept": "text/html", "accept-language": "en"}
CJK = re.compile(r"[\u4e00-\u9fff]+")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_in_each_language_and_what_was_typed_stays_a_text(path: str, worked: Worked):
    for language in ("zh-Hans", "zh-Hant", "en"):
        mark = "&" if "?" in path else "?"
        answer = worked.person.get(f"{worked.address}{path}{mark}lang={language}")

        assert answer.status_code == 200, answer.text[:300]
        assert f'<html lang="{language}">' in answer.text
        assert "<script>alert" not in answer.text
        assert " style=" not in answer.text
        assert re.findall(r"<script(?![^>]* src=)", answer.text) == []
    worked.person.client.cookies.delete("lang")


def test_a_hostile_note_is_shown_as_it_was_typed(worked: Worked):
    answer = worked.person.get(f"{worked.address}/result")

    assert HOSTILE in said_on(answer, "#gap-5")


def test_another_enterprise_s_assessment_is_not_there(world: World, wang: Person):
    address, stranger = begin(wang), world.enterprise_user("stranger", B)

    for path in (*PAGES, "/report.docx", "/report.xlsx", "/plan.ics", "/assessment.json"):
        assert stranger.get(f"{address}{path}").status_code == 404, path


def test_the_list_leads_to_what_was_begun_and_tells_what_is_due(worked: Worked):
    text = worked.person.get("/assessments").text

    assert f'href="{worked.address}"' in text
    assert "培育计划到期提醒" in text
    assert "已提交版本" in text


def test_a_page_says_which_pass_rule_was_used_and_that_it_is_unconfirmed(worked: Worked):
    text = said_on(worked.person.get(f"{worked.address}/result"))

    assert "通过条件未经确认" in text
    assert "公告2026年第34号附件1未取得" in text


def test_gaps_that_block_come_first_with_reason_next_step_owner_day_and_effort(worked: Worked):
    answer = worked.person.get(f"{worked.address}/result")

    order = re.findall(r'class="gap( blocks)?" id="gap-', answer.text)
    assert order == sorted(order, reverse=True)
    for part in ("原因", "下一步", "负责", "期限", "工作量", "条款和来源"):
        assert part in said_on(answer, "#gap-33")


def test_fewer_than_five_others_give_no_average(worked: Worked):
    assert "不足5家，不显示平均" in worked.person.get(f"{worked.address}/result").text


def test_a_supposition_is_answered_beside_the_box(worked: Worked):
    text = said_on(worked.person.get(f"{worked.address}/result", params={"suppose": "如果今年再被罚一次6万"}))

    assert "再被海关处罚60,000元" in text
    assert re.search(r"18 单次处罚金额：\s*达标 → 不达标", text)


def test_english_pages_speak_english(worked: Worked):
    for path in ("", "/plan", "/submissions", "/result"):
        answer = worked.person.client.get(f"{worked.address}{path}", headers=ENGLISH)
        for part in ("h1", "h2", ".steps-nav", "summary", ".buttons"):
            assert CJK.findall(said_on(answer, part)) == [], (path, part)


def test_a_visitor_is_sent_to_sign_in_and_a_person_without_enterprise_told(world: World):
    assert world.visitor().get("/assessments").headers["location"].startswith("/sign-in")
    assert world.officer().get("/assessments").status_code == 403


def test_what_one_person_began_a_colleague_goes_on_with(wang: Person, li: Person):
    assert li.get(begin(wang)).status_code == 200
