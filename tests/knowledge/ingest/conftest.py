"""Shared steps: a file's bytes to a law, and to a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import read_corpus
from knowledge.ingest import (
    Addition,
    Given,
    held_documents,
    parse_law,
    plan_addition,
    propose,
    read_bytes,
    settle,
)
from knowledge.ingest.law import ParsedLaw

NUMBERED = Given(number="示例市人民政府令第7号", effective_from=date(2022, 5, 6))
Split = Callable[..., ParsedLaw]
Plan = Callable[..., Addition]


@pytest.fixture
def split() -> Split:
    """Return the law in a file given as bytes, or in a txt of these lines."""

    def split_file(content: bytes | Sequence[str], name: str = "law.txt") -> ParsedLaw:
        data = content if isinstance(content, bytes) else "\n".join(content).encode()
        return parse_law(read_bytes(data, name))

    return split_file


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return the preview of adding a file to the corpus in ``tmp_path``."""

    def plan_file(data: bytes, given: Given = NUMBERED, folder: Path = tmp_path) -> Addition:
        source = read_bytes(data, "law.txt")
        law = parse_law(source)
        proposal = propose(law, source)
        held = held_documents(read_corpus(folder))
        return plan_addition(law, settle(proposal, given, source), held, proposal.remarks)

    return plan_file
