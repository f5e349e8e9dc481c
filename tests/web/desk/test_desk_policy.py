"""Policy changes: what is new, changed or ended, and every enterprise, plan, reply and guide that relied on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from api.store import Assessment, AssessmentTask, GuideEntry, Notice
from api.usecases.desk.versions import note_versions
from knowledge.models import Provision
from tests.access.desk import saved_reply_of
from tests.people import DAY, A, Person, World, uscc

OLD, NEW = "gacc-order-251#art-18", "gacc-order-282"


def plan(world: World, person: Person, item: str = "5") -> None:
    """Store a self-assessment of A with an open task."""
    now, by = world.clock(), {"uscc": uscc(A), "account_id": person.account_id}
    with world.services.database.writing() as session:
        assessment = Assessment(standard="advanced-2026", day=DAY, profile="{}", started_at=now, changed_at=now, **by)
        session.add(assessment)
        session.flush()
        session.add(
            AssessmentTask(
                assessment_id=assessment.id, item=item, what="内审", owner="", due=DAY + timedelta(days=9),
                remind_days=1, changed_at=now, **by,
            )
        )  # fmt: skip


def guide(world: World, provision: str) -> None:
    """Store a live guide that rests on a provision."""
    now = world.clock()
    with world.services.database.writing() as session:
        session.add(
            GuideEntry(
                question="复核怎么办？", subject="", zh="看规定。", en="", state="live", change=1, written_at=now,
                note="",
                provisions=[{"n": 1, "provision": provision, "digest": "x"}], asks=[], vectors=b"",
            )
        )  # fmt: skip


def told(world: World, person: Person) -> list[str]:
    """The policy notices of somebody."""
    with world.services.database.reading() as session:
        statement = select(Notice.text).where(Notice.account_id == person.account_id, Notice.kind == "policy")
        return list(session.scalars(statement))


def test_documents_that_begin_and_end_are_listed_by_their_days(zhang: Person):
    page = zhang.get("/desk/policy").text

    assert 'href="/desk/policy/gacc-order-282"' in page
    assert 'href="/desk/policy/gacc-order-251"' in page
    assert 'href="/desk/policy/gacc-order-282"' not in zhang.get("/desk/policy?days=90").text


def test_who_relied_on_the_old_rule_is_found_from_the_new_one(world: World, li: Person, zhang: Person):
    li.post("/", q="2025年的时候高级认证企业几年复核一次？")
    saved_reply_of(world.services, zhang.account_id, OLD)
    guide(world, OLD)

    page = zhang.get(f"/desk/policy/{NEW}").text

    assert "复核周期" in page
    assert "复核怎么办？" in page
    assert 'href="/desk/conversations/' in page


def test_plans_against_the_standard_are_found_and_by_item(world: World, li: Person, zhang: Person):
    plan(world, li)

    whole = zhang.get("/desk/policy/gacc-2026-34").text
    its_item = zhang.get("/desk/policy/advanced-2026", params={"item": "item-5"}).text
    another = zhang.get("/desk/policy/advanced-2026", params={"item": "item-6"}).text

    assert "未完成的计划 <strong>1</strong>" in whole
    assert "未完成的计划 <strong>1</strong>" in its_item
    assert "未完成的计划 <strong>0</strong>" in another


def test_from_there_a_notice_is_begun_with_level_and_provision(zhang: Person):
    page = zhang.get(f"/desk/policy/{NEW}", params={"item": "art-4"}).text

    address = page.split('class="button secondary" href="')[1].split('"')[0].replace("&amp;", "&")
    form = zhang.get(address).text

    assert "level=" in address
    assert 'name="provision" value="gacc-order-282#art-4"' in form
    assert "请对照检查贵企业的情况。</textarea>" in form


def test_a_reworded_and_a_new_provision_are_told_once_and_listed(
    world: World, zhang: Person, li: Person, provisions: list[Provision]
):
    assert note_versions(world.services, provisions) == 0
    world.clock.pass_(minutes=1)
    first = provisions[0]
    changed = [
        replace(first, zh=(replace(first.zh[0], text="改过的话"), *first.zh[1:]), official_text=""),
        *provisions[1:],
    ]
    added = replace(first, anchor_id="art-999", anchor="新增的条")

    assert note_versions(world.services, [*changed, added]) == 2
    assert note_versions(world.services, [*changed, added]) == 0

    assert ["知识库有2条" in text for text in told(world, zhang)] == [True]
    assert told(world, li) == []
    page = zhang.get("/desk/policy?days=90").text
    assert f'href="/desk/policy/{first.document.id}"' in page
    assert "文字有变化" in page
    assert f"{first.document.id}#art-999" in page


def test_only_own_enterprises_are_shown(world: World, li: Person):
    plan(world, li)
    elsewhere = world.coordinator("qian", 32)

    page = elsewhere.get("/desk/policy/gacc-2026-34").text

    assert "未完成的计划 <strong>0</strong>" in page
    assert uscc(A) not in page


def test_a_document_nobody_knows_is_not_found(zhang: Person):
    assert zhang.get("/desk/policy/no-such-document").status_code == 404
    assert zhang.get(f"/desk/policy/{NEW}", params={"item": "art-9999"}).status_code == 404
