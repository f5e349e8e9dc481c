"""Call a platform's interface: with a token where one is needed, refreshed once, judged by its code.

Source: both platforms answer 200 also for refusals; what counts is ``errcode``, absent or 0 for success.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2

from api.bridge.errcodes import TOKEN_OA, TOKEN_WECOM, outcome_of
from api.bridge.media import FetchedMedia, MediaOutcome, download
from api.bridge.model import Channel, SendOutcome, SendResult
from api.bridge.tokens import Fetched, TokenRefused, TokenSource, TokenStore

WHOLE_CALL = httpx2.Timeout(5.0, connect=2.0)
# Before a request was written nothing can have happened: trying again is safe.
BEFORE = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call."""

    outcome: SendOutcome
    code: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)

    def as_result(self, message_id: str = "") -> SendResult:
        """The same for the outbox."""
        return SendResult(self.outcome, self.code, message_id)


class Platform:
    """The interface of one account on WeChat or WeCom."""

    def __init__(
        self, client: httpx2.Client, base: str, channel: Channel, tokens: TokenStore, source: TokenSource
    ) -> None:
        self._client = client
        self._base = base
        self._tokens = tokens
        self._source = source
        self._bad_token = TOKEN_OA if channel is Channel.WECHAT_OA else TOKEN_WECOM

    def post(self, path: str, body: Mapping[str, Any], **query: str) -> Called:
        """Call with a body."""
        return self._call("POST", path, body, query)

    def get(self, path: str, **query: str) -> Called:
        """Call without a body."""
        return self._call("GET", path, None, query)

    def download(self, path: str, **query: str) -> FetchedMedia:
        """Fetch a file with the token, which is replaced once where the platform refuses it."""
        try:
            token = self._tokens.get(self._source)
            fetched = self._downloaded(path, {"access_token": token, **query})
            if fetched.code.isdigit() and int(fetched.code) in self._bad_token:
                token = self._tokens.get(self._source, refused=token)
                fetched = self._downloaded(path, {"access_token": token, **query})
        except TokenRefused as refused:
            return FetchedMedia(MediaOutcome.LATER, code=refused.code)
        later = fetched.code.isdigit() and outcome_of(int(fetched.code)) in (
            SendOutcome.LATER,
            SendOutcome.WRONG_CONFIG,
        )
        return replace(fetched, outcome=MediaOutcome.LATER) if later else fetched

    def _downloaded(self, path: str, query: Mapping[str, str]) -> FetchedMedia:
        wanted = self._client.build_request("GET", self._base + path, params=dict(query), timeout=WHOLE_CALL)
        fetched = download(self._client, wanted)
        return replace(fetched, code=_code_in(fetched.told)) if fetched.told else fetched

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None, query: Mapping[str, str]) -> Called:
        """Call with the token; a token that the platform refuses is replaced once, never in a loop."""
        try:
            token = self._tokens.get(self._source)
            called = request(self._client, method, self._base + path, body, {"access_token": token, **query})
            if self._refuses_token(called):
                token = self._tokens.get(self._source, refused=token)
                called = request(self._client, method, self._base + path, body, {"access_token": token, **query})
                if self._refuses_token(called):
                    self._tokens.break_off(self._source, called.code)
        except TokenRefused as refused:
            return Called(refused.outcome, refused.code)
        return called

    def _refuses_token(self, called: Called) -> bool:
        return called.code.isdigit() and int(called.code) in self._bad_token


def request(
    client: httpx2.Client, method: str, url: str, body: Mapping[str, Any] | None, query: Mapping[str, str]
) -> Called:
    """Send one request and say what came of it; no address is told in an error, it holds the token."""
    # Not httpx's own JSON: WeCom refuses \\u escapes (40033), official accounts show them.
    content = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    headers = {} if body is None else {"content-type": "application/json; charset=utf-8"}
    wanted = client.build_request(method, url, params=dict(query), content=content, headers=headers, timeout=WHOLE_CALL)
    answer = exchanged(client, wanted)
    return answer if isinstance(answer, Called) else _judged(answer)


def exchanged(client: httpx2.Client, wanted: httpx2.Request) -> httpx2.Response | Called:
    """Send a request; return the answer, or what its failure means: only what surely was not taken is tried again."""
    try:
        answer = client.send(wanted)
    except BEFORE as error:
        return Called(SendOutcome.LATER, type(error).__name__)
    except httpx2.HTTPError as error:
        return Called(SendOutcome.UNKNOWN, type(error).__name__)
    if answer.status_code >= 500 or answer.status_code == 429:
        return Called(SendOutcome.LATER, f"HTTP {answer.status_code}")
    if answer.status_code >= 400:
        return Called(SendOutcome.WRONG_CONFIG, f"HTTP {answer.status_code}")
    return answer


def _judged(answer: httpx2.Response) -> Called:
    try:
        told = json.loads(answer.content)
    except ValueError:
        return Called(SendOutcome.UNKNOWN, "no JSON")
    if not isinstance(told, dict):
        return Called(SendOutcome.UNKNOWN, "no JSON")
    code = told.get("errcode", 0)
    if not isinstance(code, int):
        return Called(SendOutcome.UNKNOWN, "no code")
    return Called(outcome_of(code), str(code) if code else "", told)


def _code_in(told: bytes) -> str:
    """The code of a refusal that came instead of a file."""
    try:
        code = json.loads(told).get("errcode", 0)
    except (ValueError, AttributeError):
        return "no code"
    return str(code) if isinstance(code, int) and code else "no code"


def as_fetched(called: Called) -> Fetched:
    """Return the token an interface gave, or why not: a refusal is for an administrator, everything else passes."""
    value, seconds = called.body.get("access_token"), called.body.get("expires_in")
    if called.outcome is SendOutcome.SENT and isinstance(value, str) and isinstance(seconds, int):
        return Fetched(value, seconds)
    if called.outcome in (SendOutcome.LATER, SendOutcome.UNKNOWN, SendOutcome.SENT):
        return Fetched(outcome=SendOutcome.LATER, code=called.code or "no token")
    return Fetched(outcome=SendOutcome.WRONG_CONFIG, code=called.code)
