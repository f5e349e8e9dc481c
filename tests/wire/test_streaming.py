"""A model's sentences on the page: each once it is proved, in order, and never anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.auth.csrf import HEADER, new_csrf
from api.services import Services
from assistant.answering import Assistant
from assistant.intents import Intents
from assistant.llm import Endpoint as Address
from assistant.llm import LanguageModel
from assistant.model_counters import ModelCounters
from assistant.model_faults import Drafted
from assistant.model_reply import Unfolding, complete_sentences
from knowledge.models import Provision
from knowledge.search import Search
from tests.browser.serving import served
from tests.people import DAY
from tests.services import make_services
from tests.wire.endpoint import Speech, running
from web.app import create_app

CYCLE = "高级认证企业几年复核一次"
TRUE = "海关对高级认证企业的复核，每五年一次。[1]"
FALSE = "高级认证企业每3年复核一次。[1]"
UNMARKED = "复核收费8万元。"
LAST = "信用评估状况为“优秀”或者“良好”的高级认证企业可以适用简易复核。[1]"
Events = Iterator[tuple[str, str]]


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """An empty database."""
    return make_services(tmp_path)


def events(response: httpx2.Response) -> Events:
    """The events of a stream as they come."""
    name, data = "", []
    for line in response.iter_lines():
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:])
        elif not line and name:
            yield name, "\n".join(data)
            name, data = "", []


def asking(address: str, services: Services):
    """Ask in the chat as a visitor whose browser runs scripts."""
    headers = {HEADER: new_csrf(services.keys, "a-visit"), "cookie": "visit=a-visit"}
    return httpx2.stream("POST", f"{address}/stream", data={"q": CYCLE}, headers=headers, timeout=20)


@pytest.mark.parametrize("structured", [False, True], ids=["plain lines", "schema"])
def test_the_first_proved_sentence_is_on_the_page_before_the_model_has_finished(
    quick_search: Search, quick_intents: Intents, provisions: list[Provision], services: Services, structured: bool
):
    listed = [{"text": text.partition("[")[0], "marks": [1]} for text in (TRUE, FALSE, LAST)]
    said = json.dumps({"sentences": listed}, ensure_ascii=False) if structured else f"{TRUE}\n{FALSE}\n{LAST}\n"
    with running(lambda _asked: Speech(said, pause_after=7 if structured else 3)) as endpoint:
        model = LanguageModel(Address(endpoint.url, "scripted", "", 15, structured), ModelCounters())
        app = create_app(
            Assistant(quick_search, quick_intents, model), provisions, clock=lambda: DAY, services=services
        )
        with served(app) as address, asking(address, services) as response:
            coming = events(response)
            first = [next(coming), next(coming)]
            was_finished = endpoint.released.is_set()
            endpoint.released.set()
            rest = list(coming)

    assert [name for name, _ in first] == ["open", "part"]
    assert "每五年一次" in first[1][1]
    assert not was_finished
    assert [name for name, _ in rest] == ["part", "close"]
    assert "简易复核" in rest[0][1]
    assert "每五年一次" in rest[-1][1]
    assert "每3年" not in str([*first, *rest])


def test_a_line_that_breaks_off_ends_with_the_composed_answer(
    quick_search: Search, quick_intents: Intents, provisions: list[Provision], services: Services
):
    with running(lambda _asked: Speech(f"{TRUE}\n{FALSE}", cut_after=3)) as endpoint:
        model = LanguageModel(Address(endpoint.url, "scripted", "", 5, False), ModelCounters())
        app = create_app(
            Assistant(quick_search, quick_intents, model), provisions, clock=lambda: DAY, services=services
        )
        with served(app) as address, asking(address, services) as response:
            everything = list(events(response))

    assert [name for name, _ in everything] == ["open", "part", "close"]  # the second attempt tells it no second time
    assert "caveat-composed" in everything[-1][1]
    assert "每3年" not in str(everything)


def told(*pieces: str) -> list[Drafted]:
    """What is told while a reply comes in pieces."""
    heard: list[Drafted] = []
    unfolding = Unfolding(heard.append)
    reply = ""
    for piece in pieces:
        reply += piece
        unfolding.heard(reply)
    return heard


def test_a_sentence_is_told_once_nothing_can_be_added_to_it():
    assert told("企业分为五级。") == []
    assert told("企业分为五级。", "[1]") == []
    assert told("企业分为五级。", "[1]", "\n") == [Drafted("企业分为五级。", (1,))]
    assert told("企业分为五级。[1]", "[2]下一", "句。[1]\n") == [
        Drafted("企业分为五级。", (1, 2)), Drafted("下一句。", (1,)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "texts"),
    [
        ('{"sentences": [{"text": "甲。", "marks": [1]}, {"text": "乙', ["甲。"]),
        ('{"sentences": [{"marks": [1], "text": "甲{乙}。"}]', ["甲{乙}。"]),
        ('{"sentences": [{"text": "甲。", "marks"', []),
        ('{"oth', []),
        ("<think>甲。[1]\n乙。[1]\n", []),
        ("<think>甲。</think>乙。[1]\n丙", ["乙。"]),
        ("资产负债率不超过95.", []),
    ],
)
def test_an_unfinished_reply_gives_its_whole_sentences_only(reply: str, texts: list[str]):
    assert [sentence.text for sentence in complete_sentences(reply)] == texts


def test_every_way_to_cut_a_reply_tells_the_same_sentences_in_the_same_order():
    reply = f"{TRUE}\n{FALSE}\n{UNMARKED}\n{LAST}\n"
    whole = [sentence.text for sentence in told(reply)]

    for size in (1, 3, 7, 20):
        pieces = [reply[i : i + size] for i in range(0, len(reply), size)]
        assert [sentence.text for sentence in told(*pieces)] == whole
    assert len(whole) == 4
