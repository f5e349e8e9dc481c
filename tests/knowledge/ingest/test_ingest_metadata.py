"""Number, issuer and dates: read with their sentence, asked for where unsure, and what is given wins."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.ingest import Given, missing, parse_law, propose, read_bytes, settle
from knowledge.ingest.characters import number, numeral
from knowledge.ingest.document_numbers import document_id, numbers_in, same_number
from knowledge.ingest.errors import MetadataInvalid, MetadataMissing
from tests.knowledge.ingest.ingest_files import LAW, as_txt

ORDER = [
    "中华人民共和国海关总署令",
    "第300号",
    "《海关示例办法》已经2031年1月5日署务会议审议通过，现予公布，自2031年4月1日起施行。",
    "署长　某某",
    "2031年1月13日",
    "海关示例办法",
    "第一条　为了示例，制定本办法。",
    "第二条　本办法自2031年4月1日起施行。2021年9月13日海关总署令第251号公布的《旧办法》同时废止。",
]
HISTORY = "（2020年1月2日国务院令第7号公布　根据2022年5月6日国务院令第8号《国务院关于修改部分行政法规的决定》修订）"


def proposal_of(lines, name="law.txt"):
    source = read_bytes("\n".join(lines).encode(), name)
    return propose(parse_law(source), source)


def settled(lines, given, name="law.txt"):
    source = read_bytes("\n".join(lines).encode(), name)
    return settle(propose(parse_law(source), source), given, source)


def law_with(*front, last="第二条　本法自2020年3月1日起施行。"):
    return ["示例法", *front, "第一条　甲。", last]


def test_an_order_names_its_number_issuer_and_dates():
    found = proposal_of(ORDER)

    assert {field: finding.value for field, finding in found.findings().items()} == {
        "title_zh": "海关示例办法",
        "number": "海关总署令第300号",
        "issuer": "海关总署",
        "promulgated": "2031-01-13",
        "effective_from": "2031-04-01",
    }
    assert found.effective_from.sentence == "本办法自2031年4月1日起施行。"
    assert found.kind == "order"
    assert any("同时废止" in remark.zh for remark in found.remarks)


@pytest.mark.parametrize(
    ("head", "title", "number_found"),
    [
        ("海关总署公告2031年第9号（关于示例事项的公告）", "关于示例事项的公告", "海关总署公告2031年第9号"),
        ("示例检疫管理办法（海关总署第266号令）", "示例检疫管理办法", "海关总署令第266号"),
    ],
)
def test_title_and_number_on_one_line_are_told_apart(head, title, number_found):
    found = proposal_of([head, "第一条　甲。", "第二条　乙。"])

    assert (found.title_zh.value, found.number.value) == (title, number_found)


def test_the_number_is_that_of_the_text_and_not_of_the_order_that_amended_it():
    assert proposal_of(law_with(HISTORY)).number.value == "国务院令第7号"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (law_with("2006年1月1日公布", "2006年3月1日 施行", last="第二条　乙。"), "2006-03-01"),
        (law_with("2006年1月1日公布", last="第二条　本法自公布之日起施行。"), "2006-01-01"),
        (law_with("2006年1月1日公布", last="第二条　本法自二〇〇六年五月一日起施行。"), "2006-05-01"),
    ],
)
def test_the_day_of_effect_is_read_from_the_text(lines, day):
    found = proposal_of(lines)

    assert (found.effective_from.value, found.effective_from.certain) == (day, True)


def test_the_first_day_of_an_amended_law_is_only_a_suggestion_for_this_version():
    found = proposal_of(law_with(HISTORY))

    assert (found.effective_from.value, found.effective_from.certain) == ("2022-05-06", False)
    assert any("2020-03-01" in remark.zh for remark in found.remarks)


def test_a_later_date_in_the_file_name_makes_the_dates_unsure():
    found = proposal_of(law_with("2020年1月2日国务院令第7号公布"), "示例法(2024-01-01).md")

    assert not found.effective_from.certain
    assert not found.promulgated.certain
    assert "2024-01-01" in found.effective_from.sentence


def test_several_days_of_effect_have_to_be_settled_by_a_person():
    lines = law_with(
        "2020年1月2日国务院令第7号公布", last="第二条　本法自2020年3月1日起施行。本法自2021年1月1日起施行。"
    )

    found = proposal_of(lines)

    assert not found.effective_from.certain
    assert any("几个施行日期" in remark.zh for remark in found.remarks)


def test_the_day_of_effect_of_a_single_article_is_not_that_of_the_law():
    lines = law_with(
        "2020年1月2日国务院令第7号公布", last="第二条　本法自2020年3月1日起施行。第一条自2022年1月1日起施行。"
    )

    assert proposal_of(lines).effective_from.value == "2020-03-01"


def test_what_is_not_found_is_asked_for_with_its_option():
    source = read_bytes(as_txt(["示例法", "第一条　甲。"]), "law.txt")
    proposal = propose(parse_law(source), source)

    asked = missing(proposal, Given())

    assert [item.option for item in asked] == ["--number", "--issuer", "--promulgated", "--effective-from"]
    with pytest.raises(MetadataMissing, match="--effective-from") as refusal:
        settle(proposal, Given(), source)
    assert refusal.value.fields == ("number", "issuer", "promulgated", "effective_from")


def test_a_suggestion_is_not_used_before_a_person_agrees():
    with pytest.raises(MetadataMissing, match="2022-05-06"):
        settled(law_with(HISTORY), Given())


def test_what_is_given_wins_and_the_contradiction_is_shown():
    metadata = settled(ORDER, Given(number="海关总署令第301号", effective_from=date(2031, 5, 1)))

    assert (metadata.number, metadata.effective_from) == ("海关总署令第301号", date(2031, 5, 1))
    assert [(item.field, item.found) for item in metadata.contradictions] == [
        ("number", "海关总署令第300号"),
        ("effective_from", "2031-04-01"),
    ]
    assert metadata.contradictions[1].sentence == "本办法自2031年4月1日起施行。"


def test_a_number_spelled_otherwise_is_no_contradiction():
    assert settled(ORDER, Given(number="中华人民共和国海关总署令第三百号")).contradictions == ()


@pytest.mark.parametrize(
    "given",
    [
        Given(id="../../etc/passwd"),
        Given(id="Großes"),
        Given(title_zh="\u202e"),
        Given(issuer="局" * 300),
        Given(effective_from=date(1800, 1, 1)),
        Given(effective_to=date(2030, 1, 1)),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(given):
    with pytest.raises(MetadataInvalid):
        settled(ORDER, given)


@pytest.mark.parametrize(
    ("text", "written", "document"),
    [
        ("中华人民共和国海关总署令 第282号", "海关总署令第282号", "gacc-order-282"),
        ("2010年9月14日中华人民共和国国务院令第581号公布", "国务院令第581号", "state-council-order-581"),
        ("海关总署第266号令", "海关总署令第266号", "gacc-order-266"),
        ("海关总署公告〔2026〕34号", "海关总署公告2026年第34号", "gacc-2026-34"),
        ("国家发展和改革委员会令第36号", "国家发展改革委令第36号", "ndrc-order-36"),
        ("中华人民共和国主席令第五十五号", "主席令第55号", "president-order-55-2024"),
    ],
)
def test_a_number_is_understood_however_it_is_written(text, written, document):
    assert [found.text for found in numbers_in(text)] == [written]
    assert document_id(text, "示例法", date(2025, 1, 1), 2024) == document


def test_two_versions_of_a_law_without_number_get_two_ids():
    ids = {document_id("n/k", "示例法", day, day.year) for day in (date(2018, 4, 27), date(2025, 1, 1))}

    assert len(ids) == 2
    assert all(own.startswith("law-") for own in ids)


def test_an_announcement_named_without_its_issuer_is_the_same():
    assert same_number("公告2026年第34号", "海关总署公告2026年第34号")
    assert not same_number("海关总署公告2026年第34号", "海关总署公告2025年第34号")
    assert not same_number("2021年4月29日修正", "2021年4月29日修正")


def test_a_number_without_issuer_is_completed_by_the_issuer():
    metadata = settled(law_with("2020年1月2日国务院令第7号公布"), Given(number="公告2026年第34号", issuer="海关总署"))

    assert metadata.number == "海关总署公告2026年第34号"


@pytest.mark.parametrize("value", [1, 10, 11, 20, 99, 100, 101, 110, 154, 1000, 1001, 1010, 1260])
def test_a_chinese_numeral_is_read_as_it_is_written(value):
    assert number(numeral(value)) == value


def test_the_source_names_file_and_hash():
    source = read_bytes(as_txt(LAW), "目录/示例\u202e.txt")

    metadata = settle(
        propose(parse_law(source), source), Given(number="7号令", effective_from=date(2022, 5, 6)), source
    )

    assert metadata.sources == (f"官方文本文件 示例.txt (sha256 {source.sha256[:16]})",)
