"""POST /api/v1/ask and its stream: the contract's shape, and clear refusals of what cannot be used."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

ANSWER = {
    "kind", "on", "question_language", "text", "statements", "citations", "caveats", "missing", "suggestions",
    "latency_ms", "trace_id",
}  # fmt: skip
CITATION = {
    "n", "document_id", "number", "title", "anchor", "effective_from", "effective_to", "in_force", "confidence",
    "excerpt", "url",
}  # fmt: skip
KINDS = {
    "answered", "partial", "unknown", "clarify", "handoff", "out_of_scope", "refused", "record", "assessment",
}  # fmt: skip


def post(client: TestClient, **body: Any) -> Any:
    """Ask and return the answer."""
    response = client.post("/api/v1/ask", json=body)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    "question",
    [
        "高级认证企业几年复核一次",
        "现在认证要多久",
        "进口红酒的关税税率",
        "转人工",
        "怎么办",
        "帮我做自评",
        "What is AEO?",
    ],
)
def test_an_answer_has_exactly_the_fields_of_the_contract(question: str, client: TestClient):
    answer = post(client, question=question)

    assert set(answer) == ANSWER
    assert answer["kind"] in KINDS
    assert answer["question_language"] in {"zh-Hans", "zh-Hant", "en"}
    assert date.fromisoformat(answer["on"]) == date(2026, 11, 22)
    assert isinstance(answer["missing"], str | None)
    assert isinstance(answer["latency_ms"], int | float)
    assert all(isinstance(suggestion, str) for suggestion in answer["suggestions"])
    for caveat in answer["caveats"]:
        assert set(caveat) == {"code", "text"}


def test_statements_and_citations_have_exactly_the_fields_of_the_contract(client: TestClient):
    answer = post(client, question="251号令第二十二条", on="2025-06-01")

    assert answer["citations"]
    for citation in answer["citations"]:
        assert set(citation) == CITATION
        assert isinstance(citation["in_force"], bool)
    first = answer["citations"][0]
    assert (first["document_id"], first["anchor"]) == ("gacc-order-251", "第二十二条")
    assert (first["effective_from"], first["effective_to"]) == ("2021-11-01", "2026-03-31")
    for statement in answer["statements"]:
        assert set(statement) == {"text", "citations"}
        assert set(statement["citations"]) <= {c["n"] for c in answer["citations"]}
    assert "[1]" in answer["text"]


def test_an_item_of_a_standard_is_anchored_by_its_number(client: TestClient):
    answer = post(client, question="高级认证标准第13项")

    assert answer["citations"][0]["anchor"] == "13"


def test_an_unknown_date_is_null_and_never_the_day_from_which_it_is_searched(client: TestClient):
    answer = post(client, question="2022年第106号第14项", on="2025-06-01")

    (citation,) = [c for c in answer["citations"] if c["document_id"] == "general-2022-106"][:1]
    assert citation["effective_from"] is None


def test_the_day_and_the_language_can_be_chosen(client: TestClient):
    answer = post(client, question="高级认证企业几年复核一次", on="2024-05-05", language="en")

    assert (answer["on"], answer["question_language"]) == ("2024-05-05", "en")


HISTORIES: list[list[Any]] = [
    ["高级认证企业被罚款一次6万元行不行"],
    [{"question": "高级认证企业被罚款一次6万元行不行"}],
    [{"q": "高级认证企业被罚款一次6万元行不行", "a": "…"}],
    [{"role": "user", "content": "高级认证企业被罚款一次6万元行不行"}, {"role": "assistant", "content": "…"}],
    [{"question": "高级认证企业被罚款一次6万元行不行", "on": "2026-11-22", "answer": {"kind": "answered"}}],
]


@pytest.mark.parametrize("history", HISTORIES, ids=["strings", "questions", "q", "chat", "whole_turns"])
def test_earlier_turns_are_understood_in_any_usual_form(history: list[Any], client: TestClient):
    answer = post(client, question="那认证企业呢？", history=history)

    assert {c["document_id"] for c in answer["citations"]} == {"certified-2026"}


REFUSED: dict[str, Any] = {
    "empty": {"question": ""}, "none": {"question": None}, "absent": {}, "number": {"question": 5},
    "list": {"question": ["高认"]}, "object": {"question": {"text": "高认"}}, "true": {"question": True},
    "too_long": {"question": "高" * 20_000}, "just_too_long": {"question": "高" * 2001},
    "unknown_field": {"question": "高认", "user": "admin"}, "day_zero": {"question": "高认", "on": "0000-00-00"},
    "no_such_day": {"question": "高认", "on": "2026-02-30"}, "day_in_words": {"question": "高认", "on": "昨天"},
    "day_as_number": {"question": "高认", "on": 20260401}, "day_as_zero": {"question": "高认", "on": 0},
    "day_as_text_number": {"question": "高认", "on": "1767225600"}, "day_as_list": {"question": "高认", "on": []},
    "day_with_time": {"question": "高认", "on": "2026-04-01T12:00:00"}, "empty_day": {"question": "高认", "on": ""},
    "day_of_the_epoch": {"question": "高认", "on": "1970-01-01"}, "last_day": {"question": "高认", "on": "9999-12-31"},
    "full_width_day": {"question": "高认", "on": "２０２６-04-01"}, "day_true": {"question": "高认", "on": True},
    "chinese_field": {"question": "高认", "日期": "2026-04-01"},
    "unknown_language": {"question": "高认", "language": "fr"}, "language_number": {"question": "高认", "language": 1},
    "history_text": {"question": "高认", "history": "那呢"}, "history_numbers": {"question": "高认", "history": [1, 2]},
    "history_nested": {"question": "高认", "history": [[["高认"]]]}, "history_null": {"question": "高认",
    "history": None},
    "history_too_many": {"question": "高认", "history": ["高认"] * 21},
    "turn_without_a_question": {"question": "高认", "history": [{"a": "…"}]},
    "message_without_content": {"question": "高认", "history": [{"role": "user"}]},
    "history_too_long": {"question": "高认", "history": ["高" * 2001]},
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_in_both_languages(case: str, client: TestClient):
    response = client.post("/api/v1/ask", json=REFUSED[case])

    assert response.status_code == 422, response.text[:200]
    error = response.json()["error"]
    assert set(error) == {"code", "zh", "en"}
    assert error["zh"]
    assert error["en"].isascii()
    assert "Traceback" not in response.text


RAW: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "application/json"),
    "no_json": (b"question=x", "application/json"),
    "half_json": (b'{"question": "x"', "application/json"),
    "a_list": (b'["x"]', "application/json"),
    "a_string": (b'"x"', "application/json"),
    "null": (b"null", "application/json"),
    "broken_utf_8": (b'{"question": "\xff\xfe\xe9\xab"}', "application/json"),
    "gbk": ('{"question": "高认"}'.encode("gbk"), "application/json"),
    "not_a_number": (b'{"question": NaN}', "application/json"),
    "deeply_nested": (b"[" * 50_000 + b"]" * 50_000, "application/json"),
    "a_form": (b"question=x", "application/x-www-form-urlencoded"),
    "an_image": (b"\x89PNG\r\n", "image/png"),
}


@pytest.mark.parametrize("case", RAW)
def test_a_body_that_is_no_question_is_a_client_error(case: str, client: TestClient):
    body, content_type = RAW[case]

    response = client.post("/api/v1/ask", content=body, headers={"content-type": content_type})

    assert 400 <= response.status_code < 500, response.text[:200]
    assert set(response.json()["error"]) == {"code", "zh", "en"}


@pytest.mark.parametrize("escape", ["\\ud800", "\\ud800\\u9ad8", "\\u0000", "\\u202e", "\\ufdfa"])
def test_a_question_of_broken_or_invisible_characters_never_fails(escape: str, client: TestClient):
    body = f'{{"question": "{escape}"}}'.encode()

    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})

    assert response.status_code in {200, 422}
    response.json()


def test_a_field_named_by_half_a_character_is_refused(client: TestClient):
    body = b'{"question": "x", "\\ud800": 1}'

    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})

    assert response.status_code == 422


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused(announced: bool, client: TestClient):
    body = json.dumps({"question": "高" * 200_000}).encode()
    chunks = (body[i : i + 9000] for i in range(0, len(body), 9000))

    response = client.post(
        "/api/v1/ask", content=body if announced else chunks, headers={"content-type": "application/json"}
    )

    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/ask"), ("DELETE", "/api/v1/ask"), ("PUT", "/api/v1/ask")]
)
def test_another_method_is_refused(method: str, path: str, client: TestClient):
    response = client.request(method, path)

    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_a_refused_method_names_those_that_are_allowed(client: TestClient):
    assert client.get("/api/v1/ask").headers["allow"] == "POST"


def test_a_long_conversation_of_twenty_questions_with_their_answers_is_accepted(client: TestClient):
    said = [{"role": "user", "content": "高认"}, {"role": "assistant", "content": "…" * 3000}] * 20

    assert post(client, question="那认证企业呢？", history=said)["kind"] in KINDS


def test_an_unknown_address_of_the_api_is_json_even_for_a_browser(client: TestClient):
    response = client.get("/api/v1/nothing", headers={"accept": "text/html"})

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("text", ["<b>高认</b>几年复核一次", "高认&amp;复核", "\u200b高认\u202e几年复核一次\x07"])
def test_markup_and_invisible_characters_get_an_ordinary_answer(text: str, client: TestClient):
    answer = post(client, question=text)

    assert "<b>" not in answer["text"]
    assert answer["kind"] in KINDS


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream with their data."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_the_stream_sends_sources_and_statements_and_ends_with_the_whole_answer(client: TestClient):
    body = {"question": "251号令第二十二条", "on": "2025-06-01"}

    response = client.post("/api/v1/ask/stream", json=body)

    assert response.headers["content-type"].startswith("text/event-stream")
    sent = events(response.text)
    final = sent[-1][1]
    assert sent[-1][0] == "final"
    assert set(final) == ANSWER
    assert [data for name, data in sent if name == "citation"] == final["citations"]
    assert [data for name, data in sent if name == "statement"] == final["statements"]
    plain = post(client, **body)
    assert {k: v for k, v in final.items() if k not in {"latency_ms", "trace_id"}} == {
        k: v for k, v in plain.items() if k not in {"latency_ms", "trace_id"}
    }


@pytest.mark.parametrize("case", ["empty", "too_long", "day_zero", "unknown_field"])
def test_the_stream_refuses_what_the_plain_door_refuses(case: str, client: TestClient):
    assert client.post("/api/v1/ask/stream", json=REFUSED[case]).status_code == 422


def test_the_process_says_that_it_lives_and_that_it_can_answer(client: TestClient):
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
