"""Where the process begins: what libraries read when they are imported is set first."""

from __future__ import annotations

import os

ENVIRONMENT = {
    # Nothing is fetched and nothing is reported at run time.
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
    # A search multiplies small matrices: waking a second thread costs more than it saves.
    "OPENBLAS_NUM_THREADS": "1",
}


def main() -> None:
    """Run the command line."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    from api.cli import main as run

    run()
