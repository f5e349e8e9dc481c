"""The index is a rebuildable artefact: incremental, stamped, and never half-built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import embed_in_batches
from knowledge.index import IndexMissing, build_index, entries_of, fingerprint, open_index
from knowledge.models import Line, Provision
from knowledge.store import Row, VectorStore
from tests.fakes import DIMENSION, HashedModel, ModelBroke


def reworded(provisions: list[Provision], text: str = "改过的话。") -> list[Provision]:
    """The same provisions with the Chinese wording of the first one changed."""
    return [replace(provisions[0], zh=(Line(text),)), *provisions[1:]]


def test_an_index_holds_one_unit_vector_per_text_in_order(
    tiny_library: list[Provision], fake_model: HashedModel, store: VectorStore
):
    build_index(tiny_library, fake_model, store)

    index = open_index(tiny_library, fake_model, store)

    assert index.provisions == tuple(tiny_library)
    assert list(index.entries) == entries_of(tiny_library)
    assert index.vectors.shape == (len(index.entries), DIMENSION)
    expected = np.stack([fake_model.question_vector(entry.text) for entry in index.entries])
    np.testing.assert_allclose(index.vectors, expected, atol=1e-5)


def test_every_provision_can_be_found_by_its_wording_in_both_languages_and_by_each_question(
    tiny_library: list[Provision],
):
    entries = entries_of(tiny_library)

    for position, provision in enumerate(tiny_library):
        own = [entry for entry in entries if entry.provision == position]
        assert [entry.kind for entry in own] == ["zh", "en"] + ["ask"] * len(provision.asks)
        assert provision.title_zh in own[0].text
        assert provision.zh[0].text in own[0].text
        assert provision.en[0].text in own[1].text


def test_a_first_build_embeds_every_text_once(
    tiny_library: list[Provision], fake_model: HashedModel, store: VectorStore
):
    heard: list[tuple[int, int]] = []

    stamp, embedded = build_index(tiny_library, fake_model, store, lambda done, total: heard.append((done, total)))

    texts = {entry.text for entry in entries_of(tiny_library)}
    assert embedded == len(fake_model.embedded) == len(texts)
    assert set(fake_model.embedded) == texts
    assert heard[-1] == (len(texts), len(texts))
    assert store.fingerprints() == [stamp]


def test_building_again_embeds_nothing(tiny_library: list[Provision], store: VectorStore):
    stamp, _ = build_index(tiny_library, HashedModel(), store)
    model = HashedModel()

    assert build_index(tiny_library, model, store) == (stamp, 0)
    assert model.embedded == []


def test_a_changed_text_alone_is_embedded_again(tiny_library: list[Provision], store: VectorStore):
    build_index(tiny_library, HashedModel(), store)
    model = HashedModel()

    _, embedded = build_index(reworded(tiny_library), model, store)

    assert embedded == len(model.embedded) == 1
    assert "改过的话。" in model.embedded[0]


def test_a_provision_added_or_taken_away_leaves_the_other_vectors_alone(
    tiny_library: list[Provision], store: VectorStore
):
    build_index(tiny_library[:-1], HashedModel(), store)
    model = HashedModel()

    build_index(tiny_library, model, store)
    assert len(model.embedded) == 2 + len(tiny_library[-1].asks)

    build_index(tiny_library[:-1], model, store)
    assert len(open_index(tiny_library[:-1], model, store).entries) == len(entries_of(tiny_library[:-1]))


def test_another_model_embeds_everything_again(tiny_library: list[Provision], store: VectorStore):
    build_index(tiny_library, HashedModel("one"), store)
    other = HashedModel("two")

    _, embedded = build_index(tiny_library, other, store)

    assert embedded == len({entry.text for entry in entries_of(tiny_library)})


def test_the_stamp_changes_with_every_text_and_with_the_model(tiny_library: list[Provision]):
    stamps = {
        fingerprint(tiny_library, HashedModel()),
        fingerprint(reworded(tiny_library), HashedModel()),
        fingerprint(tiny_library[:-1], HashedModel()),
        fingerprint(tiny_library, HashedModel("other")),
    }

    assert len(stamps) == 4
    assert fingerprint(tiny_library, HashedModel()) in stamps


def test_an_index_that_was_never_built_says_run_make_index(
    tiny_library: list[Provision], fake_model: HashedModel, store: VectorStore
):
    with pytest.raises(IndexMissing, match="not been built.*`make index`"):
        open_index(tiny_library, fake_model, store)


@pytest.mark.parametrize("change", ["corpus", "model"])
def test_an_index_of_another_corpus_or_model_says_run_make_index(
    change: str, tiny_library: list[Provision], store: VectorStore
):
    build_index(tiny_library, HashedModel(), store)
    provisions = reworded(tiny_library) if change == "corpus" else tiny_library
    model = HashedModel("other") if change == "model" else HashedModel()

    with pytest.raises(IndexMissing, match="another corpus or model.*`make index`"):
        open_index(provisions, model, store)


@pytest.mark.parametrize("breaks_after", [0, 3])
def test_a_model_that_breaks_in_the_middle_leaves_the_old_index_usable(
    breaks_after: int, tiny_library: list[Provision], store: VectorStore, tmp_path: Path
):
    stamp, _ = build_index(tiny_library, HashedModel(), store)

    with pytest.raises(ModelBroke):
        build_index(tiny_library, HashedModel("other", breaks_after), store)

    reopened = VectorStore(tmp_path / "chroma")
    assert reopened.fingerprints() == [stamp]
    assert len(open_index(tiny_library, HashedModel(), reopened).vectors) == len(entries_of(tiny_library))


def test_a_crash_while_writing_leaves_the_old_index_usable_and_the_next_build_succeeds(
    tiny_library: list[Provision], store: VectorStore
):
    stamp, _ = build_index(tiny_library, HashedModel(), store)
    row = Row("twice", "p", "zh", "d", 0, 99991231)

    with pytest.raises(Exception, match="(?i)duplicate"):
        store.write("f" * 24, "test/hashed", [row, row], np.ones((2, DIMENSION), dtype=np.float32))

    assert store.fingerprints() == [stamp]
    assert len(open_index(tiny_library, HashedModel(), store).vectors) == len(entries_of(tiny_library))
    store.write("f" * 24, "test/hashed", [row], np.ones((1, DIMENSION), dtype=np.float32))
    assert store.fingerprints() == ["f" * 24]


def test_two_shelves_keep_their_indexes_apart(tiny_library: list[Provision], store: VectorStore):
    stamp, _ = build_index(tiny_library, HashedModel(), store)
    shelf = store.shelf("examples")
    row = Row("0", "", "example", "digest", 0, 99991231)

    shelf.write("a" * 24, "test/hashed", [row], np.ones((1, DIMENSION), dtype=np.float32))
    shelf.write("b" * 24, "test/hashed", [row], np.ones((1, DIMENSION), dtype=np.float32))

    assert store.fingerprints() == [stamp]
    assert shelf.fingerprints() == ["b" * 24]
    build_index(reworded(tiny_library), HashedModel(), store)
    assert shelf.has("b" * 24)
    assert not shelf.has(stamp)


def test_what_is_stored_is_found_again_by_another_process(
    tiny_library: list[Provision], store: VectorStore, tmp_path: Path
):
    stamp, _ = build_index(tiny_library, HashedModel(), store)

    assert VectorStore(tmp_path / "chroma").has(stamp)


def test_a_store_without_directory_or_address_is_refused():
    with pytest.raises(ValueError, match="directory or the URL"):
        VectorStore().fingerprints()


def test_texts_are_embedded_in_batches_and_come_back_in_their_order(fake_model: HashedModel):
    texts = ["三个字", "一", "四个字呀", "两字"] * 50

    vectors = embed_in_batches(fake_model, texts)

    np.testing.assert_allclose(vectors, np.stack([fake_model.question_vector(text) for text in texts]))
    assert len(fake_model.embedded) == len(texts)
    assert embed_in_batches(fake_model, []).shape[0] == 0
