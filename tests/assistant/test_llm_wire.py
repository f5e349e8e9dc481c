"""A language model over a real wire: whatever the endpoint does, a reply comes in time or a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.llm import Endpoint as Address
from assistant.llm import LanguageModel
from assistant.model_counters import ModelCounters, Price
from assistant.prompt import Prompt
from assistant.writer import WriterAway
from tests.wire.endpoint import Asked, Endpoint, Raw, Refusal, Reply, Speech, running

PROMPT = Prompt("say what is written", "<question>几级</question>", "sentences")
GOOD = Speech("企业分为五个等级。[1]")
SECONDS = 0.6


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    """One server for the file; each test sets what it says."""
    with running(lambda _asked: GOOD) as opened:
        yield opened


@pytest.fixture
def model(endpoint: Endpoint) -> Callable[..., LanguageModel]:
    """A model that the endpoint answers with the replies given, the last one again and again."""

    def says(*replies: Reply, structured: bool = False, clock: Callable[[], float] | None = None) -> LanguageModel:
        queue = list(replies)
        endpoint.asked.clear()
        endpoint.script = lambda _asked: queue.pop(0) if len(queue) > 1 else queue[0]
        address = Address(endpoint.url, "scripted", "key-1", SECONDS, structured)
        counters = ModelCounters(Price(1.0, 2.0))
        return LanguageModel(address, counters, clock) if clock else LanguageModel(address, counters)

    return says


def test_a_streamed_reply_is_put_together_and_its_tokens_and_cost_are_counted(model, endpoint):
    asked = model(GOOD)

    written = asked.write(PROMPT)

    assert (written.text, written.model, written.prompt) == (GOOD.text, "scripted", PROMPT.digest)
    counts = asked.counters.snapshot()
    assert (counts["calls"], counts["tokens_in"], counts["tokens_out"]) == (1, 100, len(GOOD.text))
    assert counts["cost"] == pytest.approx((100 + 2 * len(GOOD.text)) / 1_000_000)
    assert endpoint.asked[0]["stream"] is True
    assert endpoint.asked[0]["authorization"] == "Bearer key-1"
    assert not {"tools", "functions"} & set(endpoint.asked[0])


@pytest.mark.parametrize(
    ("reply", "reason", "calls"),
    [
        (Refusal(429), "busy", 2),
        (Refusal(500), "server", 2),
        (Refusal(400, "context_length_exceeded", "maximum context length exceeded"), "context", 1),
        (Refusal(401), "refused", 1),
        (Raw(b"data: {not json\n\n"), "garbage", 2),
        (Raw(b"<html>hello</html>", "text/html"), "garbage", 2),
        (Raw(b'data: {"choices": null}\n\n'), "cut_off", 2),
        (Speech("企业分为五个等级。[1]" * 3, cut_after=1), "cut_off", 2),
        (Speech("企业分为五个等级。[1]", finish="content_filter"), "cut_off", 2),
        (Speech("   "), "garbage", 2),
        (Speech("企" * 20_000), "garbage", 2),
    ],
)
def test_a_bad_reply_is_tried_once_more_where_that_may_help_and_ends_with_its_reason(
    model, endpoint, reply, reason, calls
):
    asked = model(reply)

    with pytest.raises(WriterAway, match=reason):
        asked.write(PROMPT)

    assert len(endpoint.asked) == calls
    assert asked.counters.snapshot()[f"failed_{reason}"] == calls


@pytest.mark.parametrize("reply", [Speech("企业分为五个等级。[1]", stall_after=0), Speech("企业" * 40, stall_after=2)])
def test_a_reply_that_stalls_ends_when_its_time_is_over(model, reply):
    with pytest.raises(WriterAway, match="timeout"):
        model(reply).write(PROMPT)


def test_an_endpoint_that_is_not_there_is_unreachable():
    nobody = LanguageModel(Address("http://127.0.0.1:9/v1", "none", seconds=SECONDS), ModelCounters())

    with pytest.raises(WriterAway, match="unreachable"):
        nobody.write(PROMPT)


def test_plain_lines_that_end_at_the_limit_are_kept(model):
    reply = Speech("企业分为五个等级。[1]\n企业", finish="length")

    assert model(reply).write(PROMPT).text == reply.text


def test_the_second_attempt_may_succeed(model):
    assert model(Refusal(503), GOOD).write(PROMPT).text == GOOD.text


def test_after_failures_in_a_row_the_endpoint_is_left_alone_and_tried_again_after_a_pause(model, endpoint):
    now = [0.0]
    asked = model(Refusal(401), clock=lambda: now[0])
    for _ in range(3):
        with pytest.raises(WriterAway, match="refused"):
            asked.write(PROMPT)

    with pytest.raises(WriterAway, match="open"):
        asked.write(PROMPT)
    assert len(endpoint.asked) == 3

    now[0] += 31
    endpoint.script = lambda _asked: GOOD
    assert asked.write(PROMPT).text == GOOD.text
    assert asked.write(PROMPT).text == GOOD.text


def test_an_endpoint_that_does_not_write_to_a_schema_is_asked_for_plain_text_from_then_on(model, endpoint):
    def plain_only(asked: Asked) -> Reply:
        return Refusal(400, "bad", "unknown field response_format") if "response_format" in asked else GOOD

    asked = model(GOOD, structured=True)
    endpoint.script = plain_only

    assert asked.write(PROMPT).text == GOOD.text
    assert asked.write(PROMPT).text == GOOD.text
    assert ["response_format" in request for request in endpoint.asked] == [True, False, False]
