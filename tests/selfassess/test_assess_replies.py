"""Ordinary replies: what they state, and that what is unclear is asked back."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.replies.reply import Reply, asks_for_absence
from selfassess.replies.understanding import understand
from tests.selfassess.assess_cases import ALL_STANDARDS
from tests.selfassess.laws import law
from tests.selfassess.reply_table import ABSENT, DONE

ITEMS = get_standard("advanced-2026").items
RECORD_KEEPING, INFLATED_TRADE = ITEMS["6"], ITEMS["28"]
_SHORT = {"unclear": "?", "unsure": "U", "reason_missing": "R", "question": "Q"}


def short(reply: Reply) -> str:
    """The reply in the notation of the table."""
    marks = {"grade": f"={reply.grade}", "confirm": f"~{reply.grade}"}
    return marks.get(reply.code) or _SHORT[reply.code]


@pytest.mark.parametrize(("said", "meant"), DONE.items())
def test_a_reply_about_something_to_be_done_is_understood(said: str, meant: str) -> None:
    assert short(understand(said, RECORD_KEEPING)) == meant


@pytest.mark.parametrize(("said", "meant"), ABSENT.items())
def test_a_reply_about_something_that_must_not_happen_is_understood(said: str, meant: str) -> None:
    assert short(understand(said, INFLATED_TRADE)) == meant


def test_the_table_holds_at_least_400_phrasings_in_three_scripts() -> None:
    phrasings = [*DONE, *ABSENT]

    assert len(phrasings) >= 400
    assert sum(said.isascii() for said in phrasings) >= 80
    assert sum(any(letter in "沒無達標記錄並標準這處罰過條書" for letter in said) for said in phrasings) >= 20


@pytest.mark.parametrize("said", ["有制度没记录", "基本达标", "差不多", "partly"])
def test_partly_is_asked_back_where_the_item_is_yes_or_no(said: str) -> None:
    reply = understand(said, ITEMS["21"])

    assert reply.code == "unclear"
    assert reply.options == (Grade.MET, Grade.NOT_MET)


@pytest.mark.parametrize("no", ["20", "29"])
def test_not_applicable_is_asked_back_where_the_item_has_no_such_grade(no: str) -> None:
    reply = understand("不涉及", ITEMS[no])

    assert (reply.code, reply.grade) == ("confirm", Grade.MET)


@pytest.mark.parametrize(
    ("said", "held", "lacking"),
    [
        ("有制度没记录", {"procedure"}, {"record"}),
        ("有记录没制度", {"record"}, {"procedure"}),
        ("制度、记录都有，协议没签", {"procedure", "record"}, {"agreement"}),
        ("制度齐全，记录不全", {"procedure"}, {"record"}),
        ("都有", set(), set()),
    ],
)
def test_the_kinds_of_evidence_named_are_kept(said: str, held: set[str], lacking: set[str]) -> None:
    reply = understand(said, RECORD_KEEPING)

    assert (set(reply.held), set(reply.lacking)) == (held, lacking)


@pytest.mark.parametrize("said", ["对", "是的", "没错", "确认", "可以", "yes", "correct", "按记录", "和记录一致", "對"])
def test_a_yes_confirms_what_the_record_proposes(said: str) -> None:
    assert understand(said, INFLATED_TRADE, Grade.NOT_MET) == Reply("grade", Grade.NOT_MET)


@pytest.mark.parametrize("said", ["不对", "错了", "有误", "no", "不是"])
def test_a_no_to_a_proposal_is_asked_back_without_it(said: str) -> None:
    reply = understand(said, RECORD_KEEPING, Grade.MET)

    assert reply.code == "unclear"
    assert Grade.MET not in reply.options


@pytest.mark.parametrize(
    ("no", "said"),
    [
        ("9", "我们通过了ISO27001认证"),
        ("9", "等保测评结论是符合"),
        ("8", "ERP已经跟海关对接了"),
    ],
)
def test_what_makes_an_item_count_as_met_is_recognised_and_asked_back(no: str, said: str) -> None:
    assert (understand(said, ITEMS[no]).code, understand(said, ITEMS[no]).grade) == ("confirm", Grade.MET)


@pytest.mark.parametrize("said", ["没有ISO27001", "正在申请ISO27001", "ISO27001过期了，没有续"])
def test_a_certificate_that_is_not_there_does_not_count(said: str) -> None:
    assert understand(said, ITEMS["9"]).grade is not Grade.MET


@pytest.mark.parametrize(
    "said", ["", "   ", "。。。", "👍", "\u200b", "哈" * 5000, "没" * 3000, "<script>", "'; DROP TABLE"]
)
def test_empty_long_or_odd_replies_state_nothing_outright(said: str) -> None:
    reply = understand(said, RECORD_KEEPING)

    assert reply.code in ("unclear", "confirm", "unsure") or reply.grade is Grade.NOT_MET


@law(
    st.sampled_from(ALL_STANDARDS),
    st.data(),
    st.text(alphabet="没有不是达标符合制度记录无非的，但基本罚过是否yesno 0123%", max_size=24),
)
def test_whatever_is_said_no_grade_is_stated_that_the_item_does_not_have(standard, data, said) -> None:  # type: ignore[no-untyped-def]
    item = data.draw(st.sampled_from(list(standard.items.values())))

    reply = understand(said, item)

    if reply.grade is not None:
        assert reply.grade in item.grades.allowed
    assert set(reply.options) <= set(item.grades.allowed)
    if reply.grade is Grade.NOT_APPLICABLE and reply.code == "grade":
        assert reply.reason


def test_items_that_ask_for_absence_are_those_whose_every_limit_is_none() -> None:
    absent = [no for no, item in ITEMS.items() if asks_for_absence(item)]

    assert absent == [
        *("15", "16", "17", "20", "22", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37"),
        *("38", "39", "41", "42", "43"),
    ]
