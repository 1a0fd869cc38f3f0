"""Learns the piece vocabulary of the static encoder: one unigram tokenizer for Latin script and Chinese.

A unigram model rather than WordPiece: it needs no second row for a piece inside a word, so that a Chinese word has
one row wherever it stands in a run, and it splits German compounds by likelihood, not by longest match. Latin pieces
are learned from English, German, French and Spanish text. Chinese pieces are words of CC-CEDICT and HSK: those that
running text uses, then those that name people and things of work (化验员, 数控机床) by their last character. Learned
Chinese n-grams were tried first and fell behind (title-similarity-zh-dev MAP .375, 2026-11-22): a table of frequent
strings of software manuals (的最佳实践) leaves the words of titles in single characters (水 管 工).
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from tqdm import tqdm

from models.recipe.places import data_root, work_folder
from models.recipe.sources import DICTIONARY_SOURCES, Pair, read_concepts, read_parallel
from models.recipe.token_table import piece_list

UNKNOWN = "[UNK]"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
# 76k rows of 256 int8 values and a 4 MB tokenizer stay under the 30 MB of the size budget.
N_LATIN = 36_000
N_HAN = 40_000
MAX_HAN_PIECE = 5
# Two-character words of running text that the dictionaries lack (运维, 场景).
N_LEARNED_HAN = 3_000
MAX_HAN_CHARACTERS = 8_500
_HAN_WORD = regex.compile(rf"[{HAN}]{{1,{MAX_HAN_PIECE}}}")
# Last characters of the words for people of a trade, for tools, machines, fields and methods.
TRADE_ENDINGS = frozenset("师员工家者商长生手匠机器仪具车床学术法业科品料药剂电件板管")
# Log probability by which a word stands above its characters in a row, at least: a word of the vocabulary is read as
# that word, however rare it is in the texts.
WORD_MARGIN = 1.0
RESCORING_ROUNDS = 2


def blank_tokenizer(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """Return a tokenizer over these (piece, log probability) rows; row 0 must be the unknown piece.

    Text is NFKC-folded, lower-cased and stripped of accents (as the teacher's is); ``▁`` marks the start of a word in
    Latin script and digits, Chinese runs carry no mark; ``+`` and ``#`` stay in words (c++, c#).
    """
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(rf"[{HAN}]+|[^\w\s+#]"), "isolated"),
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False),
            pre_tokenizers.Split(Regex(rf"^▁(?=[{HAN}]|[^\w\s+#])"), "removed"),
        ]
    )
    return tokenizer


def posting_texts(root: Path) -> Iterator[str]:
    """Yield the texts of the postings and courses: vocabulary is read from them, nothing else."""
    for name in ("postings-zh", "courses-zh-en", "courses-en"):
        with gzip.open(root / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def _learn(texts: Iterable[str], n_pieces: int, max_length: int) -> list[tuple[str, float]]:
    tokenizer = blank_tokenizer([(UNKNOWN, 0.0)])
    trainer = trainers.UnigramTrainer(
        vocab_size=n_pieces,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=max_length,
        show_progress=False,
        shrinking_factor=0.75,
    )
    tokenizer.train_from_iterator(texts, trainer)
    learned = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [(piece, score) for piece, score in learned if piece != UNKNOWN]


def headwords(pairs: list[Pair]) -> list[str]:
    """Return the distinct Chinese dictionary words of up to ``MAX_HAN_PIECE`` characters, shortest first."""
    words = (pair.translation for pair in pairs if pair.source in DICTIONARY_SOURCES)
    distinct = dict.fromkeys(word for word in words if _HAN_WORD.fullmatch(word))
    return sorted(distinct, key=len)  # stable: shortest first, then dictionary order


def word_use(words: list[str], texts: list[str]) -> Counter[str]:
    """Return how often each word stands in the texts, split into as few dictionary words as possible."""
    characters = (character for text in texts for character in text if _HAN_WORD.fullmatch(character))
    vocabulary = [(word, -10.0) for word in dict.fromkeys([*characters, *words])]
    tokenizer = blank_tokenizer([(UNKNOWN, 0.0), *vocabulary])
    counts: Counter[int] = Counter()
    for start in range(0, len(texts), 5_000):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 5_000], add_special_tokens=False):
            counts.update(encoding.ids)
    pieces = piece_list(tokenizer)
    return Counter({pieces[row]: count for row, count in counts.items() if row})


def choose_han(pairs: list[Pair], running_text: list[str]) -> list[str]:
    """Return ``N_HAN`` Chinese pieces: characters, words in use, new words, words of trades, the shortest others."""
    words = headwords(pairs)
    use = word_use(words, running_text)
    characters = Counter(character for text in running_text for character in text if _HAN_WORD.fullmatch(character))
    characters.update(character for word in words for character in word)
    used = sorted((word for word in words if len(word) > 1 and use[word]), key=lambda word: -use[word])
    learned = [(piece, score) for piece, score in _learn(running_text, 20_000, MAX_HAN_PIECE) if len(piece) == 2]
    fresh = [piece for piece, _ in sorted(learned, key=lambda row: -row[1]) if _HAN_WORD.fullmatch(piece)]
    fresh = [piece for piece in fresh if piece not in use][:N_LEARNED_HAN]
    trade = [word for word in words if 2 <= len(word) <= 4 and word[-1] in TRADE_ENDINGS]
    single = [character for character, _ in characters.most_common(MAX_HAN_CHARACTERS)]
    ordered = dict.fromkeys([*single, *used, *fresh, *trade, *(word for word in words if len(word) > 1)])
    return list(ordered)[:N_HAN]


def choose_vocabulary(latin: list[str], han: list[str]) -> list[tuple[str, float]]:
    """Return the first vocabulary: Latin pieces learned from the texts, and the chosen Chinese pieces."""
    chosen = dict(row for row in _learn(latin, N_LATIN, 16) if not regex.search(rf"[{HAN}]", row[0]))
    floor = min(chosen.values())
    for word in han:
        chosen.setdefault(word, floor)
    return [(UNKNOWN, 0.0), *chosen.items()]


def rescore(vocabulary: list[tuple[str, float]], texts: list[str]) -> list[tuple[str, float]]:
    """Return the same pieces with log probabilities re-estimated from the best segmentation of the texts."""
    tokenizer = blank_tokenizer(vocabulary)
    counts: Counter[int] = Counter()
    for start in tqdm(range(0, len(texts), 20_000), desc="rescoring", unit="block", mininterval=5):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 20_000], add_special_tokens=False):
            counts.update(encoding.ids)
    total = sum(counts.values())
    score = {piece: math.log((counts[row] + 0.5) / total) for row, (piece, _) in enumerate(vocabulary)}
    for piece, _ in vocabulary:
        if len(piece) > 1 and _HAN_WORD.fullmatch(piece):
            spelled = sum(score.get(character, -20.0) for character in piece)
            score[piece] = max(score[piece], spelled + WORD_MARGIN)
    return [vocabulary[0]] + [(piece, score[piece]) for piece, _ in vocabulary[1:]]


def write_pieces() -> Path:
    """Learn the vocabulary and write ``models/work/static/tokenizer.json``; return its path.

    Raises:
        OSError: When the data cannot be read or the work folder not be written.
    """
    target = work_folder("static") / "tokenizer.json"
    root = data_root()
    pairs = read_parallel(root)[0]
    english = list(dict.fromkeys(pair.english for pair in pairs))
    labels = [label for c in read_concepts(root)[0] for group in c.labels.values() for label in group]
    latin = english + labels + [pair.translation for pair in pairs if pair.language != "zh"]
    chinese = [pair for pair in pairs if pair.language == "zh"]
    han = [pair.translation for pair in chinese if pair.source not in DICTIONARY_SOURCES] + list(posting_texts(root))
    vocabulary = choose_vocabulary(latin, choose_han(chinese, han))
    everything = latin + han + [pair.translation for pair in chinese if pair.source in DICTIONARY_SOURCES]
    for _ in range(RESCORING_ROUNDS):
        vocabulary = rescore(vocabulary, everything)
    blank_tokenizer(vocabulary).save(str(target))
    return target
