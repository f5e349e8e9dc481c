"""A stand-in for the AI bot's websocket: the real frames, one live connection per bot, pushes as a test wants them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

SECRET = "bot-secret-for-tests"
WAIT = 5.0


@dataclass
class BotServer:
    """The server. ``subscribed`` counts connections that were accepted; ``frames`` are those a bot sent."""

    frames: list[dict[str, Any]] = field(default_factory=list)
    subscribed: int = 0
    refused: int = 0
    answers_pings: bool = True
    acknowledges: bool = True
    code: int = 0
    address: str = ""
    live: ServerConnection | None = None

    def __post_init__(self) -> None:
        self._changed = threading.Condition()

    def handle(self, socket: ServerConnection) -> None:
        """Speak with one bot until it goes."""
        try:
            for told in socket:
                self._take(socket, json.loads(told))
        except ConnectionClosed:
            pass
        with self._changed:
            if self.live is socket:
                self.live = None
            self._changed.notify_all()

    def _take(self, socket: ServerConnection, frame: dict[str, Any]) -> None:
        with self._changed:
            self.frames.append(frame)
            cmd, answer = frame["cmd"], {"headers": frame["headers"], "errcode": self.code, "errmsg": "ok"}
            if cmd == "aibot_subscribe":
                if frame["body"]["secret"] != SECRET:
                    self.refused += 1
                    answer["errcode"] = 40058
                else:
                    self._let_in(socket)
            if cmd == "ping" and not self.answers_pings:
                return
            if self.acknowledges or cmd in ("aibot_subscribe", "ping"):
                socket.send(json.dumps(answer))
            self._changed.notify_all()

    def _let_in(self, socket: ServerConnection) -> None:
        """A new connection takes the place of the one before, which is told so."""
        if self.live is not None:
            self.kick()
        self.live, self.subscribed = socket, self.subscribed + 1

    def kick(self) -> None:
        """Tell the live connection that it is over, and end it."""
        assert self.live is not None
        event = {"eventtype": "disconnected_event"}
        self.live.send(
            json.dumps({"cmd": "aibot_event_callback", "headers": {"req_id": "k"}, "body": {"event": event}})
        )
        threading.Thread(target=self.live.close, args=(1008,), daemon=True).start()

    def close_normally(self) -> None:
        """End the live connection as if all were well."""
        assert self.live is not None
        self.live.close(1000)

    def abort(self) -> None:
        """Let the line break."""
        assert self.live is not None
        self.live.socket.shutdown(2)

    def push(self, text: str, person: str = "zhang", number: str = "1", **body: Any) -> None:
        """Push a message of a person."""
        told = {"msgid": number, "aibotid": "bot", "chattype": "single", "from": {"userid": person}, **body}
        told = {"msgtype": "text", "text": {"content": text}, **told}
        self.send({"cmd": "aibot_msg_callback", "headers": {"req_id": f"r{number}"}, "body": told})

    def send(self, frame: dict[str, Any]) -> None:
        """Push any frame."""
        assert self.live is not None
        self.live.send(json.dumps(frame))

    def wait_for(self, wanted: Any) -> bool:
        """Wait until something is so."""
        with self._changed:
            return self._changed.wait_for(wanted, WAIT)

    def of(self, cmd: str) -> list[dict[str, Any]]:
        """The frames of one kind."""
        return [frame for frame in self.frames if frame["cmd"] == cmd]


@contextmanager
def running_bot_server() -> Iterator[BotServer]:
    """Start a server on a free port."""
    bots = BotServer()
    server: Server = serve(bots.handle, "127.0.0.1", 0, ping_interval=None)
    bots.address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield bots
    server.shutdown()
    thread.join()
