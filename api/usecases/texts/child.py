"""The process that reads an official text nobody knows: little memory, little time, no files to write.

python -m api.usecases.texts.child NAME < file

Writes one line of JSON: what the file says, or why it is refused.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from itertools import pairwise
from typing import Any

from api.evidence.child import confine
from knowledge.ingest import IngestError, parse_law, propose, read_bytes
from knowledge.ingest.blocks import Source
from knowledge.ingest.law import ParsedLaw
from knowledge.ingest.render import render_body


def main() -> None:
    """Read a file from standard input, write what it holds."""
    confine()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # parsers grumble about every second file
    try:
        said = read(sys.stdin.buffer.read(), sys.argv[1])
    except IngestError as refused:
        said = {"zh": refused.message_zh, "en": refused.message_en}
    sys.stdout.write(json.dumps(said) + "\n")


def read(content: bytes, name: str) -> dict[str, Any]:
    """Return what a file says as plain values. Raises `IngestError`."""
    source = read_bytes(content, name)
    law = parse_law(source)
    proposal = propose(law, source)
    findings = {
        field: {"value": found.value, "sentence": found.sentence, "certain": found.certain}
        for field, found in proposal.findings().items()
    }
    return {
        "name": source.name,
        "sha256": source.sha256,
        "type": source.type,
        "lines": [[block.line, block.text] for block in source.blocks],
        "places": _places(law, source),
        "findings": findings,
        "kind": proposal.kind,
        "body": render_body(law),
        "remarks": [[remark.zh, remark.en] for remark in (*law.remarks, *proposal.remarks)],
    }


def _places(law: ParsedLaw, source: Source) -> dict[str, list[int]]:
    """Return in which lines of the file each article stands."""
    last = source.blocks[-1].line
    starts = [(article.anchor_id, article.line) for article in law.articles] + [("", last + 1)]
    places = {anchor_id: [line, max(line, after - 1)] for (anchor_id, line), (_, after) in pairwise(starts)}
    return {"preamble": [1, max(1, starts[0][1] - 1)], **places}


if __name__ == "__main__":
    main()
