"""Preview and addition: duplicates, versions, precedence over the restatement, all or nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.corpus import parse, read_corpus
from knowledge.ingest import Given, commit_addition, rows
from knowledge.ingest.errors import AlreadyHeld, IngestError, MetadataInvalid, PreviewOutdated
from tests.knowledge.ingest.ingest_files import LAW, as_docx, as_txt

OLD = Given(number="示例市人民政府令第7号", effective_from=date(2020, 3, 1))
NEW = Given(number="示例市人民政府令第7号", effective_from=date(2022, 5, 6))
RESTATEMENT = """---
id: example-7
title_zh: 示例条例
title_en: Example Regulations
number: 示例市人民政府令第7号
issuer: 示例市人民政府
promulgated: 2020-01-02
effective_from: 2020-03-01
effective_to: null
kind: order
standing: in_force
confidence: S
sources: [报道]
---

## 第一条 目的 | Purpose
{#art-1}

规范示例事务。

---

It governs examples.
"""


def text(number: int) -> bytes:
    """Return another wording of the same regulations."""
    return as_txt([*LAW[:-1], f"第四条　本条例自2020年3月1日起施行。第{number}次修改。"])


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def documents(folder):
    return {provision.document.id: provision.document for provision in read_corpus(folder)}


def test_the_preview_says_what_was_found_and_writes_nothing(plan, tmp_path):
    shown = dict(rows(plan(as_txt())))

    assert shown["标题"] == "示例条例"
    assert shown["结构"] == "3章、5条、6款、4项"
    assert (shown["首条"], shown["末条"]) == ("第一条", "第四条")
    assert "2022-05-06" in shown["施行日期"]
    assert files(tmp_path) == []


def test_the_preview_is_available_in_english(plan):
    assert dict(rows(plan(as_txt()), "en"))["Structure"] == "3 chapters, 5 articles, 6 paragraphs, 4 list items"


def test_an_added_law_is_read_back_by_the_corpus(plan, tmp_path):
    written = commit_addition(plan(as_txt()), tmp_path)

    provisions = read_corpus(tmp_path)
    assert [path.name for path in written] == files(tmp_path)
    assert [provision.anchor for provision in provisions] == ["第一条", "第二条", "第三条", "第三条之一", "第四条"]
    assert provisions[1].official_text.startswith("本条例所称示例，包括：\n（一）甲类示例；")
    assert provisions[3].id.endswith("#art-3-1")
    assert provisions[3].chapter == "第二章 管理"
    assert {provision.confidence.value for provision in provisions} == {"official"}
    assert provisions[0].text("en") == provisions[0].official_text


@pytest.mark.parametrize("copy", [as_txt(), as_docx()], ids=["same file", "same text as docx"])
def test_the_same_text_is_refused_with_the_document_that_holds_it(plan, tmp_path, copy):
    held = plan(as_txt())
    commit_addition(held, tmp_path)

    with pytest.raises(AlreadyHeld, match="条文完全相同") as refusal:
        plan(copy, Given(number="海关总署令第1号", effective_from=date(2030, 1, 1)))

    assert refusal.value.document_id == held.document.id


@pytest.mark.parametrize(
    ("given", "words"),
    [(NEW, "文号和施行日期相同"), (replace(NEW, number="海关总署令第1号"), "标题和施行日期相同")],
)
def test_the_same_version_is_refused_though_its_wording_differs(plan, tmp_path, given, words):
    commit_addition(plan(text(1), NEW), tmp_path)

    with pytest.raises(AlreadyHeld, match=words):
        plan(text(2), given)


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)], ids=["older first", "newer first"])
def test_two_versions_are_both_kept_and_the_older_ends_the_day_before(plan, tmp_path, order):
    for number, given in enumerate(order):
        commit_addition(plan(text(number), given), tmp_path)

    old, new = sorted(documents(tmp_path).values(), key=lambda document: document.effective_from)
    assert (old.effective_from, old.effective_to) == (date(2020, 3, 1), date(2022, 5, 5))
    assert (new.effective_from, new.effective_to) == (date(2022, 5, 6), None)
    assert (old.replaced_by, new.replaces) == ((new.id,), (old.id,))


def test_the_change_to_the_older_version_is_shown_before_it_is_made(plan, tmp_path):
    commit_addition(plan(text(0), OLD), tmp_path)

    shown = dict(rows(plan(text(1), NEW)))

    assert shown["同时修改"].endswith("的失效日期改为2022-05-05（现为：未定）")
    assert [document.effective_to for document in documents(tmp_path).values()] == [None]


def test_a_version_between_two_takes_its_place(plan, tmp_path):
    days = [date(2018, 1, 1), date(2026, 1, 1), date(2022, 1, 1)]
    for number, day in enumerate(days):
        commit_addition(plan(text(number), replace(OLD, effective_from=day)), tmp_path)

    first, middle, last = sorted(documents(tmp_path).values(), key=lambda document: document.first_day)
    assert (first.effective_to, middle.effective_to, last.effective_to) == (
        date(2021, 12, 31),
        date(2025, 12, 31),
        None,
    )
    assert (first.replaced_by, middle.replaced_by) == ((middle.id,), (last.id,))
    assert (middle.replaces, last.replaces) == ((first.id,), (middle.id,))


def test_no_day_lies_in_two_versions_and_none_between_them(plan, tmp_path):
    for number, given in enumerate((OLD, NEW)):
        commit_addition(plan(text(number), given), tmp_path)

    old, new = sorted(documents(tmp_path).values(), key=lambda document: document.first_day)
    assert old.last_day + timedelta(days=1) == new.first_day


def test_a_restatement_of_the_same_document_is_named_and_shares_its_id(plan, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "example-7.md").write_text(RESTATEMENT, encoding="utf-8")

    addition = plan(as_txt(), folder=corpus)

    assert addition.restatements == ("example-7",)
    assert addition.document.id == "example-7"
    assert addition.document.title_en == "Example Regulations"
    assert "example-7" in dict(rows(addition))["优先"]


def test_an_id_that_belongs_to_another_document_is_refused(plan, tmp_path):
    (tmp_path / "example-7.md").write_text(RESTATEMENT, encoding="utf-8")

    with pytest.raises(MetadataInvalid, match="example-7"):
        plan(as_txt(), Given(number="海关总署令第1号", effective_from=date(2030, 1, 1), id="example-7"))


def test_two_announcements_of_one_title_are_not_versions_of_each_other(plan, tmp_path):
    for number, day in ((8, 1), (9, 2)):
        head = [f"海关总署公告2031年第{number}号", "关于示例事项的公告", "2031年3月1日"]
        lines = [*head, f"一、示例{number}。", f"二、本公告自2031年5月{day}日起施行。"]
        commit_addition(plan(as_txt(lines), Given()), tmp_path)

    assert [(own, document.effective_to) for own, document in documents(tmp_path).items()] == [
        ("gacc-2031-8", None),
        ("gacc-2031-9", None),
    ]


def test_a_preview_that_is_out_of_date_writes_nothing(plan, tmp_path):
    addition = plan(as_txt())
    commit_addition(addition, tmp_path)
    before = (tmp_path / addition.file_name).read_bytes()

    with pytest.raises(PreviewOutdated):
        commit_addition(addition, tmp_path)

    assert (tmp_path / addition.file_name).read_bytes() == before


def test_an_older_version_edited_after_the_preview_is_not_overwritten(plan, tmp_path):
    old = plan(text(0), OLD)
    commit_addition(old, tmp_path)
    addition = plan(text(1), NEW)
    path = tmp_path / old.file_name
    path.write_text(
        path.read_text(encoding="utf-8").replace("effective_to: null", "effective_to: 2021-01-01"), encoding="utf-8"
    )

    with pytest.raises(PreviewOutdated):
        commit_addition(addition, tmp_path)

    assert files(tmp_path) == [old.file_name]


@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_in_the_middle_leaves_the_folder_as_it_was(plan, tmp_path, monkeypatch, failing):
    old = plan(text(0), OLD)
    commit_addition(old, tmp_path)
    before = (tmp_path / old.file_name).read_bytes()
    addition = plan(text(1), NEW)
    renames = []
    rename = os.replace

    def disk_full(source, target):
        renames.append(target)
        if len(renames) == failing:
            raise OSError("no space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", disk_full)

    with pytest.raises(OSError, match="no space"):
        commit_addition(addition, tmp_path)

    assert files(tmp_path) == [old.file_name]
    assert (tmp_path / old.file_name).read_bytes() == before


def test_the_wording_of_the_older_version_is_not_touched(plan, tmp_path):
    old = plan(text(0), OLD)
    commit_addition(old, tmp_path)

    commit_addition(plan(text(1), NEW), tmp_path)

    content = (tmp_path / old.file_name).read_text(encoding="utf-8")
    assert content.split("\n---\n", 1)[1] == old.content.split("\n---\n", 1)[1]


def test_a_refused_file_leaves_nothing_behind(plan, tmp_path):
    with pytest.raises(IngestError):
        plan(b"MZ\x90\0" + bytes(100))

    assert files(tmp_path) == []


def test_the_corpus_reads_official_text_without_english():
    source = """---
id: example-8
title_zh: 示例法
title_en: 示例法
number: 示例令第8号
issuer: 示例
promulgated: 2020-01-02
effective_from: 2020-03-01
effective_to: null
kind: law
layer: official
standing: in_force
confidence: official
sources: [示例]
---

## 第一条
{#art-1 chapter="第一章 总则"}

甲 [a#b]
- （一）乙 {S}
\\- 丙
"""

    provision = parse(source, "example-8.md")[0]

    assert provision.official_text == "甲 [a#b]\n（一）乙 {S}\n- 丙"
    assert [line.is_point for line in provision.zh] == [False, True, False]
    assert (provision.title_zh, provision.title_en) == ("第一条", "第一条")
    assert provision.lines("en") == provision.zh
