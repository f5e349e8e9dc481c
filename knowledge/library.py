"""Put together everything the assistant knows: the corpus, the standards, and official texts added later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.corpus import read_corpus
from knowledge.models import Provision
from knowledge.standards import read_standards
from knowledge.succession import with_ends

CORPUS = Path(__file__).with_name("corpus")


def read_library(standards: Path, corpus: Path = CORPUS, added: Path | None = None) -> list[Provision]:
    """Return the provisions that come with the software, with the official texts in ``added`` in their place.

    A folder of added texts that does not exist holds none. Raises `CorpusError` when a file cannot be
    trusted.
    """
    shipped = read_corpus(corpus) + read_standards(standards)
    return composed(shipped, read_corpus(added)) if added is not None else shipped


def composed(shipped: Sequence[Provision], official: Sequence[Provision]) -> list[Provision]:
    """Return everything that is held: what official texts replace has its end, their articles take their place."""
    ended = with_ends([*shipped, *official], official)
    return with_official(ended[: len(shipped)], ended[len(shipped) :])


def with_official(restated: Sequence[Provision], official: Sequence[Provision]) -> list[Provision]:
    """Return the provisions with official articles in place of restated ones.

    An official article takes the place of our restatement of the same article of the same document,
    which stays as its summary. Of several versions the one in force together with it is taken.
    """
    by_place: dict[tuple[str, str], list[Provision]] = {}
    for provision in official:
        by_place.setdefault((_number(provision), provision.anchor_id), []).append(provision)
    used: set[str] = set()
    merged: list[Provision] = []
    for provision in restated:
        versions = by_place.get((_number(provision), provision.anchor_id), [])
        text = next((v for v in versions if v.in_force(provision.first_day) or provision.in_force(v.first_day)), None)
        if text is None:
            merged.append(provision)
            continue
        used.add(text.id)
        merged.append(
            replace(
                provision,
                zh=text.zh,
                official_text=text.official_text,
                summary="\n".join(line.text for line in provision.zh),
                confidence=text.confidence,
                first_day=text.first_day,
                last_day=min(text.last_day, provision.last_day),
            )
        )
    return merged + [p for p in official if p.id not in used]


def _number(provision: Provision) -> str:
    return provision.document.number.replace(" ", "")
