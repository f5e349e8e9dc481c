"""A text becomes part of the library by the word of a second administrator, and at once in every process."""

from __future__ import annotations

import re

from tests.web.texts.conftest import LAW, TextWorld, ask, do, revision, upload

QUESTION = "高级认证企业的认证证书有效期为几年"


def submitted(world: TextWorld, name: str = "writer") -> str:
    """Upload the sample text and hand it in; return the address of the draft."""
    writer = world.administrator(name)
    address = upload(writer)
    assert do(writer, address, "submit").status_code == 303
    return address


def test_the_next_question_in_every_process_is_answered_with_an_approved_text(texts: TextWorld):
    address = submitted(texts)
    assert "6年" not in ask(texts, QUESTION) + ask(texts.other, QUESTION)

    assert do(texts.administrator("second"), address, "approve").status_code == 303

    assert "6年" in ask(texts, QUESTION)
    assert "6年" in ask(texts.other, QUESTION)


def test_only_texts_that_are_new_are_embedded(texts: TextWorld):
    address = submitted(texts)
    model = texts.library.ground.model

    do(texts.administrator("second"), address, "approve")
    ask(texts, QUESTION)

    assert len(model.embedded) == 4
    assert all("示例事务管理办法" in text for text in model.embedded)


def test_whoever_wrote_or_handed_in_a_text_cannot_approve_it(texts: TextWorld):
    writer = texts.administrator("writer")
    address = upload(writer)
    do(writer, address, "submit")

    refused = do(writer, address, "approve")

    assert refused.status_code == 403
    assert "6年" not in ask(texts, QUESTION)
    assert "text_approved" not in texts.actions()


def test_a_text_sent_back_changes_nothing_and_carries_the_reason(texts: TextWorld):
    address = submitted(texts)
    second = texts.administrator("second")
    assert do(second, address, "return").status_code == 400

    do(second, address, "return", reason="第三条与原件不一致")

    assert "第三条与原件不一致" in second.get(address).text
    assert "6年" not in ask(texts, QUESTION)
    assert texts.actions()[-1] == "text_returned"


def test_what_a_text_replaces_ends_on_approval_and_not_before(texts: TextWorld):
    writer, second = texts.administrator("writer"), texts.administrator("second")
    address = upload(writer)
    facts = {
        "title_zh": "示例事务管理办法",
        "number": "示例署令第99号",
        "issuer": "示例署",
        "promulgated": "2026-01-02",
    }
    do(writer, address, "facts", **facts, effective_from="2026-04-01", replaces="sample-order-88")
    do(writer, address, "submit")
    assert "2026" not in texts.visitor().get("/documents/sample-order-88").text

    do(second, address, "approve")

    assert "2026年3月31日" in texts.visitor().get("/documents/sample-order-88").text
    assert "2026年3月31日" in texts.other.visitor().get("/documents/sample-order-88").text


def test_a_draft_changed_in_the_meantime_is_not_decided_on(texts: TextWorld):
    address = submitted(texts)
    second, third = texts.administrator("second"), texts.administrator("third")
    seen = revision(second, address)
    do(third, address, "return", reason="请补充")

    late = second.post(f"{address}/approve", revision=seen)

    assert late.status_code == 409
    assert "没有生效" in late.text
    assert texts.library.current().number == 0


def test_an_earlier_version_comes_back_by_the_same_two_persons_act(texts: TextWorld):
    do(texts.administrator("second"), submitted(texts), "approve")
    held = next(
        iter(
            texts.library.current().documents.keys()
            - {"sample-order-77", "sample-order-88", "sample-guide", "sample-partners"}
        )
    )
    writer, other = texts.administrator("a"), texts.administrator("b")
    draft = writer.post(f"/admin/documents/held/{held}/correct").headers["location"]
    do(writer, draft, "articles/2", anchor="第三条", text="高级认证企业的认证证书有效期为8年。")
    do(writer, draft, "submit")
    do(other, draft, "approve")
    assert "8年" in ask(texts, QUESTION)
    compared = writer.get(f"/admin/documents/compare?old={held}@1&new={held}").text
    assert "<del>6</del>" in compared
    assert "<ins>8</ins>" in compared

    back = writer.post(f"/admin/documents/held/{held}/restore", edition="1").headers["location"]
    do(writer, back, "submit")
    assert "8年" in ask(texts.other, QUESTION)
    assert do(writer, back, "approve").status_code == 403
    do(other, back, "approve")

    assert "6年" in ask(texts, QUESTION)
    assert "6年" in ask(texts.other, QUESTION)
    assert re.findall(r">(\d)</a></td>", writer.get(f"/admin/documents/held/{held}").text) == ["3", "2", "1"]


def test_a_text_taken_out_answers_no_more(texts: TextWorld):
    do(texts.administrator("second"), submitted(texts), "approve")
    assert "6年" in ask(texts, QUESTION)
    held = next(name for name in texts.library.current().documents if not name.startswith("sample-"))
    writer = texts.administrator("a")

    draft = writer.post(f"/admin/documents/held/{held}/take-out").headers["location"]
    do(writer, draft, "submit")
    do(texts.administrator("b"), draft, "approve")

    assert "6年" not in ask(texts, QUESTION)
    assert "停止使用" in writer.get(f"/admin/documents/held/{held}").text


def test_every_act_is_in_the_audit_log(texts: TextWorld):
    address = submitted(texts)
    do(texts.administrator("second"), address, "approve")

    assert texts.actions() == ["text_uploaded", "text_submitted", "text_approved"]


def test_the_same_text_is_not_added_twice(texts: TextWorld):
    do(texts.administrator("second"), submitted(texts), "approve")
    again = texts.administrator("again")
    address = upload(again, LAW)

    refused = do(again, address, "submit")

    assert refused.status_code == 400
    assert "没有重复添加" in refused.text
