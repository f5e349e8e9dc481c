"""Evidence of an enterprise: linked to items, revised, found again, opened by nobody else; its words decide nothing."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from api.errors import BadInput, NotFound
from api.evidence.upload import Checked
from api.usecases.assess import open_assessment
from api.usecases.assess_documents import list_evidence, open_file, search_evidence
from api.usecases.assess_evidence import add_evidence, add_revision, evidence_of, find_document, link_evidence
from api.usecases.assess_submission import submit
from api.usecases.erase_enterprise import files_of
from selfassess.grades import Grade
from tests.api.assess.evidence_cases import CLAIM, checked
from tests.api.assess.office import Office
from tests.people import A, B, uscc

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def wang(office: Office):
    """Somebody of enterprise A."""
    return office.person()


@pytest.fixture
def id_(office: Office, wang) -> str:
    """An assessment of enterprise A."""
    return office.started(wang)


def added(office: Office, wang, id_: str, *items: str, file: Checked | None = None) -> str:
    """A document kept for items; return its id."""
    with office.desk(wang) as desk:
        return add_evidence(open_assessment(desk, id_), file or checked(), items or ("5",), period=YEAR).id


def test_a_document_is_kept_with_its_digest_period_and_items(office: Office, wang, id_: str):
    added(office, wang, id_, "5", "2")

    with office.desk(wang) as desk:
        found = evidence_of(open_assessment(desk, id_))[0]
        revision, content = open_file(desk, found.id)

    assert (found.title, found.items) == ("复核制度", ("2", "5"))
    assert (revision.period_from, revision.period_to) == YEAR
    assert sha256(content).hexdigest() == revision.sha256
    assert (files_of(office.services.files, uscc(A)) / "evidence" / revision.sha256).is_file()


def test_a_new_revision_counts_and_the_earlier_one_stays(office: Office, wang, id_: str):
    document = added(office, wang, id_)

    with office.desk(wang) as desk:
        revised = add_revision(desk, document, checked("第二版", "新.docx"))
        with pytest.raises(BadInput):
            add_revision(desk, document, checked("第二版", "新.docx"))
        first, content = open_file(desk, document, 1)

    assert [one.number for one in revised.revisions] == [2, 1]
    assert first.file_name == "复核制度.docx"
    assert content.decode().startswith("进出口单证")


def test_links_are_set_taken_off_and_set_again(office: Office, wang, id_: str):
    document = added(office, wang, id_, "5")

    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)
        seen = []
        for items in (["6"], [], ["5", "6"]):
            link_evidence(opened, document, items)
            seen.append(find_document(opened, document).items)

    assert seen == [("6",), (), ("5", "6")]


@pytest.mark.parametrize("period", [(YEAR[1], YEAR[0]), (date(1900, 1, 1), None)])
def test_a_period_that_cannot_be_is_refused(office: Office, wang, id_: str, period):
    with office.desk(wang) as desk, pytest.raises(BadInput):
        add_evidence(open_assessment(desk, id_), checked(), ["5"], period=period)


def test_an_item_the_standard_does_not_have_is_refused(office: Office, wang, id_: str):
    with office.desk(wang) as desk, pytest.raises(BadInput):
        add_evidence(open_assessment(desk, id_), checked(), ["999"])


def test_words_are_found_in_text_title_and_name_with_what_stands_around_them(office: Office, wang, id_: str):
    document = added(office, wang, id_)

    with office.desk(wang) as desk:
        found = [
            search_evidence(desk, words)
            for words in ("单证 抽查", "每月抽查", "复核制度.docx 每月", "", "每月 没有的词")
        ]
        piece = found[1][0].piece

    assert [[one.document.id for one in listed] for listed in found] == [[document], [document], [document], [], []]
    assert piece == "进出口单证复核制度，每月抽查"


def test_what_was_revised_away_is_not_found(office: Office, wang, id_: str):
    document = added(office, wang, id_)

    with office.desk(wang) as desk:
        add_revision(desk, document, checked("第二版", "新.docx"))

        assert search_evidence(desk, "抽查") == []


def test_another_enterprise_sees_opens_links_and_finds_nothing(office: Office, wang, id_: str):
    document = added(office, wang, id_)
    li = office.person("li", B)
    theirs = office.started(li)

    with office.desk(li) as desk:
        opened = open_assessment(desk, theirs)
        assert list_evidence(desk) == search_evidence(desk, "抽查") == evidence_of(opened) == []
        with pytest.raises(NotFound):
            open_file(desk, document)
        with pytest.raises(NotFound):
            add_revision(desk, document, checked("x"))
        with pytest.raises(NotFound):
            link_evidence(opened, document, ["5"])


def test_a_document_that_says_it_is_met_changes_no_result(office: Office, wang, id_: str):
    with office.desk(wang) as desk:
        before = open_assessment(desk, id_).assessed.outcome.grades
    added(office, wang, id_, "5", file=checked(CLAIM))

    with office.desk(wang) as desk:
        opened = open_assessment(desk, id_)

    assert opened.assessed.outcome.grades == before
    assert opened.assessed.outcome.grades["5"] is Grade.UNANSWERED


def test_a_file_changed_on_the_disk_is_not_served(office: Office, wang, id_: str):
    document = added(office, wang, id_)
    file = next((files_of(office.services.files, uscc(A)) / "evidence").iterdir())
    file.write_bytes(b"something else")

    with office.desk(wang) as desk, pytest.raises(NotFound, match="changed"):
        open_file(desk, document)


def test_a_submission_names_its_evidence_by_digest(office: Office, wang, id_: str):
    added(office, wang, id_)
    office.answered(wang, id_)

    with office.desk(wang) as desk:
        submission = submit(open_assessment(desk, id_))

    assert checked().sha256 in submission.snapshot
    assert "每月抽查" not in submission.snapshot
