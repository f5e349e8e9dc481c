"""Conversations of five turns keep their right sources; all of them run in `python -m tests.bench.conversations`."""

from __future__ import annotations

import pytest

from api.usecases.evaluate_conversations import read_conversations, scored
from assistant.answering import Assistant
from assistant.rereading import Rereader
from knowledge.models import Provision
from knowledge.terms import load_terms
from tests.conftest import TODAY
from tests.fakes import ScriptedWriter
from tests.wire.scripts import honest

pytestmark = pytest.mark.model
CONVERSATIONS = read_conversations()
VOCABULARY = load_terms()
SAMPLE = CONVERSATIONS[::8]


def test_every_conversation_has_five_turns_and_expects_provisions_that_are_held(by_id: dict[str, Provision]):
    expected = {name for c in CONVERSATIONS for turn in c["turns"] for name in turn["expect"]}

    assert len(CONVERSATIONS) >= 40
    assert {len(c["turns"]) for c in CONVERSATIONS} == {5}
    assert expected <= set(by_id)


def test_follow_ups_find_their_sources_without_a_model(assistant: Assistant):
    results = scored(assistant, SAMPLE, TODAY)

    assert sum(result.cited for result in results) / len(results) >= 0.8


def test_an_honest_reading_is_mostly_found_to_add_nothing():
    readings = {turn["question"]: turn["standalone"] for c in SAMPLE for turn in c["turns"]}
    reader = Rereader(ScriptedWriter(honest(readings)), VOCABULARY)
    turns = [(c["turns"], position) for c in SAMPLE for position in range(1, 5)]
    used = [
        reader.readings(said[position]["question"], [turn["question"] for turn in said[:position]])
        for said, position in turns
    ]

    assert sum(map(bool, used)) / len(used) >= 0.7
