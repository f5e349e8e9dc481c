"""Secrets never reach a log, whoever writes it."""

from __future__ import annotations

import io
import json
import logging

import pytest

from api.logs import log_formatter, log_handler
from api.redaction import redact, redacted_text

SECRETS = {
    "a form": ("password=four-plain-words&name=li", "four-plain-words"),
    "a header": ("Authorization: Bearer abc.def.ghi", "abc.def.ghi"),
    "a cookie": ("Cookie: session=abcdef", "abcdef"),
    "JSON": ('{"client_secret": "s3cr3t value", "name": "li"}', "s3cr3t value"),
    "a database address": ("postgresql://credit:hunter2@127.0.0.1/credit", "hunter2"),
    "an authenticator link": ("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXP"),
    "a token": ("ended 400UTqO8y41Pgv38ci_TyTd-jW56272kbjO6cJE_fwU now", "400UTqO8y41Pgv38ci"),
    "a one-time code": ("GET /join?x=Q672-JBCQ-D4WR-HA4F", "Q672-JBCQ-D4WR-HA4F"),
    "a recovery code": ("tried Q672-JBCQ-D4WR", "Q672-JBCQ"),
    "a six-digit code": ("code=123456", "123456"),
    "values of a statement": ("SELECT 1\n[parameters: ('机密', 1)]\n(Background)", "机密"),
    "an enterprise": ("no row for 91990000000079193L", "91990000000079193L"),
}


@pytest.mark.parametrize("case", SECRETS)
def test_what_looks_like_a_secret_is_taken_out_of_a_text(case: str):
    text, secret = SECRETS[case]

    assert secret not in redacted_text(text)


@pytest.mark.parametrize(
    "name", ["password", "new_password", "csrf", "session_token", "code", "totp_secret", "cookie", "llm_api_key"]
)
def test_a_field_with_a_secret_name_is_hidden_whatever_it_holds(name: str):
    assert redact(None, "info", {"event": "x", name: "plain"}) == {"event": "x", name: "***"}


def test_ordinary_words_stay_as_they_are():
    event = {"event": "request", "route": "/documents/{document_id}", "status": 200, "account": "0d5b3c", "n": [1, "a"]}

    assert redact(None, "info", event) == event


def test_secrets_deep_inside_are_found():
    event = redact(None, "info", {"event": "x", "headers": {"cookie": "a"}, "list": ["password=b"]})

    assert event["headers"] == {"cookie": "***"}
    assert event["list"] == ["password=***"]


def logged(write: object) -> str:
    """What a library's logger writes through our formatter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log_formatter([], as_json=True))
    logger = logging.Logger("a.library")
    logger.addHandler(handler)
    write(logger)  # type: ignore[operator]
    return stream.getvalue()


def fail_with_a_secret(logger: logging.Logger) -> None:
    """Log an exception whose text holds a secret."""
    try:
        raise ValueError("login failed for password=four-plain-words")
    except ValueError:
        logger.exception("Exception in ASGI application")


def test_a_traceback_of_a_library_holds_no_secret():
    line = json.loads(logged(fail_with_a_secret))

    assert "ValueError" in line["exception"]
    assert "four-plain-words" not in line["exception"]


def test_arguments_of_a_library_s_message_are_looked_through_too():
    assert "hunter2" not in logged(lambda logger: logger.warning("connecting to %s", "postgresql://u:hunter2@h/d"))


def test_a_library_that_wants_to_tell_more_than_the_level_asked_for_is_not_heard(capsys: pytest.CaptureFixture[str]):
    logger = logging.Logger("a.talkative.library", logging.DEBUG)
    logger.addHandler(log_handler([], "info", as_json=True))

    logger.debug("building something")
    logger.info("built something")

    said = capsys.readouterr().err
    assert "built something" in said
    assert "building" not in said
