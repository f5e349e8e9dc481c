"""Ask any OpenAI-compatible endpoint, through LangChain: deadline, one retry, breaker, counters, streaming.

Imported only where an endpoint is configured: LangChain and its client take more than a second to load.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import httpx2
import openai
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.breaker import Breaker
from assistant.model_counters import ModelCounters
from assistant.model_reply import FORMS, MAX_REPLY
from assistant.prompt import Prompt
from assistant.writer import Heard, WriterAway, Written

Reason = Literal["timeout", "busy", "server", "refused", "unreachable", "cut_off", "garbage", "context", "open"]

ATTEMPTS = 2
MAX_TOKENS = 700
_RETRIED = frozenset({"busy", "server", "unreachable", "cut_off", "garbage"})


@dataclass(frozen=True)
class Endpoint:
    """Where the model is and how it is asked; ``seconds`` is the time a whole answer may take."""

    url: str
    model: str
    key: str = ""
    seconds: float = 20.0
    structured: bool = True
    max_tokens: int = MAX_TOKENS


class LanguageModel:
    """A `Writer` over a chat endpoint. It has no tools and no memory."""

    def __init__(
        self, endpoint: Endpoint, counters: ModelCounters, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = endpoint.model
        self.counters = counters
        self._endpoint = endpoint
        self._clock = clock
        self._breaker = Breaker(clock)
        self._structured = endpoint.structured
        self._chat = ChatOpenAI(
            model=endpoint.model,
            base_url=endpoint.url,
            api_key=SecretStr(endpoint.key or "none"),
            temperature=0,
            timeout=endpoint.seconds,
            max_retries=0,
            max_completion_tokens=endpoint.max_tokens,
            stream_usage=True,
            use_responses_api=False,
        )

    @property
    def is_left_alone(self) -> bool:
        """Whether the endpoint has failed so often that it is not asked for a while."""
        return self._breaker.is_open

    def write(self, prompt: Prompt, heard: Heard | None = None) -> Written:
        """Return what the model wrote; ``heard`` is given it as it grows.

        Raises `WriterAway` with the reason when nothing usable came in time.
        """
        if not self._breaker.lets_through():
            self.counters.add("failed_open")
            raise WriterAway("open")
        end = self._clock() + self._endpoint.seconds
        for attempt in range(1, ATTEMPTS + 1):
            self.counters.add("calls")
            try:
                written = self._attempt(prompt, end, heard)
            except WriterAway as away:
                self.counters.add(f"failed_{away.reason}")
                if attempt == ATTEMPTS or away.reason not in _RETRIED or self._clock() >= end:
                    self._note(away)
                    raise
            else:
                self._breaker.succeeded()
                return written
        raise AssertionError("the last attempt returns or raises")

    def _note(self, away: WriterAway) -> None:
        """A prompt that is too long says nothing about the endpoint's health."""
        if away.reason != "context":
            self._breaker.failed()

    def _attempt(self, prompt: Prompt, end: float, heard: Heard | None) -> Written:
        structured = self._structured
        try:
            return self._collect(prompt, end, structured, heard)
        except WriterAway as away:
            if away.reason != "refused" or not structured:
                raise
            self._structured = False  # this endpoint does not write to a schema
            return self._collect(prompt, end, structured=False, heard=heard)

    def _collect(self, prompt: Prompt, end: float, structured: bool, heard: Heard | None) -> Written:
        parts: list[str] = []
        finish = ""
        size = 0
        try:
            for chunk in self._stream(prompt, end, structured):
                text = chunk.text
                parts.append(text)
                size += len(text)
                finish = str(chunk.response_metadata.get("finish_reason") or finish)
                if chunk.usage_metadata:
                    self.counters.add_tokens(
                        chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"]
                    )
                if self._clock() > end:
                    raise WriterAway("timeout")
                if size > MAX_REPLY:
                    raise WriterAway("garbage")
                if heard and text:
                    heard("".join(parts))
        except _ERRORS as error:
            reason = _reason(error)
            raise WriterAway("cut_off" if parts and reason == "unreachable" else reason) from error
        # Plain lines that end at the limit are still good: the last one lacks its mark and falls.
        if finish != "stop" and (structured or finish != "length"):
            raise WriterAway("cut_off")
        reply = "".join(parts).strip()
        if not reply:
            raise WriterAway("garbage")
        return Written(reply, self.name, prompt.digest)

    def _stream(self, prompt: Prompt, end: float, structured: bool) -> Iterator[AIMessageChunk]:
        system = prompt.system_as_json if structured else prompt.system
        messages = [SystemMessage(system), HumanMessage(prompt.user)]
        # In the body rather than as an argument: the client would parse, and raise on, what proof reads anyway.
        body: dict[str, Any] = {"response_format": _schema(prompt.form)} if structured else {}
        timeout = max(end - self._clock(), 0.05)
        for chunk in self._chat.stream(messages, extra_body=body, timeout=timeout):
            if isinstance(chunk, AIMessageChunk):
                yield chunk


def _schema(form: str) -> dict[str, Any]:
    schema = FORMS[form].model_json_schema()
    return {"type": "json_schema", "json_schema": {"name": form, "schema": schema}}


# What an endpoint that misbehaves makes LangChain and the client raise.
_ERRORS = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.StreamError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
)


def _reason(error: Exception) -> str:
    match error:
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return "timeout"
        case openai.RateLimitError():
            return "busy"
        case openai.InternalServerError():
            return "server"
        case openai.BadRequestError() if "context" in str(error).lower():
            return "context"
        case openai.APIStatusError():
            return "refused"
        case openai.APIConnectionError():
            return "unreachable"
        case httpx2.HTTPError() | httpx2.StreamError():
            return "cut_off"
        case _:
            return "garbage"
