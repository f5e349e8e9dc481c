"""The process that opens a file nobody knows: little memory, little time, no files to write. Speaks lines of JSON.

python -m api.evidence.child pdf < file

The first line says what the file is, or why it is refused; the second what it says. A parser that breaks over the
text leaves the first line standing: the file can be kept, it cannot be searched.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings

from api.evidence.errors import EvidenceRefused
from api.evidence.opening import check_file
from api.evidence.packages import kind_of_package
from api.evidence.reading import read_text

MOST_MEMORY = 1_500_000_000
MOST_CPU_SECONDS = 20


def main() -> None:
    """Read a file from standard input, write what it is and what it says."""
    confine()
    warnings.simplefilter("ignore")  # parsers grumble about every second file
    content = sys.stdin.buffer.read()
    try:
        kind = kind_of_package(content) if sys.argv[1] == "package" else sys.argv[1]
        check_file(content, kind)  # type: ignore[arg-type]
    except EvidenceRefused as refused:
        _say({"zh": refused.zh, "en": refused.en})
        return
    _say({"kind": kind})
    read = read_text(content, kind)  # type: ignore[arg-type]
    _say({"text": read.text, "unread": read.unread})


def _say(said: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def confine() -> None:
    """Take from this process what reading a file does not need. It cannot be given back."""
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
