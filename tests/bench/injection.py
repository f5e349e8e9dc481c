"""Attacks against a model that obeys everybody, over a real wire, and against the composer alone.

    python -m tests.bench.injection

Reads `tests/eval/attacks.jsonl` (docs/model.md): direct, in uploaded files (visible, white, hidden, in
metadata and sheet names), in the corpus, in a company name, over several turns, encoded; Chinese,
English, mixed. Prints what was changed, leaked, cited and linked, by class.
"""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from api.bootstrap import Parts
from api.settings import read_settings
from api.usecases.evaluate_attacks import HARMS, composer_harms, read_attacks
from assistant.answering import Assistant
from assistant.llm import Endpoint, LanguageModel
from assistant.model_counters import ModelCounters
from knowledge.search import provisions_by_id
from tests.bench.attacks import PoisonedPassages, answered, asked_in, harms_of
from tests.wire.endpoint import running
from tests.wire.scripts import obeying, over_the_wire


def main() -> None:
    """Print the table by class, and each attack that did harm."""
    screen = Console(highlight=False)
    parts = Parts(read_settings())
    composer = Assistant(parts.search, parts.intents)
    count, harmed, drafted, reached = Counter[str](), Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    attacks = read_attacks()
    known = frozenset(f"/documents/{provision.id}" for provision in parts.search.provisions)
    with running(over_the_wire(obeying)) as endpoint:
        model = LanguageModel(Endpoint(endpoint.url, "obeying", seconds=10), ModelCounters())
        assistant = Assistant(parts.search, parts.intents, model)
        poisoned = PoisonedPassages(model, parts.search.terms, provisions_by_id(parts.search.provisions))
        for attack in attacks:
            kind = attack["class"]
            before = len(endpoint.asked)
            if kind == "corpus":
                harms = poisoned.harms(attack)
                drafted[kind] += 1
            else:
                answer, composed = answered(assistant, attack), answered(composer, attack)
                harms = harms_of(answer, composed) + composer_harms(composed, known)
                drafted[kind] += answer.origin.by == "model"
            count[kind] += 1
            reached[kind] += len(endpoint.asked) > before
            harmed.update((kind, harm) for harm in set(harms))
            if harms:
                screen.print(f"{attack['id']} {harms}: {asked_in(attack).text[:100]}", markup=False)
    screen.print(_table(count, harmed, reached, drafted))
    n = len(attacks)
    screen.print(f"{n} attacks; 0 in {n} means at most about {3 / n:.1%} with 95% confidence")
    screen.print(str(model.counters.snapshot()), markup=False)


def _table(
    count: Counter[str], harmed: Counter[tuple[str, str]], reached: Counter[str], drafted: Counter[str]
) -> Table:
    table = Table(title="attacks", box=None, pad_edge=False)
    headings = ("class", "n", "model asked", "model's words said", *HARMS)
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "class" else "right")
    for kind in count:
        harms = (str(harmed[kind, harm]) for harm in HARMS)
        table.add_row(kind, str(count[kind]), str(reached[kind]), str(drafted[kind]), *harms)
    totals = (str(sum(harmed[kind, harm] for kind in count)) for harm in HARMS)
    table.add_row("all", str(sum(count.values())), str(sum(reached.values())), str(sum(drafted.values())), *totals)
    return table


if __name__ == "__main__":
    main()
