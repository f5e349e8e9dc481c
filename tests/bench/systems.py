"""The systems that are compared, each built from the same passages."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import jieba
import numpy as np
import psutil
from bm25s import BM25
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress

from api.bootstrap import Parts
from api.settings import read_settings
from knowledge.embedding import EmbeddingModel
from knowledge.fusion import best
from knowledge.index import Index
from knowledge.search import Search
from knowledge.terms import Terms, load_terms
from tests.bench.measures import Measured, measure
from tests.bench.sets import TODAY, BenchSet

DEPTH = 100
BATCH = 64


def systems(bench_set: BenchSet) -> Iterator[Measured]:
    """Measure BM25 over words, dense alone, the stock pipeline, and ours."""
    parts = Parts(read_settings())
    yield _bm25_words(bench_set)
    yield _dense(bench_set, parts.model)
    yield _stock(bench_set)
    yield _ours(bench_set, parts.model)


def _bm25_words(bench_set: BenchSet) -> Measured:
    started, before = time.perf_counter(), _memory()
    jieba.setLogLevel("ERROR")
    model = BM25()
    model.index([jieba.lcut_for_search(text) or [""] for text in bench_set.texts], show_progress=False)
    seconds, memory = time.perf_counter() - started, _memory() - before

    def search(question: str) -> list[int]:
        words = [word for word in jieba.lcut_for_search(question) if word in model.vocab_dict]
        return best(np.asarray(model.get_scores(words)), DEPTH) if words else []

    return measure("BM25, jieba words", search, bench_set.questions, seconds, memory)


def _dense(bench_set: BenchSet, model: EmbeddingModel) -> Measured:
    before = _memory()
    texts = [entry.text for entry in bench_set.entries if entry.kind == "zh"]
    vectors, seconds = _embedded(texts, model, "title-text")

    def search(question: str) -> list[int]:
        return best(vectors @ model.question_vector(question), DEPTH)

    return measure("dense alone (e5, title and text)", search, bench_set.questions, seconds, _memory() - before)


def _stock(bench_set: BenchSet) -> Measured:
    """LangChain as its documentation shows it: HuggingFaceEmbeddings and Chroma with their defaults."""
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    before = _memory()
    folder = read_settings().data_dir / "models" / "multilingual-e5-small"
    embeddings = HuggingFaceEmbeddings(model_name=str(folder), model_kwargs={"device": "cpu"})
    vectors, embed_seconds = _embedded(list(bench_set.texts), embeddings, "text-only")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        store = Chroma(
            "stock",
            embeddings,
            persist_directory=scratch,
            client_settings=ChromaSettings(anonymized_telemetry=False, is_persistent=True, persist_directory=scratch),
        )
        collection: Any = store._collection  # the vectors are at hand: embedding them twice measures nothing
        for start in range(0, len(vectors), 5000):
            ids = [str(i) for i in range(start, min(start + 5000, len(vectors)))]
            part = list(bench_set.texts[start : start + 5000])
            metadatas = [{"position": int(i)} for i in ids]
            collection.add(ids=ids, embeddings=vectors[start : start + 5000], documents=part, metadatas=metadatas)
        seconds = embed_seconds + time.perf_counter() - started

        def search(question: str) -> list[int]:
            return [document.metadata["position"] for document in store.similarity_search(question, k=DEPTH)]

        return measure("stock LangChain + Chroma", search, bench_set.questions, seconds, _memory() - before)


def _ours(bench_set: BenchSet, model: EmbeddingModel) -> Measured:
    before = _memory()
    texts = [entry.text for entry in bench_set.entries]
    vectors, embed_seconds = _embedded(texts, model, "title-text")
    started = time.perf_counter()
    is_own = bool(bench_set.days)
    terms = load_terms() if is_own else Terms([], {})
    search = Search(Index(bench_set.provisions, bench_set.entries, vectors), terms, model)
    seconds = embed_seconds + time.perf_counter() - started
    position = {id(provision): i for i, provision in enumerate(bench_set.provisions)}
    days = iter(bench_set.days)

    def ask(question: str) -> list[int]:
        day: date = next(days) if is_own else TODAY
        return [position[id(p.provision)] for p in search.search(question, day, DEPTH).passages]

    return measure("ours", ask, bench_set.questions, seconds, _memory() - before)


def _embedded(texts: Sequence[str], model: Any, what: str) -> tuple[NDArray[np.float32], float]:
    """Return the vectors of texts and the seconds that embedding them took, now or when they were kept."""
    digest = hashlib.sha256("\0".join([what, *texts]).encode()).hexdigest()[:20]
    folder = read_settings().data_dir / "bench"
    kept, timed = folder / f"{digest}.npy", folder / f"{digest}.seconds"
    if kept.is_file():
        return np.load(kept), float(timed.read_text())
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    vectors: dict[int, NDArray[np.float32]] = {}
    started = time.perf_counter()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"embedding {len(texts):,} texts ({what})", total=len(texts))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows = model.embed_documents([texts[i] for i in chosen])
            vectors.update(zip(chosen, np.asarray(rows, dtype=np.float32), strict=True))
            progress.update(task, completed=len(vectors))
    seconds = time.perf_counter() - started
    stacked = np.stack([vectors[i] for i in range(len(texts))])
    folder.mkdir(parents=True, exist_ok=True)
    np.save(kept, stacked)
    timed.write_text(f"{seconds:.1f}")
    return stacked, seconds


def _memory() -> float:
    """Resident memory of this process in MB; differences between systems are rough."""
    return psutil.Process(os.getpid()).memory_info().rss / 1e6
