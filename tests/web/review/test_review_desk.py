"""The review desk on pages: the queue, one item after the other, decisions, and what the enterprise hears."""

from __future__ import annotations

from tests.people import B, Person
from tests.web.review.ways import ITEMS, InReview, decide, grade, reasoned, said, turn_of
from tests.web.test_assessment_api import ROOT, answered, send


def test_a_version_is_in_the_queue_of_its_district_with_state_and_due_date(in_review: InReview):
    officer, far = in_review.world.officer(), in_review.world.officer("far", "Y9")

    seen = said(officer.get("/reviews"))

    assert "待领取" in seen
    assert "2026年12月12日" in seen
    assert "还没有企业提交自评" in said(far.get("/reviews"))


def test_a_version_taken_is_mine_and_no_longer_free(in_review: InReview, officer: Person):
    mine = said(officer.get("/reviews?whose=mine"))
    free = said(officer.get("/reviews?whose=free"))

    assert "审核中 zhou" in mine
    assert "没有符合条件的自评" in free
    assert in_review.world.actions()[-1] == "review_taken"


def test_what_is_overdue_is_found_by_the_filter(in_review: InReview, officer: Person):
    in_time = said(officer.get("/reviews?overdue=1"))
    in_review.world.app.state.clock, before = (
        (lambda: before().replace(month=12, day=31)),
        in_review.world.app.state.clock,
    )

    late = said(officer.get("/reviews?overdue=1"))
    in_review.world.app.state.clock = before

    assert "没有符合条件的自评" in in_time
    assert "逾期" in late
    assert "zhou (我) 1 1" in late.replace("（", "(")


def test_who_comes_second_is_told_who_has_it(in_review: InReview, officer: Person):
    second = reasoned(in_review.world.officer("sun"))

    answer = second.post(f"{in_review.address}/take", turn="0")

    assert answer.status_code == 409
    assert "已由zhou领取，您的操作没有保存" in said(answer)


def test_somebody_else_s_review_can_neither_be_graded_nor_decided(in_review: InReview, officer: Person):
    second = reasoned(in_review.world.officer("sun"))

    graded = grade(second, in_review.address, "1", grade="met")
    decided = second.post(f"{in_review.address}/decision", turn="1", kind="note", reason="x")

    assert (graded.status_code, decided.status_code) == (409, 409)
    assert "已由zhou领取" in said(graded)


