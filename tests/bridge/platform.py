"""A stand-in for the interfaces of WeChat and WeCom, in this process: 200 for everything, the truth in errcode.

It keeps the platforms' own rules: tokens that end and kill each other, five messages after one of the person's,
2048 bytes (refused by one, cut in silence by the other), thirty a minute. A test can move its clock, end a token,
let the next call fail or break, and count.
"""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx2

Json = dict[str, Any]
TEXT_BYTES = 2048
SECONDS = 7200
MEDIA = "cgi-bin/media/get"


def refusal(code: int) -> Json:
    """A refusal; its text is never looked at."""
    return {"errcode": code, "errmsg": f"refused {code} rid: x"}


OK: Json = {"errcode": 0, "errmsg": "ok"}


@dataclass
class Sent:
    """A message that reached a person."""

    peer: str
    text: str
    raw: bytes
    path: str


@dataclass
class FakePlatform:
    """The server of both platforms. Paths: /oa and /qy tell them apart."""

    now: Callable[[], datetime]
    app: tuple[str, str] = ("wx0123456789abcdef", "app-secret-for-tests")
    corp: tuple[str, str] = ("ww0123456789abcdef", "corp-secret-for-tests")
    calls: Counter[str] = field(default_factory=Counter)
    sent: list[Sent] = field(default_factory=list)
    notices: list[Json] = field(default_factory=list)
    cards: list[Json] = field(default_factory=list)
    changed_cards: list[Json] = field(default_factory=list)
    menus: list[Json] = field(default_factory=list)
    next_answers: dict[str, deque[Any]] = field(default_factory=dict)
    always: dict[str, Any] = field(default_factory=dict)
    may_send: dict[str, int] = field(default_factory=dict)
    unreachable: set[str] = field(default_factory=set)
    codes: dict[str, Json] = field(default_factory=dict)
    waiting: list[Json] = field(default_factory=list)  # messages of customer service, to be pulled
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)  # by number: content and file name
    lying: dict[str, bytes] = field(default_factory=dict)  # by address: what a bot's file addresses lead to

    def __post_init__(self) -> None:
        self.tokens: dict[str, tuple[str, datetime]] = {}  # token: family, until
        self._number = 0
        self._forced: datetime | None = None
        self._per_minute: Counter[tuple[str, datetime]] = Counter()
        self._lock = threading.Lock()

    @property
    def client(self) -> httpx2.Client:
        """A client whose every request comes here."""
        return httpx2.Client(transport=httpx2.MockTransport(self.handle))

    def let_next(self, path: str, *answers: Any) -> None:
        """Answer the next calls of a path with a code, a status as text, or an exception."""
        self.next_answers.setdefault(path, deque()).extend(answers)

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request."""
        with self._lock:
            if str(request.url) in self.lying:
                return httpx2.Response(200, content=iter([self.lying[str(request.url)]]))
            family, _, path = request.url.path.lstrip("/").partition("/")
            self.calls[path] += 1
            prepared = self._prepared(path, request)
            if prepared is not None:
                return prepared
            body = json.loads(request.content) if request.content else {}
            query = dict(request.url.params)
            if path in _WITHOUT_TOKEN:
                told = _WITHOUT_TOKEN[path](self, query, body)
            else:
                problem = self._token_problem(family, query.get("access_token", ""))
                if path == MEDIA:
                    return self._media(query) if problem is None else self._refused_media(problem)
                told = problem or _PATHS[path](self, body, request.content)
            return httpx2.Response(200, json=told)

    def kill_tokens(self) -> None:
        """End every token that was given out."""
        self.tokens.clear()

    def spoke(self, peer: str) -> None:
        """Note that a person wrote: five messages may follow."""
        self.may_send[peer] = 5

    def texts(self, peer: str = "") -> list[str]:
        """What reached a person."""
        return [sent.text for sent in self.sent if not peer or sent.peer == peer]

    def _prepared(self, path: str, request: httpx2.Request) -> httpx2.Response | None:
        waiting = self.next_answers.get(path)
        answer = waiting.popleft() if waiting else self.always.get(path)
        if answer is None:
            return None
        if isinstance(answer, type) and issubclass(answer, Exception):
            raise answer("as the test wants it", request=request)
        if isinstance(answer, str):
            return httpx2.Response(int(answer), text="<html>busy</html>")
        return httpx2.Response(200, json=answer if isinstance(answer, dict) else refusal(answer))

    def _new_token(self, family: str) -> Json:
        self._number += 1
        token = f"fake-token-{self._number:04d}"
        self.tokens[token] = (family, self.now() + timedelta(seconds=SECONDS))
        return {"access_token": token, "expires_in": SECONDS}

    def _token(self, query: Json, _: Json) -> Json:
        """`cgi-bin/token`: another token; the older one is good for five minutes yet."""
        if (query.get("appid"), query.get("secret")) != self.app:
            return refusal(40125)
        soon = self.now() + timedelta(minutes=5)
        self.tokens = {t: (f, min(u, soon) if f == "oa" else u) for t, (f, u) in self.tokens.items()}
        return self._new_token("oa")

    def _stable(self, _: Json, body: Json) -> Json:
        """`stable_token`: the same one, unless forced; at most every thirty seconds."""
        if (body.get("appid"), body.get("secret")) != self.app:
            return refusal(40125)
        living = [(t, u) for t, (f, u) in self.tokens.items() if f == "oa" and u > self.now()]
        if living and not body.get("force_refresh"):
            token, until = living[-1]
            return {"access_token": token, "expires_in": int((until - self.now()).total_seconds())}
        if body.get("force_refresh"):
            if self._forced and self.now() - self._forced < timedelta(seconds=30):
                return refusal(45011)
            self._forced = self.now()
            self.tokens = {t: (f, u) for t, (f, u) in self.tokens.items() if f != "oa"}
        return self._new_token("oa")

    def _gettoken(self, query: Json, _: Json) -> Json:
        if (query.get("corpid"), query.get("corpsecret")) != self.corp:
            return refusal(40001)
        living = [(t, u) for t, (f, u) in self.tokens.items() if f == "qy" and u > self.now()]
        return {**OK, "access_token": living[-1][0], "expires_in": SECONDS} if living else self._new_token("qy")

    def _token_problem(self, family: str, token: str) -> Json | None:
        if not token:
            return refusal(41001)
        held = self.tokens.get(token)
        if held is None or held[0] != family:
            return refusal(40001 if family == "oa" else 40014)
        return None if held[1] > self.now() else refusal(42001)

    def _oauth(self, query: Json, _: Json) -> Json:
        return self._used_code(str(query.get("code")), query)

    def _used_code(self, code: str, _: Json) -> Json:
        found = self.codes.get(code)
        if found is None:
            return refusal(40029)
        self.codes[code] = refusal(40163)
        return found

    def _member(self, body: Json, _: bytes) -> Json:
        return {**OK, **self.codes.get("member", {})}

    def _custom_send(self, body: Json, raw: bytes) -> Json:
        peer, text = str(body["touser"]), str(body["text"]["content"])
        if peer in self.unreachable:
            return refusal(43004)
        if len(text.encode()) > TEXT_BYTES:
            return refusal(45002)
        if peer not in self.may_send:
            return refusal(45015)
        if self.may_send[peer] < 1:
            return refusal(45047)
        self.may_send[peer] -= 1
        self.sent.append(Sent(peer, text, raw, "custom"))
        return OK

    def _message_send(self, body: Json, raw: bytes) -> Json:
        peer = str(body["touser"])
        if body.get("agentid") != 1000002:
            return refusal(301002)
        if peer in self.unreachable:
            return {**OK, "invaliduser": peer}
        minute = self.now().replace(second=0, microsecond=0)
        self._per_minute[(peer, minute)] += 1
        if self._per_minute[(peer, minute)] <= 30:  # above it nothing arrives, and nobody is told
            if body["msgtype"] == "template_card":
                self.cards.append(body)
                return {**OK, "msgid": "c"}
            cut = str(body["text"]["content"]).encode()[:TEXT_BYTES].decode("utf-8", "ignore")
            self.sent.append(Sent(peer, cut, raw, "app"))
        return {**OK, "msgid": f"m{len(self.sent)}"}

    def _change_card(self, body: Json, _: bytes) -> Json:
        if body["response_code"] in {one["response_code"] for one in self.changed_cards}:
            return refusal(48008)  # good once
        self.changed_cards.append(body)
        return OK

    def _template(self, body: Json, _: bytes) -> Json:
        if body["touser"] in self.unreachable:
            return refusal(43004)
        self.notices.append(body)
        return {**OK, "msgid": len(self.notices)}

    def _menu(self, body: Json, _: bytes) -> Json:
        buttons = body.get("button", [])
        if not 1 <= len(buttons) <= 3:
            return refusal(40016)
        for button in buttons:
            if len(str(button["name"]).encode()) > 16:
                return refusal(40018)
            if len(button.get("sub_button", [])) > 5:
                return refusal(40023)
        self.menus.append(body)
        return OK

    def _sync(self, body: Json, _: bytes) -> Json:
        start = int(body.get("cursor") or 0)
        page = self.waiting[start : start + 2]  # small pages, so that there are several
        return {
            **OK,
            "next_cursor": str(start + len(page)),
            "has_more": int(start + len(page) < len(self.waiting)),
            "msg_list": page,
        }

    def _kf_send(self, body: Json, raw: bytes) -> Json:
        peer = str(body.get("touser") or body.get("code"))
        if peer in self.unreachable:
            return refusal(95018)
        if body["msgid"] not in {json.loads(s.raw)["msgid"] for s in self.sent if s.path == "kf"}:
            self.sent.append(Sent(peer, str(body["text"]["content"]), raw, "kf"))
        return {**OK, "msgid": body["msgid"]}

    def _media(self, query: Json) -> httpx2.Response:
        """`media/get`: the file itself, or a refusal as JSON in a text."""
        if query.get("media_id") not in self.media:
            return self._refused_media(refusal(40007))
        content, name = self.media[str(query["media_id"])]
        disposition = f'attachment; filename="{name}"'.encode()  # as it is sent: UTF-8, unescaped
        headers = [(b"content-type", b"application/octet-stream"), (b"content-disposition", disposition)]
        return httpx2.Response(200, content=iter([content]), headers=headers)

    def _refused_media(self, problem: Json) -> httpx2.Response:
        told = json.dumps(problem).encode()
        return httpx2.Response(200, content=iter([told]), headers={"content-type": "application/json; charset=utf-8"})

    def _ok(self, _: Json, __: bytes) -> Json:
        return {**OK, "ip_list": []}


_WITHOUT_TOKEN: dict[str, Callable[[FakePlatform, Json, Json], Json]] = {
    "cgi-bin/token": FakePlatform._token,
    "cgi-bin/stable_token": FakePlatform._stable,
    "cgi-bin/gettoken": FakePlatform._gettoken,
    "sns/oauth2/access_token": FakePlatform._oauth,
}
_PATHS: dict[str, Callable[[FakePlatform, Json, bytes], Json]] = {
    "cgi-bin/message/custom/send": FakePlatform._custom_send,
    "cgi-bin/message/template/send": FakePlatform._template,
    "cgi-bin/message/subscribe/bizsend": FakePlatform._template,
    "cgi-bin/message/send": FakePlatform._message_send,
    "cgi-bin/message/update_template_card": FakePlatform._change_card,
    "cgi-bin/menu/create": FakePlatform._menu,
    "cgi-bin/kf/sync_msg": FakePlatform._sync,
    "cgi-bin/kf/send_msg": FakePlatform._kf_send,
    "cgi-bin/kf/send_msg_on_event": FakePlatform._kf_send,
    "cgi-bin/auth/getuserinfo": FakePlatform._member,
    "cgi-bin/get_api_domain_ip": FakePlatform._ok,
    "cgi-bin/getcallbackip": FakePlatform._ok,
    "cgi-bin/callback/check": FakePlatform._ok,
    "cgi-bin/agent/get": FakePlatform._ok,
    "cgi-bin/kf/account/list": FakePlatform._ok,
}
