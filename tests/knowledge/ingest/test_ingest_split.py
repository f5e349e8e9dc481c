"""Where articles, chapters, paragraphs and list items begin, and where they do not."""

from __future__ import annotations

import pytest

from knowledge.ingest.errors import EmptyArticle, MixedDocument, NoArticles
from tests.knowledge.ingest.ingest_files import LAW, as_docx, as_pdf, wrapped

ANNOUNCEMENT = [
    "海关总署公告2031年第9号",
    "关于公布《示例标准》的公告",
    "为了规范示例，现将有关事项公告如下：",
    "一、示例分为两类：",
    "（一）甲类；",
    "（二）乙类。",
    "二、示例按照附件办理。",
    "材料不齐的，应当补正。",
    "三、本公告自2031年4月1日起施行。",
    "特此公告。",
    "附件：1.示例标准",
    "2.示例申请表",
    "海关总署",
    "2031年3月26日",
]


def anchors(law):
    return [article.anchor for article in law.articles]


def test_list_items_stand_under_their_paragraph_and_points_under_their_item(split):
    article = split(LAW).articles[1]

    first, second = article.paragraphs
    assert first.text == "本条例所称示例，包括："
    assert [(item.text[:3], item.depth) for item in first.subparagraphs] == [
        ("（一）", 1),
        ("（二）", 1),
        ("1.大", 2),
        ("2.小", 2),
    ]
    assert second.text == "前款所列示例由示例部门认定。"


def test_an_article_knows_its_chapter(split):
    assert [article.chapter for article in split(LAW).articles][1:3] == [("第一章 总则",), ("第二章 管理",)]


def test_parts_chapters_and_sections_form_a_path(split):
    lines = [
        "示例法典",
        "第一编　总则",
        "第一章　基本规定",
        "第一条　甲。",
        "第二章　主体",
        "第一节　自然人",
        "第二条　乙。",
    ]

    law = split([*lines, "第二编", "物权", "第一章　通则", "第三条　丙。"])

    assert [article.chapter for article in law.articles] == [
        ("第一编 总则", "第一章 基本规定"),
        ("第一编 总则", "第二章 主体", "第一节 自然人"),
        ("第二编 物权", "第一章 通则"),
    ]
    assert [law.chapters(kind) for kind in ("编", "章", "节")] == [2, 3, 1]


def test_a_reference_at_the_start_of_a_line_begins_no_article(split):
    lines = ["示例法", "第一条　甲，依照本法", "第二条的规定。", "第二条　乙，适用", "第三条、第四条。", "第三条　丙。"]

    assert anchors(split(lines)) == ["第一条", "第二条", "第三条"]


def test_the_better_of_two_beginnings_of_one_article_is_taken(split):
    lines = ["示例法", "第一条　甲。", "第二条　乙，依照本法", "第三条　处理的除外。", "第三条　丙。"]

    law = split(lines)

    assert anchors(law) == ["第一条", "第二条", "第三条"]
    assert law.articles[2].text == "丙。"


def test_a_number_out_of_sequence_is_kept_as_text_and_reported(split):
    law = split(["示例法", "第一条　甲。", "第二条　乙。", "第三条　丙。", "第二条　另有规定。", "第四条　丁。"])

    assert anchors(law) == ["第一条", "第二条", "第三条", "第四条"]
    assert law.articles[2].text == "丙。\n第二条　另有规定。"
    assert any("第5行" in remark.zh for remark in law.remarks)


def test_a_gap_in_the_numbering_is_reported(split):
    law = split(["示例法", "第一条　甲。", "第二条　乙。", "第五条　丙。"])

    assert law.missing == ("第三条", "第四条")
    assert any("第三条、第四条" in remark.zh for remark in law.remarks)


def test_a_table_of_contents_yields_no_articles(split):
    contents = ["目　录", "第一章　总则……1", "第一条　目的……1", "第二条　范围……1", "第二章　附则……2", "第三条　施行……2"]
    text = ["第一章　总则", "第一条　甲乙。", "第二条　丙丁。", "第二章　附则", "第三条　戊。"]

    law = split(["示例法", *contents, *text])

    assert [article.text for article in law.articles] == ["甲乙。", "丙丁。", "戊。"]
    assert law.chapters("章") == 2


@pytest.mark.parametrize(
    "mark",
    ["第一条　", "第一条 ", "第一条", "第 一 条　", "第1条　", "第１条 ", "第一条：", "\u200b第一条\u3000\u3000"],
)
def test_an_article_is_recognised_however_its_number_is_written(split, mark):
    law = split(["示例法", f"{mark}为了示例，制定本法。", "第二条　乙。"])

    assert law.articles[0].text == "为了示例，制定本法。"
    assert anchors(law) == ["第一条", "第二条"]


def test_an_article_can_have_a_title_of_its_own(split):
    law = split(["示例法", "第一条【目的】为了示例。", "第二条　适用范围", "本法适用于示例。"])

    assert [(article.heading, article.text) for article in law.articles] == [
        ("目的", "为了示例。"),
        ("适用范围", "本法适用于示例。"),
    ]


