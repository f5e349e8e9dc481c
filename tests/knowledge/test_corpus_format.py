"""The corpus format of docs/corpus.md: what it means, and how a fault is named."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import CorpusError, parse, read_corpus
from knowledge.models import Confidence, Provision
from tests.tiny_corpus import NEW, front

NAME = "sample-order-88.md"
PROVISION = """
## 第一条 等级 | Levels
{#art-1 topics=levels}

分五个等级。

---

Five levels.
"""
SOURCE = front("sample-order-88") + PROVISION
HEADING_LINE = SOURCE.split("\n").index("## 第一条 等级 | Levels") + 1


def faults(source: str, name: str = NAME) -> list[str]:
    """Return the faults found in a file as they are shown to a person."""
    with pytest.raises(CorpusError) as caught:
        parse(source, name)
    return [str(fault) for fault in caught.value.faults]


def only(source: str) -> Provision:
    """Return the one provision of a file."""
    (provision,) = parse(source, NAME)
    return provision


FRONT_MATTER_FAULTS = {
    "no_front_matter": (PROVISION, "front matter"),
    "bad_yaml": (SOURCE.replace("issuer: 示例署", "issuer: [示例署"), "YAML"),
    "a_number_that_is_none": (SOURCE.replace("issuer: 示例署", "issuer: !!int 示例署"), "YAML"),
    "a_list_instead_of_fields": ("---\n- a\n- b\n---\n" + PROVISION, "front matter"),
    "no_number": (SOURCE.replace("number: 示例署令第88号\n", ""), "number"),
    "no_sources": (SOURCE.replace("sources: [示例来源]\n", ""), "sources"),
    "empty_sources": (SOURCE.replace("[示例来源]", "[]"), "sources"),
    "no_promulgation_date": (SOURCE.replace("promulgated: unknown\n", ""), "promulgated"),
    "no_first_day": (SOURCE.replace("effective_from: 2020-01-01\n", ""), "effective_from"),
    "no_last_day": (SOURCE.replace("effective_to: null\n", ""), "effective_to"),
    "a_day_that_is_none": (SOURCE.replace("2020-01-01", "2020-13-01"), "effective_from"),
    "ends_before_it_begins": (SOURCE.replace("effective_to: null", "effective_to: 2019-12-31"), "effective_to"),
    "unknown_day_without_search_from": (SOURCE.replace("2020-01-01", "unknown"), "search_from"),
    "unknown_field": (SOURCE.replace("url: null", "link: null"), "link"),
    "unknown_kind": (SOURCE.replace("kind: order", "kind: leaflet"), "kind"),
    "unknown_standing": (SOURCE.replace("standing: in_force", "standing: fine"), "standing"),
    "unknown_confidence": (SOURCE.replace("confidence: O\n", "confidence: sure\n"), "confidence"),
    "id_with_spaces": (SOURCE.replace("id: sample-order-88", "id: sample order 88"), "id"),
}


@pytest.mark.parametrize("fault", FRONT_MATTER_FAULTS)
def test_a_fault_in_the_front_matter_is_named_with_file_and_line(fault):
    source, word = FRONT_MATTER_FAULTS[fault]

    (message,) = faults(source)

    assert re.match(rf"{re.escape(NAME)}:\d+: .*{word}", message, re.S)
    assert 1 <= int(message.split(":")[1]) < HEADING_LINE


PROVISION_FAULTS = {
    "unknown_attribute": ("topics=levels", "topics=levels colour=red", "unknown attribute 'colour=red'"),
    "attribute_without_value": ("topics=levels", "topics", "unknown attribute 'topics'"),
    "open_quotation": ("topics=levels", 'topics="levels', "quotation"),
    "no_attribute_line": ("{#art-1 topics=levels}\n", "", "attribute line"),
    "id_in_capitals": ("{#art-1 ", "{#Art-1 ", "attribute line"),
    "no_english_title": (" | Levels", "", "English title"),
    "no_english_text": ("\n---\n\nFive levels.\n", "", "English text"),
    "empty_english_text": ("Five levels.\n", "", "English text"),
    "no_chinese_text": ("分五个等级。\n", "", "Chinese text"),
    "a_point_before_the_lead": ("分五个等级。", "- 分五个等级。", "lead"),
    "an_english_point_before_the_lead": ("Five levels.", "- Five levels.", "lead"),
    "unknown_mark_of_the_provision": ("topics=levels", "confidence=sure topics=levels", "sure"),
    "unknown_mark_of_a_line": ("分五个等级。", "分五个等级。 {sure}", "sure"),
    "a_day_that_is_none": ("topics=levels", "topics=levels from=2020-02-30", "day"),
    "ends_before_it_begins": ("topics=levels", "topics=levels from=2021-02-01 to=2021-01-01", "to"),
}


@pytest.mark.parametrize("fault", PROVISION_FAULTS)
def test_a_fault_in_a_provision_is_named_with_file_and_line(fault):
    before, after, word = PROVISION_FAULTS[fault]

    (message,) = faults(SOURCE.replace(before, after))

    assert message.startswith(f"{NAME}:")
    assert HEADING_LINE <= int(message.split(":")[1]) <= HEADING_LINE + PROVISION.count("\n")
    assert word in message


def test_a_repeated_id_is_named_at_its_second_place():
    (message,) = faults(SOURCE + PROVISION)

    assert message.startswith(f"{NAME}:{HEADING_LINE + PROVISION.count(chr(10))}:")
    assert "art-1" in message


def test_a_fault_in_the_front_matter_is_named_at_the_line_of_its_field():
    (message,) = faults(SOURCE.replace("kind: order", "kind: leaflet"))

    assert message.startswith(f"{NAME}:{SOURCE.split(chr(10)).index('kind: order') + 1}: kind: ")


def test_a_file_must_be_called_after_its_id():
    (message,) = faults(SOURCE, "measures.md")

    assert message.startswith("measures.md:1: ")
    assert "sample-order-88.md" in message


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path):
    (tmp_path / NAME).write_text(SOURCE.replace("levels}", "levels colour=red}") + PROVISION.replace(" | Levels", ""))
    (tmp_path / "sample-order-99.md").write_text("nothing here")

    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path)

    assert [fault.path for fault in caught.value.faults] == [NAME, NAME, "sample-order-99.md"]
    assert str(caught.value).count("\n") >= 2


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path):
    (tmp_path / NAME).write_bytes(SOURCE.encode("gb18030"))

    with pytest.raises(CorpusError, match=rf"{NAME}:3: .*UTF-8"):
        read_corpus(tmp_path)


def test_an_article_gives_the_anchor_and_the_rest_of_the_heading_the_title():
    provision = only(SOURCE)

    assert (provision.id, provision.anchor) == ("sample-order-88#art-1", "第一条")
    assert (provision.title_zh, provision.title_en) == ("等级", "Levels")


def test_without_an_article_the_anchor_is_the_chinese_title_unless_given():
    plain = SOURCE.replace("第一条 等级", "等级的说明")
    given = plain.replace("{#art-1 ", "{#art-1 anchor=附则 ")

    assert only(plain).anchor == "等级的说明"
    assert only(given).anchor == "附则"


def test_a_provision_holds_what_its_attributes_say():
    attributes = (
        "confidence=S-weak topics=levels,aeo levels=certified,regular old=a#b,c#d read=x,y from=2021-02-03 "
        'to=2022-03-04 signed=2019-01-02 in_operation=2020-05-06 source="某来源" premise="还是.{0,3}三级"'
    )

    provision = only(SOURCE.replace("topics=levels", attributes))

    assert provision.confidence is Confidence.S_WEAK
    assert (provision.topics, provision.levels) == (("levels", "aeo"), ("certified", "regular"))
    assert (provision.predecessors, provision.read) == (("a#b", "c#d"), ("x", "y"))
    assert (provision.first_day, provision.last_day) == (date(2021, 2, 3), date(2022, 3, 4))
    assert (provision.signed, provision.in_operation) == (date(2019, 1, 2), date(2020, 5, 6))
    assert (provision.source, provision.premise) == ("某来源", "还是.{0,3}三级")


def test_without_dates_of_its_own_a_provision_applies_as_long_as_its_document():
    provision = only(SOURCE.replace("effective_to: null", "effective_to: 2025-06-30"))

    assert not provision.in_force(date(2019, 12, 31))
    assert provision.in_force(date(2020, 1, 1))
    assert provision.in_force(date(2025, 6, 30))
    assert not provision.in_force(date(2025, 7, 1))


def test_days_on_which_a_document_is_searched_are_never_its_dates():
    source = SOURCE.replace("effective_from: 2020-01-01", "effective_from: unknown\nsearch_from: 2018-05-01")

    document = only(source).document

    assert document.effective_from == "unknown"
    assert document.first_day == date(2018, 5, 1)


def test_lines_carry_their_marks_proofs_and_kind_and_asks_stand_apart():
    provisions = parse(NEW, NAME)
    guide = "分五级。 {S} [sample-order-88#art-1; sample-order-77#art-1]\n- 其一。 [sample-order-88#art-1]"

    line, point = only(SOURCE.replace("分五个等级。", guide)).zh

    assert (line.text, line.confidence, line.is_point) == ("分五级。", Confidence.S, False)
    assert line.cites == ("sample-order-88#art-1", "sample-order-77#art-1")
    assert (point.text, point.is_point) == ("其一。", True)
    assert provisions[0].asks == ("现在分几级", "How many levels are there")


def test_an_english_reader_gets_the_english_text_and_everyone_else_the_chinese():
    provision = only(SOURCE)

    assert provision.text("en") == "Five levels."
    assert provision.text("zh-Hans") == provision.text("zh-Hant") == "分五个等级。"
