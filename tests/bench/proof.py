"""How well proof tells true sentences of a model from subtly false ones, and what it costs.

    python -m tests.bench.proof

Reads `tests/eval/proof_pairs.jsonl` (docs/model.md): sentences with the provisions they mark, half of
them used for tuning. Then every line of the knowledge base is judged against its own provision, as it
stands and with one number altered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from api.usecases.evaluate_proof import NEVER, Judged, judged, read_pairs
from assistant.citations import Proof
from assistant.model_faults import Drafted
from assistant.model_proof import Judge
from knowledge.library import read_library
from knowledge.models import Provision
from knowledge.search import provisions_by_id
from knowledge.terms import load_terms

STANDARDS = Path(__file__).parents[2] / "selfassess" / "standards"
TODAY = date(2026, 11, 22)
_NUMBER = re.compile(r"(?<![0-9.,])[1-9][0-9]*(?![0-9.,]*[0-9])")


def main() -> None:
    """Print the figures and every pair judged wrongly."""
    screen = Console(highlight=False)
    provisions = provisions_by_id(read_library(STANDARDS))
    judge = Judge(load_terms(), Proof())
    first = judged(read_pairs(), judge, provisions, TODAY)
    again = judged(read_pairs(), judge, provisions, TODAY)
    screen.print(_table(first))
    screen.print(_kinds(first))
    for result in first:
        if not result.right:
            what = f"dropped ({result.fault.why})" if result.fault else f"passed ({result.row['why']})"
            screen.print(f"{result.row['id']} {what}: {result.row['sentence']}", markup=False)
    for name, results in (("first time", first), ("passages read before", again)):
        times = sorted(result.ms for result in results)
        screen.print(f"{name}: {times[len(times) // 2]:.2f} ms a sentence, p95 {times[int(len(times) * 0.95)]:.2f} ms")
    _print_lines(screen, judge, list(provisions.values()))


def _table(results: list[Judged]) -> Table:
    table = Table(title=f"pairs of sentence and passages: n = {len(results)}", box=None, pad_edge=False)
    for heading in ("half", "true", "stand (recall)", "false", "pass", "precision"):
        table.add_column(heading, justify="left" if heading == "half" else "right")
    for half in ("tuned", "held", "all"):
        chosen = [r for r in results if half in (r.row["half"], "all")]
        true, false = [r for r in chosen if r.row["true"]], [r for r in chosen if not r.row["true"]]
        stood, passed = sum(r.right for r in true), sum(not r.right for r in false)
        precision = stood / (stood + passed)
        table.add_row(
            half, f"{len(true)}", f"{stood / len(true):.1%}", f"{len(false)}", f"{passed}", f"{precision:.1%}"
        )
    return table


def _kinds(results: list[Judged]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("falsehood", "n", "pass", "goal"):
        table.add_column(heading, justify="left" if heading == "falsehood" else "right")
    count = Counter(r.row["why"] for r in results if not r.row["true"])
    passed = Counter(r.row["why"] for r in results if not r.row["true"] and not r.right)
    for kind in sorted(count):
        table.add_row(kind, str(count[kind]), str(passed[kind]), "0" if kind in NEVER else "")
    return table


def _print_lines(screen: Console, judge: Judge, provisions: list[Provision]) -> None:
    whole, altered = [], []
    for provision, text, language in lines_of(provisions):
        whole.append(judge.fault(Drafted(text, (1,)), {1: provision}, provision.first_day, language) is None)
        for other in altered_numbers(text):
            altered.append(judge.fault(Drafted(other, (1,)), {1: provision}, provision.first_day, language) is None)
    screen.print(f"lines of the knowledge base as they stand: {sum(whole)} of {len(whole)} stand")
    screen.print(f"the same with one number altered: {sum(altered)} of {len(altered)} pass")


def lines_of(provisions: list[Provision]) -> Iterator[tuple[Provision, str, Any]]:
    """Return every line of the provisions in both languages; lines of guides are proven by what they cite."""
    for provision in provisions:
        if provision.document.kind == "guide" or provision.official_text:
            continue
        for language in ("zh-Hans", "en"):
            for line in provision.lines(language):
                yield provision, line.text, language


def altered_numbers(text: str) -> Iterator[str]:
    """Return a text with each of its numbers altered in turn."""
    for match in _NUMBER.finditer(text):
        yield f"{text[: match.start()]}{int(match.group()) + 7}{text[match.end() :]}"


if __name__ == "__main__":
    main()