def test_the_last_chapter_may_have_no_number(split):
    law = split(["示例法", "第一章　总则", "第一条　甲。", "附　则", "第二条　乙。"])

    assert law.articles[1].chapter == ("附则",)


def test_an_annex_is_no_part_of_the_last_article(split):
    law = split([*LAW, "附件1", "示例清单", "甲", "附件2　示例表", "乙"])

    assert law.articles[-1].text == "本条例自2020年3月1日起施行。"
    assert [(annex.title, annex.lines) for annex in law.annexes] == [
        ("附件1", ("示例清单", "甲")),
        ("附件2　示例表", ("乙",)),
    ]


def test_the_sections_of_an_announcement_become_items(split):
    law = split(ANNOUNCEMENT)

    assert law.title == "关于公布《示例标准》的公告"
    assert [(item.anchor, item.anchor_id) for item in law.articles] == [
        ("第一项", "item-1"),
        ("第二项", "item-2"),
        ("第三项", "item-3"),
    ]
    assert law.articles[1].text == "示例按照附件办理。\n材料不齐的，应当补正。"
    assert law.preamble == ("为了规范示例，现将有关事项公告如下：",)
    assert law.annexes[0].lines == ("2.示例申请表",)
    assert law.closing == ("特此公告。", "海关总署", "2031年3月26日")


def test_sections_of_an_annex_are_not_those_of_the_announcement(split):
    law = split([*ANNOUNCEMENT, "附件1", "示例标准", "一、内部控制", "二、财务状况"])

    assert len(law.articles) == 3
    assert law.annexes[1].lines == ("示例标准", "一、内部控制", "二、财务状况")


def test_two_laws_in_one_file_are_refused_with_both_titles_and_the_line(split):
    second = ["另一个示例办法", "第一条　为了另一个示例，制定本办法。", "第二条　甲。"]

    with pytest.raises(MixedDocument) as refusal:
        split([*LAW, *second])

    assert refusal.value.titles == ("示例条例", "另一个示例办法")
    assert refusal.value.line == len(LAW) + 1
    assert "请分成两个文件" in refusal.value.message_zh


@pytest.mark.parametrize("number", ["海关总署公告2031年第9号", "海关总署公告2031年第10号"])
def test_two_announcements_in_one_file_are_refused(split, number):
    with pytest.raises(MixedDocument):
        split([*ANNOUNCEMENT, number, *ANNOUNCEMENT[1:]])


def test_two_laws_without_a_second_title_are_refused_too(split):
    with pytest.raises(MixedDocument, match="第一条　无题"):
        split([*LAW, "第一条　无题。", "第二条　甲。"])


def test_a_text_without_articles_is_refused(split):
    with pytest.raises(NoArticles, match="没有找到条文"):
        split(["今天天气不错。", "明天也是。"])


def test_an_article_without_a_word_is_refused_with_its_line(split):
    with pytest.raises(EmptyArticle, match="第二条（第3行）没有内容"):
        split(["示例法", "第一条　甲。", "第二条", "第三条　丙。"])


def test_a_title_broken_over_two_lines_is_put_together(split):
    lines = ["中华人民共和国海关", "示例企业信用管理办法", "第一条　为了示例，制定本办法。"]

    assert split(as_docx(lines, headings=(0, 1))).title == "中华人民共和国海关示例企业信用管理办法"


def test_lines_cut_at_the_margin_are_put_together_and_paragraphs_kept_apart(split):
    sentence = "示例部门应当依照本条例的规定认定示例并且公布名单，公布的名单应当载明依据，不得另行收费。"
    lines = ["示例条例", f"第一条　{sentence}", f"{sentence}{sentence}", "第二条　乙。"]
    printed = wrapped(lines, columns=40)

    law = split(as_pdf([printed[:4], ["- 2 -"], printed[4:]]))

    assert law.articles[0].lines == (sentence, sentence + sentence)


def test_a_running_header_and_page_numbers_are_left_out(split):
    printed = wrapped(LAW)
    pages = [
        ["示例公报 2020年第1期", *printed[i : i + 4], f"第{i // 4 + 1}页 共5页"] for i in range(0, len(printed), 4)
    ]

    law = split(as_pdf(pages))

    assert law.text_hash == split(LAW).text_hash
    assert law.title == "示例条例"
    assert any("示例公报" in remark.zh for remark in law.remarks)


def test_a_running_header_that_is_the_title_does_not_cost_the_title(split):
    printed = wrapped(LAW[1:])
    pages = [["示例条例", *printed[:6]], ["示例条例", *printed[6:]]]

    assert split(as_pdf(pages)).title == "示例条例"


def test_radicals_printed_for_characters_are_set_right(split):
    law = split(["示例法", "第⼀条　⼈⺠⻔⼾应当⽴⻢⻅效。"])

    assert law.articles[0].text == "人民门户应当立马见效。"
