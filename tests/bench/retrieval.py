"""Our search beside BM25 over words, dense vectors alone, and the stock LangChain + Chroma pipeline.

    make bench-retrieval                                   the project's questions, and STARD where it is present
    python -m tests.bench.retrieval --sample 3000          STARD cut to its relevant articles and 3,000 others
    python -m tests.bench.retrieval --stard DIR --queries FILE

Vectors are embedded once and kept under var/bench, so that a second run takes minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.measures import HEADER
from tests.bench.sets import BenchSet, own_set, stard_set
from tests.bench.systems import systems

STARD = Path(__file__).parents[3] / "shared" / "data" / "stard"


def main() -> None:
    """Print one table per question set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stard", type=Path, default=STARD, help="folder with corpus.jsonl.gz and queries")
    parser.add_argument("--queries", type=Path, default=None, help="another file of STARD questions")
    parser.add_argument("--sample", type=int, default=None, help="only this many articles that are not relevant")
    parser.add_argument("--only", choices=["own", "stard"], default=None)
    options = parser.parse_args()
    sets: list[BenchSet] = []
    if options.only != "stard":
        sets.append(own_set())
    if options.only != "own" and (options.stard / "corpus.jsonl.gz").is_file():
        sets.append(stard_set(options.stard, options.queries, options.sample))
    for bench_set in sets:
        print(f"\n{bench_set.name}: {len(bench_set.texts):,} passages, n = {len(bench_set.questions)} questions")  # noqa: T201
        print(HEADER)  # noqa: T201
        for measured in systems(bench_set):
            print(measured.row())  # noqa: T201
            sys.stdout.flush()


if __name__ == "__main__":
    main()
