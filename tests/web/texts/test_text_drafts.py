"""A draft is corrected with care: beside its file, by one person at a time, and from no harmful file."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.web.texts.conftest import LAW, TextWorld, do, revision, upload

HARMFUL = {
    "program": b"MZ\x90\x00" + b"\0" * 100,
    "empty": b"",
    "old_word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "broken_pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>",
    "no_articles": "这里没有条文。".encode(),
}


def packed(**files: bytes) -> bytes:
    """A zip file with these members."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_draft_shows_each_article_beside_its_lines_in_the_file(texts: TextWorld):
    writer = texts.administrator()
    page = writer.get(upload(writer)).text

    assert "示例署令第99号" in page
    assert "第三条　高级认证企业的认证证书有效期为6年。" in page
    assert page.count('class="part"') == 4


def test_the_split_is_corrected_on_the_page(texts: TextWorld):
    writer = texts.administrator()
    address = upload(writer)

    do(writer, address, "articles/2/split", act="join")
    do(writer, address, "articles/2/split", act="cut", before="2", anchor="第四条")
    do(writer, address, "articles/0/split", act="down")
    do(writer, address, "articles/3/split", act="take_out")

    page = writer.get(address).text
    assert page.index("第二条") < page.index('id="part-1"') < page.index("为了规范示例事务")
    assert page.count('class="part"') == 3
    assert texts.actions().count("text_corrected") == 4


def test_of_two_people_who_change_one_draft_the_second_is_told(texts: TextWorld):
    first, second = texts.administrator("first"), texts.administrator("second")
    address = upload(first)
    seen = revision(second, address)
    do(first, address, "articles/2", anchor="第三条", text="有效期为7年。")

    late = second.post(f"{address}/articles/2", revision=seen, anchor="第三条", text="有效期为9年。")

    assert late.status_code == 409
    assert "有变化" in late.text
    assert "7年" in second.get(address).text
    assert "9年" not in second.get(address).text


def test_a_draft_that_lacks_facts_is_not_taken(texts: TextWorld):
    writer = texts.administrator()
    address = upload(writer, LAW.replace("示例署令第99号公布，自", "公布，自"))

    refused = do(writer, address, "submit")

    assert refused.status_code == 400
    assert "文号" in refused.text


@pytest.mark.parametrize("case", HARMFUL)
def test_a_harmful_file_is_refused_with_a_sentence_and_nothing_is_kept(case: str, texts: TextWorld):
    writer = texts.administrator()

    answer = writer.client.post(
        "/admin/documents",
        data={"csrf": writer.token()},
        files={"file": ("x.docx", HARMFUL[case])},
        headers={"accept": "text/html"},
    )

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert texts.actions() == []


def test_an_exported_library_comes_back_only_by_approval(texts: TextWorld):
    writer, second = texts.administrator("writer"), texts.administrator("second")
    address = upload(writer)
    do(writer, address, "submit")
    do(second, address, "approve")
    exported = writer.get("/admin/documents/export.zip").content
    held = next(name for name in texts.library.current().documents if not name.startswith("sample-"))
    draft = writer.post(f"/admin/documents/held/{held}/take-out").headers["location"]
    do(writer, draft, "submit")
    do(second, draft, "approve")

    back = writer.client.post(
        "/admin/documents/import",
        data={"csrf": writer.token()},
        files={"file": ("library.zip", exported)},
        follow_redirects=False,
    ).headers["location"]
    do(writer, back, "submit")
    assert held not in texts.library.current().documents
    do(second, back, "approve")

    assert held in texts.library.current().documents


@pytest.mark.parametrize(
    "content",
    [b"PK\3\4", packed(**{"../evil.md": b"x"}), packed(**{"manifest.json": b'{"texts": {}}', "a.md": b"---"})],
    ids=["cut_off", "path", "not_listed"],
)
def test_an_import_that_is_none_is_refused(content: bytes, texts: TextWorld):
    writer = texts.administrator()

    answer = writer.client.post(
        "/admin/documents/import", data={"csrf": writer.token()}, files={"file": ("x.zip", content)}
    )

    assert answer.status_code == 400
    assert texts.actions() == []