def test_released_it_is_free_again_and_the_grades_stay(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", agree="met")
    officer.post(f"{in_review.address}/release", turn=turn_of(officer, in_review.address))
    second = reasoned(in_review.world.officer("sun"))

    second.post(f"{in_review.address}/take", turn="3")

    assert "审核中 sun" in said(second.get("/reviews"))
    assert "1 / 74 已评定" in said(second.get(in_review.address))


def test_reassigned_with_a_reason_it_is_the_colleague_s(in_review: InReview, officer: Person):
    sun = in_review.world.officer("sun")
    turn = turn_of(officer, in_review.address)
    unexplained = officer.post(f"{in_review.address}/reassign", turn=turn, to=sun.account_id)

    officer.post(f"{in_review.address}/reassign", turn=turn, to=sun.account_id, why="休假")

    assert unexplained.status_code == 400
    assert "审核中 sun" in said(officer.get("/reviews"))
    assert in_review.world.actions()[-1] == "review_reassigned"


def test_an_officer_of_an_office_cannot_give_a_colleague_s_review_away_and_nobody_gives_it_outside(
    in_review: InReview, officer: Person
):
    far = in_review.world.officer("far", "Y9")

    answer = officer.post(f"{in_review.address}/reassign", turn="1", to=far.account_id, why="x")

    assert answer.status_code == 400
    assert "请选择负责这家企业的关员" in said(answer)


def test_a_coordinator_reads_and_cannot_take(in_review: InReview):
    coordinator = reasoned(in_review.world.coordinator())

    page = said(coordinator.get(in_review.address))

    assert "逐项审核" in page
    assert coordinator.post(f"{in_review.address}/take", turn="0").status_code == 403


def test_after_saving_the_officer_lands_on_the_next_item_without_a_grade(in_review: InReview, officer: Person):
    first = grade(officer, in_review.address, "1", agree="met")
    third = grade(officer, in_review.address, "2", grade="partly_met", why="weak", comment="记录不全")
    grade(officer, in_review.address, "4", agree="met")

    after_three = grade(officer, in_review.address, "3", agree="met")

    assert first.headers["location"].endswith("/items/2?saved=1")
    assert third.headers["location"].endswith("/items/3?saved=2")
    assert after_three.headers["location"].endswith("/items/5?saved=3")


def test_every_item_of_a_version_is_graded_in_one_sitting_and_then_it_is_accepted(in_review: InReview, officer: Person):
    too_early = decide(officer, in_review.address, "accept", reason="都看过了")
    at, walked = f"{in_review.address}/items/1", 0
    while "/items/" in at:
        no = at.split("/items/")[1].split("?")[0]
        claimed = "not_met" if no == "2" else "met"
        at, walked = (
            officer.post(f"{in_review.address}/items/{no}", agree=claimed, seen="0").headers["location"],
            walked + 1,
        )
    accepted = decide(officer, in_review.address, "accept", reason="都看过了")

    assert too_early.status_code == 409
    assert 60 < walked <= len(ITEMS)
    assert accepted.status_code == 303
    assert "已接受" in said(officer.get("/reviews?state=all"))


def test_a_grade_that_differs_needs_a_reason(in_review: InReview, officer: Person):
    refused = grade(officer, in_review.address, "1", grade="not_met", comment="没有任命书")

    assert refused.status_code == 400
    assert "请选择理由" in said(refused)
    assert "没有任命书" in refused.text


def test_two_pages_of_one_item_do_not_overwrite_each_other(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", agree="met")

    second = officer.post(f"{in_review.address}/items/1", seen="0", grade="not_met", why="missing")

    assert second.status_code == 409
    assert "另一个页面评过" in said(second)


def test_the_officer_s_grade_never_changes_the_enterprise_s(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", grade="not_met", why="missing")

    answers = send(in_review.wang, "GET", f"{ROOT}/{in_review.assessment}")["answers"]
    frozen = officer.call("GET", f"/api/v1/reviews/{in_review.version}").json()

    assert answers["1"]["entries"][0]["grade"] == "met"
    assert frozen["assessment"]["answers"]["1"]["grade"] == "met"


def test_an_item_shows_requirement_clause_certainty_claim_and_record(in_review: InReview, officer: Person):
    item = said(officer.get(f"{in_review.address}/items/18"))

    assert "公告2026年第34号附件2第18项" in item
    assert "企业自评 达标" in item
    assert "数据时点" in item
    assert "材料不在回溯期间内" in item


def test_the_text_of_a_document_opens_at_the_page_with_the_item_s_words_marked(in_review: InReview, officer: Person):
    page = officer.get(f"{in_review.address}/evidence?document={in_review.document}&item=5")
    searched = officer.get(f"{in_review.address}/evidence?document={in_review.document}&q=没有关系")

    assert "页 2 / 2" in said(page)
    assert "<mark>" in page.text.split("proof-text")[1]
    assert "<mark>没有关系</mark>" in searched.text.split("proof-text")[1]


def test_the_consistency_page_lists_what_does_not_fit(in_review: InReview, officer: Person):
    page = said(officer.get(f"{in_review.address}/consistency"))

    assert "《复核制度》的期间是2019年1月1日 – 2019年12月31日" in page
    assert "没有附材料" in page


def test_what_changed_since_the_last_version_is_shown_at_the_item(in_review: InReview, officer: Person):
    answered(in_review.wang, in_review.assessment, no_2="partly_met")
    version = send(in_review.wang, "POST", f"{ROOT}/{in_review.assessment}/submissions", 201)["id"]

    item = said(officer.get(f"/reviews/{version}/items/2"))
    stale = officer.post(f"{in_review.address}/decision", turn="1", kind="note", reason="x")

    assert "和上一版不同 档次： 不达标 → 基本达标" in item
    assert (stale.status_code, "已经提交新的一版" in said(stale)) == (409, True)


def test_a_return_names_items_what_to_do_and_by_when_and_the_enterprise_hears_of_it(
    in_review: InReview, officer: Person
):
    fields = {
        "item": ["5", "2"],
        "what-5": "补2026年的抽查记录",
        "what-2": "写明分工",
        "due": "2026-12-20",
        "due-5": "2026-12-31",
    }

    answer = decide(officer, in_review.address, "return", reason="材料不全", **fields)

    assert answer.status_code == 303
    seen = said(in_review.wang.get(f"/assessments/{in_review.assessment}/submissions"))
    assert "最迟 2026年12月31日" in seen
    assert "补2026年的抽查记录 最迟 2026年12月31日" in seen
    assert "第2、5项，共2项，最迟2026年12月31日" in said(in_review.wang.get("/inbox"))
    assert "zhou" not in seen
    assert in_review.world.actions()[-3:].count("review_return") == 1


def test_a_return_without_items_or_with_a_day_gone_by_is_refused_and_keeps_what_was_typed(
    in_review: InReview, officer: Person
):
    empty = decide(officer, in_review.address, "return", reason="材料不全")
    past = decide(
        officer, in_review.address, "return", reason="材料不全", **{"item": "5", "what-5": "补", "due-5": "2026-11-01"}
    )

    assert (empty.status_code, past.status_code) == (400, 400)
    assert "期限应当在今天之后" in said(past)
    assert 'value="5" checked' in past.text


def test_what_is_escalated_is_another_officer_s_to_decide(in_review: InReview, officer: Person):
    decide(officer, in_review.address, "escalate", reason="拿不准")
    sun = in_review.world.officer("sun")

    again = officer.post(f"{in_review.address}/take", turn="2")
    taken = sun.post(f"{in_review.address}/take", turn="2")

    assert (again.status_code, taken.status_code) == (409, 303)


def test_every_decision_needs_a_reason_and_a_note_leaves_the_review_open(in_review: InReview, officer: Person):
    blank = decide(officer, in_review.address, "note", reason=" ")

    noted = decide(officer, in_review.address, "note", reason="电话核实过")

    assert (blank.status_code, noted.status_code) == (400, 303)
    assert "电话核实过" in said(officer.get(f"{in_review.address}/decision"))
    assert "审核中" in said(officer.get("/reviews"))


def test_a_decision_of_a_page_that_is_old_is_refused(in_review: InReview, officer: Person):
    turn = turn_of(officer, in_review.address)
    grade(officer, in_review.address, "1", agree="met")

    answer = officer.post(f"{in_review.address}/decision", turn=turn, kind="note", reason="x")

    assert answer.status_code == 409
    assert "另一个页面改过" in said(answer)


def test_the_sheet_for_a_visit_has_what_to_look_at_and_room_to_write(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", grade="partly_met", why="visit", comment="看任命书原件")

    page = said(officer.get(f"{in_review.address}/worksheet"))

    assert "看任命书原件" in page
    assert "联系人任命书或授权文件" in page
    assert "访谈对象" in page


def test_the_other_kinds_of_people_do_not_see_the_desk(in_review: InReview):
    stranger = in_review.world.enterprise_user("stranger", B)

    answers = [
        stranger.get("/reviews"),
        in_review.wang.get(in_review.address),
        in_review.world.administrator().get("/reviews"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
