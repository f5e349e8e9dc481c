"""An OpenAI-compatible chat endpoint on loopback that speaks, stalls, breaks off, refuses and raves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
PIECE = 12


@dataclass(frozen=True)
class Speech:
    """A reply in pieces; after ``stall_after`` pieces nothing more comes, after ``cut_after`` the line goes dead.

    After ``pause_after`` pieces the rest comes once the endpoint is released.
    """

    text: str
    stall_after: int | None = None
    cut_after: int | None = None
    pause_after: int | None = None
    finish: str = "stop"


@dataclass(frozen=True)
class Refusal:
    """An HTTP error as endpoints send it."""

    status: int
    code: str = "error"
    message: str = "no"


@dataclass(frozen=True)
class Raw:
    """Bytes that are no reply at all."""

    body: bytes
    kind: str = "text/event-stream"


Reply = Speech | Refusal | Raw
Script = Callable[[Asked], Reply]


@dataclass
class Endpoint:
    """A running endpoint: its address, what it was asked, and what it will say."""

    url: str
    script: Script
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def prompts(self) -> list[str]:
        """Everything it was told, message by message."""
        return [str(message["content"]) for request in self.asked for message in request["messages"]]


@contextmanager
def running(script: Script) -> Iterator[Endpoint]:
    """Serve on a free port of loopback; stalled replies end with the endpoint."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", script)
    server.endpoint = endpoint  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.released.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Say nothing on the terminal of the tests."""

    def do_POST(self) -> None:
        endpoint: Endpoint = self.server.endpoint  # type: ignore[attr-defined]
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        endpoint.asked.append({**asked, "path": self.path, "authorization": self.headers.get("authorization", "")})
        self.close_connection = True
        match endpoint.script(asked):
            case Refusal() as refusal:
                body = {"error": {"message": refusal.message, "code": refusal.code, "type": refusal.code}}
                self._send(refusal.status, json.dumps(body).encode(), "application/json")
            case Raw() as raw:
                self._send(200, raw.body, raw.kind)
            case Speech() as speech:
                self._speak(speech, endpoint)

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _speak(self, speech: Speech, endpoint: Endpoint) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        size = max(PIECE, len(speech.text) // 40)
        pieces = [speech.text[i : i + size] for i in range(0, len(speech.text), size)]
        for number, piece in enumerate(pieces):
            if number == speech.stall_after:
                endpoint.released.wait(10)
                return
            if number == speech.pause_after:
                endpoint.released.wait(10)
            if number == speech.cut_after:
                self.connection.close()
                return
            self._event({"choices": [_choice({"role": "assistant", "content": piece})]})
        self._event({"choices": [_choice({}, speech.finish)]})
        self._event({"choices": [], "usage": _usage(len(speech.text))})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, body: dict[str, Any]) -> None:
        whole = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", **body}
        self._chunk(f"data: {json.dumps(whole)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _choice(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _usage(size: int) -> dict[str, int]:
    return {"prompt_tokens": 100, "completion_tokens": size, "total_tokens": 100 + size}
