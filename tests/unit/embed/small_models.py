"""Real models, small and quick, as folders: one that passes the self-check, one that does not, and a transformer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from safetensors.numpy import load_file, save_file

from matcher.embed.registry import resolve_model

SHIPPED = "skillmatch-static-256"


def narrow_model(folder: Path, dimension: int = 64) -> Path:
    """The shipped static model with its first dimensions only: 64 pass the self-check, 4 do not."""
    source = resolve_model(SHIPPED).path
    shutil.copytree(source, folder)
    tensors = load_file(source / "model.safetensors")
    name = "embedding.weight" if "embedding.weight" in tensors else "embeddings"
    tensors[name] = tensors[name][:, :dimension].copy()
    save_file(tensors, folder / "model.safetensors")
    return folder


def tiny_transformer(folder: Path, max_tokens: int = 24) -> Path:
    """A BERT of one layer and 16 dimensions with random weights over single characters; it reads `max_tokens`."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    body = folder / "body"
    body.mkdir(parents=True)
    characters = [chr(c) for c in range(33, 127)] + list("水质化验员分析工程师课程熟悉掌握焊接软件测试的，。")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(characters)]
    vocabulary += [f"##{c}" for c in vocabulary[5:]]
    (body / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (body / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": max_tokens})
    )
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(body)
    transformer = Transformer(str(body), max_seq_length=max_tokens)
    model = SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"
