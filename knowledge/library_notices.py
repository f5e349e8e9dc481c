"""Keep what libraries say about their own inner work away from whoever started the program."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_library_notices() -> Iterator[None]:
    """No warnings, log lines and progress bars of libraries inside; errors are raised as always."""
    from transformers.utils import logging as transformers_logging

    settings: Any = transformers_logging
    settings.set_verbosity_error()
    settings.disable_progress_bar()
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
