"""The bundled embedding model: converted once, the same vectors with and without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from api.bootstrap import Parts
from knowledge.e5_convert import convert_bundled_model
from knowledge.e5_weights import PackedWeights, WeightsUnreadable, bundled_path
from knowledge.embedding import BundledModel, ModelUnavailable, NamedModel, open_model

TEXTS = (
    "高级认证企业几年复核一次",
    "一年罚了3次共8万行不行",
    "認證企業要滿足什麼財務指標",
    "What inspection rate applies to advanced certified enterprises?",
    "gaoren duojiu fuhe yici",
    "现金比率０．１５够不够？",
    "\ufdfa AEO \u200b 🙂",
    "多久",
    "公告2026年第34号附件2第13项：资产负债率≤85%（生产型）/≤75%（非生产型）",
    "失信" * 300,
)


@pytest.fixture(scope="module")
def bundled(parts: Parts) -> BundledModel:
    """The converted model of the data directory."""
    assert isinstance(parts.model, BundledModel)
    return parts.model


@pytest.mark.model
def test_the_int8_vector_of_a_question_is_close_to_the_unquantised_one(bundled: BundledModel):
    full = np.asarray(bundled._documents.embed_query(TEXTS[0]))
    assert full.shape == (384,)

    for text in TEXTS:
        whole = np.asarray(bundled._documents.embed_query(text))
        assert float(bundled.question_vector(text) @ whole / np.linalg.norm(whole)) > 0.99, text


@pytest.mark.model
def test_vectors_have_unit_length(bundled: BundledModel):
    documents = bundled.document_vectors(TEXTS[:4])

    np.testing.assert_allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-4)
    for text in TEXTS:
        assert np.linalg.norm(bundled.question_vector(text)) == pytest.approx(1, abs=1e-4)


@pytest.mark.model
def test_a_question_is_nearer_to_its_paraphrase_than_to_another_subject(bundled: BundledModel):
    asked, paraphrase, other = (
        bundled.question_vector(text)
        for text in ("高级认证企业几年复核一次", "高认多长时间要重新审一遍", "红烧肉怎么做才好吃")
    )

    assert asked @ paraphrase > asked @ other + 0.05


@pytest.mark.model
def test_the_same_text_always_has_the_same_vector(bundled: BundledModel):
    np.testing.assert_array_equal(bundled.question_vector(TEXTS[1]), bundled.question_vector(TEXTS[1]))


@pytest.mark.model
def test_langchain_gets_the_same_vectors(bundled: BundledModel):
    np.testing.assert_allclose(bundled.embed_query(TEXTS[0]), bundled.question_vector(TEXTS[0]), atol=1e-6)
    np.testing.assert_allclose(
        bundled.embed_documents([TEXTS[0]])[0], bundled.document_vectors([TEXTS[0]])[0], atol=1e-5
    )


@pytest.mark.model
def test_a_text_of_any_length_is_cut_to_what_the_model_reads(bundled: BundledModel):
    assert len(bundled._tokenizer.encode("query: " + "海关信用" * 5000).ids) == 512


@pytest.mark.model
def test_chinese_and_english_text_has_no_unknown_pieces(bundled: BundledModel):
    unknown = bundled._tokenizer.token_to_id("<unk>")

    for text in TEXTS[:6]:
        assert unknown not in bundled._tokenizer.encode(text).ids, text


@pytest.mark.model
def test_preparing_a_prepared_model_does_nothing(bundled: BundledModel):
    before = (bundled.folder / "query.onnx").stat().st_mtime_ns

    bundled.prepare()

    assert (bundled.folder / "query.onnx").stat().st_mtime_ns == before


def test_a_model_that_was_not_converted_says_run_make_index(tmp_path: Path):
    model = BundledModel(tmp_path / "nothing")

    with pytest.raises(ModelUnavailable, match="`make index`"):
        model.question_vector("高认")


def test_a_setting_names_the_bundled_model_or_any_other(tmp_path: Path):
    assert isinstance(open_model("bundled", tmp_path), BundledModel)
    assert isinstance(open_model("BAAI/bge-small-zh-v1.5", tmp_path), NamedModel)


def test_the_fingerprint_of_a_folder_changes_with_its_files(tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"1")
    before = NamedModel(str(tmp_path)).fingerprint
    (tmp_path / "model.safetensors").write_bytes(b"12")

    assert NamedModel(str(tmp_path)).fingerprint != before
    assert NamedModel(str(tmp_path)).fingerprint.startswith(tmp_path.name)


def test_the_packed_weights_are_read_with_their_dimensions():
    weights = PackedWeights(bundled_path())

    assert (weights.shape.hidden, weights.shape.layers, weights.shape.heads) == (384, 12, 12)
    assert len(weights.pieces) == len(weights.scores) <= weights.shape.vocabulary
    assert weights.pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    words = weights.tensor("emb.word", (weights.shape.vocabulary, weights.shape.hidden))
    assert words.shape == (weights.shape.vocabulary, 384)
    assert np.isfinite(words).all()
    assert 0.01 < float(np.abs(words).mean()) < 1


def test_a_file_that_is_no_weights_is_refused(tmp_path: Path):
    (tmp_path / "weights.bin").write_bytes(b"GGUF" + b"\0" * 200)

    with pytest.raises(WeightsUnreadable, match="not a packed e5 weights file"):
        PackedWeights(tmp_path / "weights.bin")
    with pytest.raises(WeightsUnreadable, match="cannot read"):
        PackedWeights(tmp_path / "missing.bin")


def test_a_tensor_that_is_not_there_is_named():
    with pytest.raises(WeightsUnreadable, match="no tensor emb.nothing"):
        PackedWeights(bundled_path()).tensor("emb.nothing", (1, 1))


@pytest.mark.parametrize("damage", [4, 100, 5000, 5_000_000, -1])
def test_a_file_cut_short_is_refused(damage: int, tmp_path: Path):
    (tmp_path / "weights.bin").write_bytes(bundled_path().read_bytes()[:damage])

    with pytest.raises(WeightsUnreadable, match=r"weights\.bin is cut short"):
        PackedWeights(tmp_path / "weights.bin")


def test_a_tensor_of_another_shape_is_refused():
    with pytest.raises(WeightsUnreadable, match=r"emb\.ln\.w has not the shape"):
        PackedWeights(bundled_path()).tensor("emb.ln.w", (7,))


def test_a_conversion_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("knowledge.e5_convert.bundled_path", lambda: tmp_path / "missing.bin")

    with pytest.raises(WeightsUnreadable):
        convert_bundled_model(tmp_path / "models" / "e5")

    assert list((tmp_path / "models").iterdir()) == []


def test_unreadable_weights_make_the_model_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("knowledge.e5_convert.bundled_path", lambda: tmp_path / "missing.bin")

    with pytest.raises(ModelUnavailable, match="cannot read"):
        BundledModel(tmp_path / "models" / "e5").prepare()
