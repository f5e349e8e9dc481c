"""What leaves the review desk: letters, JSON, figures; and what is found to repeat an earlier year."""

from __future__ import annotations

import io

from docx import Document
from sqlalchemy import select

from api.auth.identity import Identity, Kind
from api.records.gateway.reach import Reached
from api.store import Submission
from api.usecases.review.figures import _item
from api.usecases.sample_assessment import hand_in_sample
from selfassess.grades import Grade
from tests.people import DAY, Person, uscc
from tests.web.review.ways import InReview, decide, grade, hand_in, reasoned, said
from tests.web.test_assessment_api import ROOT, answered, begun, send

MET, NOT_MET = Grade.MET, Grade.NOT_MET


def letter(person: Person, address: str, number: int) -> str:
    """What a letter says."""
    answer = person.get(f"{address}/letters/{number}")
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_letter_of_a_return_is_a_draft_with_items_clauses_and_period(in_review: InReview, officer: Person):
    decide(
        officer, in_review.address, "return", reason="材料不全", item="5", due="2026-12-20", **{"what-5": "补抽查记录"}
    )

    written = letter(officer, in_review.address, 1)

    assert "退回补正通知（草稿）" in written
    assert "未经签发不具有效力" in written
    assert "需要补正的项目（共1项）" in written
    assert "海关总署公告2026年第34号附件2第5项" in written
    assert "要做的事：补抽查记录" in written
    assert "期限：2026年12月20日" in written
    assert officer.get(f"{in_review.address}/letters/2").status_code == 404


def test_the_letter_of_an_escalation_lists_where_officer_and_enterprise_differ(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", grade="not_met", why="missing", comment="没有任命书")
    decide(officer, in_review.address, "escalate", reason="拿不准")

    written = letter(officer, in_review.address, 1)

    assert "自评达标，审核不达标，缺少佐证材料：没有任命书" in written


def test_what_a_program_does_is_what_the_page_does(in_review: InReview):
    officer, root = reasoned(in_review.world.officer("zhou")), f"/api/v1/reviews/{in_review.version}"

    taken = send(officer, "POST", f"{root}/take", turn=0)
    again = officer.call("POST", f"{root}/take", json={"turn": 0})
    graded = send(officer, "PUT", f"{root}/grades/1", grade="not_met", why="missing")
    stale = officer.call("POST", f"{root}/decisions", json={"turn": taken["turn"], "kind": "note", "reason": "x"})
    item = {"item": "1", "what": "补任命书", "due": "2026-12-20"}
    back = send(officer, "POST", f"{root}/decisions", 201, turn=graded["turn"], kind="return", reason="x", items=[item])

    assert (again.status_code, stale.status_code, back["state"], back["due_on"]) == (409, 409, "returned", "2026-12-20")
    assert send(officer, "GET", f"{root}/grades")["1"]["claimed"] == "met"
    assert send(officer, "GET", f"{root}/decisions")[0]["items"] == [item]
    assert send(officer, "GET", "/api/v1/reviews?state=returned")[0]["officer"] == "zhou"


def test_a_note_copied_from_an_earlier_year_is_flagged(in_review: InReview, officer: Person):
    copied = "制度齐全，每月抽查一次，由关务部保存。"
    ids = [begun(in_review.wang, on="2026-04-15"), begun(in_review.wang)]
    for id_ in ids:
        answered(in_review.wang, id_)
        send(in_review.wang, "PUT", f"{ROOT}/{id_}/answers", answers={"5": {"grade": "met", "note": copied}})
    versions = [hand_in(in_review.wang, id_) for id_ in ids]

    item = said(officer.get(f"/reviews/{versions[1]}/items/5"))
    other = said(officer.get(f"/reviews/{versions[1]}/items/6"))

    assert "与往年的自评相同（2026-04-15）：说明一字不差" in item
    assert "与往年的自评相同" not in other


def test_the_same_reason_for_many_items_and_a_note_against_its_grade_are_found(in_review: InReview, officer: Person):
    answers = {no: {"grade": "not_applicable", "note": "没有这项业务"} for no in ("3", "9", "59", "60", "61")}
    saved = send(in_review.wang, "PUT", f"{ROOT}/{in_review.assessment}/answers", answers=answers)["saved"]
    taken = [no for no, one in saved.items() if one["state"] == "saved"]
    send(
        in_review.wang,
        "PUT",
        f"{ROOT}/{in_review.assessment}/answers",
        answers={"6": {"grade": "met", "note": "没有制度也没有记录"}},
    )

    page = said(officer.get(f"/reviews/{hand_in(in_review.wang, in_review.assessment)}/consistency"))

    assert len(taken) >= 3
    assert f"同一个理由用在{len(taken)}项上" in page
    assert "自评达标，说明读起来像不达标" in page


def reached(number: int, office: str) -> Reached:
    """An enterprise of an office."""
    return Reached(f"{office}-{number}", "", office, office)


def test_groups_under_five_are_hidden_and_so_is_what_would_give_them_away():
    sizes = {"0101": 6, "0102": 5, "0103": 2}
    enterprises = {one.uscc: one for office, size in sizes.items() for one in (reached(n, office) for n in range(size))}
    judged = {code: {"1": (MET, NOT_MET if code.endswith("-0") else MET)} for code in enterprises}

    found = _item("1", judged, enterprises)

    assert {office: share and share.number for office, share in found.by_office.items()} == {
        "0101": 1, "0102": 1, "0103": None,
    }  # fmt: skip
    assert found.weak is None
    assert found.differing is not None
    assert found.differing.percent == 23


def test_the_figures_show_time_taken_and_hide_what_is_of_one_enterprise(in_review: InReview, officer: Person):
    grade(officer, in_review.address, "1", grade="not_met", why="missing")
    in_review.world.clock.pass_(days=3)
    officer = in_review.world.signed_in(in_review.world.account("zhou"))
    decide(reasoned(officer), in_review.address, "return", reason="x", item="1", due="2026-12-20", **{"what-1": "补"})

    page = said(officer.get("/reviews/numbers"))

    assert "一半在几天内 3" in page
    assert "各项都不足5家，还不能显示" in page
    assert "海关联系人" not in page


def test_a_newcomer_s_queue_holds_the_sample_s_self_assessment_once(in_review: InReview):
    services = in_review.world.services
    first = in_review.world.enterprise_user("demo", 8)
    who = Identity(
        Kind.ENTERPRISE, first.account_id, display_name="demo", usccs=(uscc(8),), uscc=uscc(8), complete=True
    )

    made = [hand_in_sample(services, who, DAY), hand_in_sample(services, who, DAY)]

    with services.database.reading() as session:
        handed_in = session.scalars(select(Submission).where(Submission.uscc == uscc(8))).all()
    assert made == [True, False]
    assert [one.version for one in handed_in] == [1]
    assert '"title":"进出口单证复核制度"' in handed_in[0].snapshot
