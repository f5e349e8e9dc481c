"""Convert the bundled weights, once, into a model folder that standard libraries load.

The folder holds a sentence-transformers model (documents are embedded with it, unquantised, at
indexing time), `tokenizer.json`, and `query.onnx`: the same network quantised to int8, with pooling
and normalisation inside, which embeds questions without importing torch.

The vocabulary is cut to the pieces that Chinese and English can use; tokenisation of such text is
unchanged and memory falls by more than half (docs/decisions/0003-embedding-model.md).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.e5_weights import PackedWeights, bundled_path

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
MAX_TOKENS = 512
_TILDE_HOLDER = "\ue8ff"
_ACCENTED = re.compile("[À-ɏ]")
# ASCII, punctuation and symbols, CJK punctuation, bopomofo to ideographs, compatibility and full-width forms.
_KEPT_RANGES = ((0, 0x250), (0x2000, 0x2BFF), (0x3000, 0x3040), (0x3400, 0xA000), (0xF900, 0xFAFF), (0xFF00, 0xFFF0))

QUERY_MODEL = "query.onnx"
CONVERSION = 3  # raised when the output of this module changes


def convert_bundled_model(folder: Path) -> None:
    """Write the model folder, or leave nothing behind when it fails half-way."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        target = Path(scratch) / "model"
        weights = PackedWeights(bundled_path())
        kept = [i for i, piece in enumerate(weights.pieces) if i < 4 or piece in SPECIALS or _can_occur(piece)]
        bert = _bert(weights, kept)
        tokenizer = build_tokenizer([(weights.pieces[i], weights.scores[i]) for i in kept])
        _save_sentence_transformer(bert, tokenizer, target, Path(scratch) / "bert")
        _save_query_model(bert, target / QUERY_MODEL, Path(scratch))
        shutil.rmtree(folder, ignore_errors=True)
        target.rename(folder)


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """Return the SentencePiece unigram tokenizer of the model, as a `tokenizers` object."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    position = {piece: i for i, (piece, _) in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=position["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"), ""),
            normalizers.Replace(Regex("[\t\n\u000c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            # The full-width tilde is the one character that the model's own rules keep and NFKC would fold.
            normalizers.Replace("\uff5e", _TILDE_HOLDER),
            normalizers.NFKC(),
            normalizers.Replace(_TILDE_HOLDER, "\uff5e"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", position["<s>"]), ("</s>", position["</s>"])],
    )
    tokenizer.add_special_tokens(
        [AddedToken(t, special=True, normalized=False, lstrip=t == "<mask>") for t in SPECIALS if t in position]
    )
    return tokenizer


def _can_occur(piece: str) -> bool:
    text = piece.replace("▁", "")
    if _ACCENTED.search(text):
        return False
    return all(any(low <= ord(c) < high for low, high in _KEPT_RANGES) for c in text)


def _bert(weights: PackedWeights, kept: list[int]) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    shape = weights.shape
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        pad_token_id=1,
    )
    bert: Any = BertModel
    model = bert(config, add_pooling_layer=False).eval()
    state = {name: torch.from_numpy(array) for name, array in _state(weights, kept).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    strange = [name for name in missing if "position_ids" not in name and "token_type_ids" not in name]
    if strange or unexpected:
        raise RuntimeError(f"the installed transformers names its tensors otherwise: {strange} {unexpected}")
    return model


def _state(weights: PackedWeights, kept: list[int]) -> dict[str, Any]:
    """The tensors under the names that `transformers.BertModel` uses."""
    s = weights.shape
    hidden, wide = s.hidden, s.feed_forward
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": weights.tensor("emb.word", (s.vocabulary, hidden))[kept],
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", (s.positions, hidden)),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type", (s.types, hidden)),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b", (hidden,)),
    }
    dense = (
        ("q", "attention.self.query", hidden, hidden),
        ("k", "attention.self.key", hidden, hidden),
        ("v", "attention.self.value", hidden, hidden),
        ("ao", "attention.output.dense", hidden, hidden),
        ("fi", "intermediate.dense", wide, hidden),
        ("fo", "output.dense", hidden, wide),
    )
    norms = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))
    for layer in range(s.layers):
        prefix = f"encoder.layer.{layer}."
        for short, name, rows, columns in dense:
            state[f"{prefix}{name}.weight"] = weights.tensor(f"l{layer}.{short}.w", (rows, columns))
            state[f"{prefix}{name}.bias"] = weights.tensor(f"l{layer}.{short}.b", (rows,))
        for short, name in norms:
            state[f"{prefix}{name}.weight"] = weights.tensor(f"l{layer}.{short}.w", (hidden,))
            state[f"{prefix}{name}.bias"] = weights.tensor(f"l{layer}.{short}.b", (hidden,))
    return state


def _save_sentence_transformer(bert: Any, tokenizer: Tokenizer, target: Path, scratch: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast

    bert.save_pretrained(scratch)
    fast_tokenizer: Any = PreTrainedTokenizerFast
    fast = fast_tokenizer(
        tokenizer_object=tokenizer,
        bos_token="<s>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
        cls_token="<s>",  # noqa: S106
        sep_token="</s>",  # noqa: S106
        mask_token="<mask>",  # noqa: S106
        model_max_length=MAX_TOKENS,
        padding_side="right",
    )
    fast.save_pretrained(scratch)
    prompts = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
    modules = [
        Transformer(str(scratch), max_seq_length=MAX_TOKENS),
        Pooling(bert.config.hidden_size, pooling_mode="mean"),
        Normalize(),
    ]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(target))


def _save_query_model(bert: Any, target: Path, scratch: Path) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Pooled(torch.nn.Module):
        """Mean pooling and normalisation behind the network, so that one call gives the vector."""

        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
            return torch.nn.functional.normalize(mean, dim=-1)

    plain = scratch / "plain.onnx"
    sample = torch.ones((1, 8), dtype=torch.int64)
    axes = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}}
    with torch.no_grad():
        torch.onnx.export(
            Pooled(bert).eval(),
            (sample, sample),
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
