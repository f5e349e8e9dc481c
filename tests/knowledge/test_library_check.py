"""What `knowledge check` finds when provisions are held against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import check_library
from knowledge.corpus import CorpusError, parse
from knowledge.library import CORPUS, read_library
from knowledge.models import Provision
from knowledge.terms import Terms
from tests.conftest import STANDARDS
from tests.tiny_corpus import FILES, GUIDE, NEW


def library(**changed: str) -> list[Provision]:
    """The invented law with some of its files replaced."""
    sources = FILES | {name.replace("_", "-"): source for name, source in changed.items()}
    return [provision for name, source in sources.items() for provision in parse(source, f"{name}.md")]


def test_a_sound_library_has_no_faults(tiny_library: list[Provision], terms: Terms):
    assert check_library(tiny_library, terms) == []


PROOF = "[sample-order-88#art-1; sample-order-77#art-1]"
FAULTS = {
    "unknown_topic": (NEW, "topics=levels levels", "topics=colours levels", "unknown topic colours"),
    "unknown_level": (NEW, "levels=certified}", "levels=splendid}", "unknown level splendid"),
    "predecessor_that_does_not_exist": (NEW, "old=sample-order-77#art-1}", "old=sample-order-77#art-9}", "art-9"),
    "document_to_read_that_does_not_exist": (NEW, "read=sample-order-88", "read=sample-order-99", "sample-order-99"),
    "unknown_matter_without_a_document_to_read": (NEW, " read=sample-order-88", "", "documents to read"),
    "guide_without_proof": (GUIDE, f" {PROOF}\n\n---", "\n\n---", "cites no provision"),
    "guide_proved_by_nothing_that_exists": (GUIDE, PROOF, "[sample-order-88#art-9]", "art-9"),
    "guide_with_a_number_of_its_own": (GUIDE, "不是三类，", "不是三类，90日内办结，", "90"),
    "guide_with_a_level_of_its_own": (GUIDE, "不是三类，", "失信企业也不是三类，", "level discredited"),
    "guide_with_a_document_of_its_own": (GUIDE, "不是三类，", "按第99号令不是三类，", "99"),
    "guide_with_an_english_number_of_its_own": (GUIDE, "not three classes", "decided within 45 days", "45"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named_once(fault: str, terms: Terms):
    source, before, after, word = FAULTS[fault]
    assert before in source
    name = "sample_guide" if source is GUIDE else "sample_order_88"

    faults = check_library(library(**{name: source.replace(before, after, 1)}), terms)

    assert len(faults) == 1
    assert word in faults[0].message


def test_a_guide_may_not_rest_on_another_guide(terms: Terms):
    second = GUIDE.replace("sample-guide", "sample-guide-2").replace(PROOF, "[sample-guide#not-three]")

    faults = check_library(library(sample_guide_2=second), terms)

    assert {fault.path for fault in faults} == {"sample-guide-2.md"}
    assert all("another guide" in fault.message for fault in faults)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_the_file_and_a_line_inside_it(fault: str, terms: Terms):
    source, before, after, _ = FAULTS[fault]
    changed = source.replace(before, after, 1)
    name = "sample-guide" if source is GUIDE else "sample-order-88"

    (fault_found,) = check_library(library(**{name.replace("-", "_"): changed}), terms)

    heading = next(
        number
        for number, line in enumerate(changed.split("\n"), 1)
        if line.startswith("{#" + fault_found.message.split(":")[0])
    )
    assert fault_found.path == f"{name}.md"
    assert heading - 1 <= fault_found.line <= heading + 20


def test_every_provision_names_the_line_it_is_written_on(provisions: list[Provision]):
    folders = (CORPUS, STANDARDS)
    lines = {path.name: path.read_text(encoding="utf-8").split("\n") for f in folders for path in f.iterdir()}

    wrong = [p.id for p in provisions if (p.item_no or p.title_zh) not in lines[p.file][p.line - 1]]

    assert wrong == []


def test_a_fault_in_a_standard_is_named_with_file_and_line(tmp_path: Path):
    (tmp_path / "advanced-2026.yaml").write_text("id: advanced-2026\nsections: [\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"advanced-2026\.yaml:3: not YAML"):
        read_library(tmp_path)
