"""The question sets of the retrieval benchmark."""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from api.bootstrap import Parts
from api.settings import read_settings
from api.usecases.evaluate import FILES
from knowledge.index import Entry, entries_of
from knowledge.models import Confidence, Document, Line, Provision

TODAY = date(2026, 11, 22)
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?$")


@dataclass(frozen=True)
class BenchSet:
    """Passages and questions; ``texts`` is what the plain systems index, ``entries`` what ours does."""

    name: str
    provisions: tuple[Provision, ...]
    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    questions: tuple[tuple[str, set[int]], ...]
    days: tuple[date, ...] = field(default=())


def own_set() -> BenchSet:
    """The project's own questions with a source (both halves), each on the day it is about.

    The plain systems get the wording of each provision, ours also its questions: that is part of it.
    """
    from assistant.dates import asked_day

    parts = Parts(read_settings())
    provisions = tuple(parts.provisions)
    position = {p.id: i for i, p in enumerate(provisions)}
    documents = {p.document.id: p.document for p in provisions}
    questions, days = [], []
    for name in (*FILES["tuning"], *FILES["answers"]):
        for line in (Path(__file__).parents[1] / "eval" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            right = {position[i] for i in row.get("expect") or () if i in position}
            if not right or row.get("history"):
                continue
            query = parts.search.understand(row["question"])
            named = tuple(documents[r.document_id] for r in query.references if not r.inferred)
            chosen = date.fromisoformat(row["on"]) if row.get("on") else None
            questions.append((row["question"], right))
            days.append(asked_day(query.text, TODAY, chosen, named).on)
    texts = tuple(entry.text for entry in entries_of(provisions) if entry.kind == "zh")
    return BenchSet("own questions", provisions, tuple(entries_of(provisions)), texts, tuple(questions), tuple(days))


def stard_set(folder: Path, queries: Path | None, sample: int | None) -> BenchSet:
    """STARD: laypeople's legal questions over statute articles; ``sample`` cuts the irrelevant ones."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    path = queries or next(iter(sorted(folder.glob("queries*.jsonl"))))
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    if sample is not None:
        relevant = {i for q in asked for i in q["doc_ids"]}
        others = [a for a in articles if a["id"] not in relevant]
        kept = {a["id"] for a in random.Random(1).sample(others, min(sample, len(others)))} | relevant  # noqa: S311
        articles = [a for a in articles if a["id"] in kept]
    position = {a["id"]: i for i, a in enumerate(articles)}
    laws: dict[str, Document] = {}
    provisions = tuple(_provision(a, laws) for a in articles)
    entries = tuple(Entry(f"{i}", i, "zh", f"{a['name']}\n{a['text']}") for i, a in enumerate(articles))
    questions = tuple((q["text"], {position[i] for i in q["doc_ids"] if i in position}) for q in asked)
    name = "STARD" if sample is None else f"STARD, cut to {len(articles):,} articles"
    return BenchSet(name, provisions, entries, tuple(a["text"] for a in articles), questions)


def _provision(article: dict[str, str], laws: dict[str, Document]) -> Provision:
    law = _ARTICLE.sub("", article["name"])
    if law not in laws:
        laws[law] = Document(
            id=f"law-{len(laws)}",
            title_zh=law.ljust(2, "法"),
            title_en=law.ljust(2, "法"),
            number=law or "无",
            issuer="无",
            promulgated="unknown",
            effective_from="unknown",
            effective_to=None,
            search_from=date(1949, 10, 1),
            kind="law",
            standing="in_force",
            confidence=Confidence.OFFICIAL,
            sources=("STARD",),
        )
    text = (Line(article["text"]),)
    name = article["name"]
    return Provision(laws[law], f"a{article['id']}", name, name, name, text, text, Confidence.OFFICIAL)
