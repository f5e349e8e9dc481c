"""The official vectors, and accounts made from them."""

from __future__ import annotations

import json
from pathlib import Path

VECTORS: dict[str, dict[str, str]] = json.loads((Path(__file__).with_name("vectors.json")).read_text("utf-8"))
TOKEN = "FakeToken1234"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OTHER_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
RECEIVER = "wx0123456789abcdef"


def having(*names: str) -> list[str]:
    """The vectors that hold all of these."""
    return [name for name, vector in VECTORS.items() if all(field in vector for field in names)]
