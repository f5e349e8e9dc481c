"""The JSON API against its own OpenAPI description: generated requests never break it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


OPERATIONS = [("/api/v1/ask", "POST"), ("/api/v1/ask/stream", "POST"), ("/healthz", "GET"), ("/readyz", "GET")]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_generated_requests_are_answered_as_described(path: str, method: str, client: TestClient):
    operation = schemathesis.openapi.from_asgi("/openapi.json", client.app)[path][method]

    @given(case=operation.as_strategy())
    @settings(max_examples=40 if method == "POST" else 5, deadline=None, suppress_health_check=list(HealthCheck))
    def is_answered(case: schemathesis.Case) -> None:
        answered.append(case.call_and_validate(checks=CHECKS).status_code)

    answered: list[int] = []
    is_answered()
    assert answered


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_generated_requests_that_break_the_description_are_refused(path: str, method: str, client: TestClient):
    operation = schemathesis.openapi.from_asgi("/openapi.json", client.app)[path][method]
    if method == "GET":
        assert client.request("POST", path).status_code == 405
        return

    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def is_refused(case: schemathesis.Case) -> None:
        assert 400 <= case.call_and_validate(checks=CHECKS).status_code < 500

    is_refused()


def test_the_description_names_the_doors_and_the_fields_of_a_question(client: TestClient):
    description = client.get("/openapi.json").json()

    assert {"/api/v1/ask", "/api/v1/ask/stream", "/healthz", "/readyz"} <= set(description["paths"])
    question = description["components"]["schemas"]["QuestionIn"]
    assert set(question["properties"]) == {"question", "on", "language", "history"}
    assert question["required"] == ["question"]


def test_the_description_names_the_fields_of_an_answer(client: TestClient):
    description = client.get("/openapi.json").json()

    response = description["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = response["$ref"].rsplit("/", 1)[-1]
    fields = set(description["components"]["schemas"][name]["properties"])
    assert {"kind", "on", "text", "statements", "citations", "caveats", "missing", "suggestions"} <= fields


def test_the_description_names_the_fields_of_an_error(client: TestClient):
    description = client.get("/openapi.json").json()

    response = description["paths"]["/api/v1/ask"]["post"]["responses"]["422"]["content"]["application/json"]["schema"]
    name = response["$ref"].rsplit("/", 1)[-1]
    assert set(description["components"]["schemas"][name]["properties"]) == {"error"}
