"""The split: which parallel sentences and which ESCO concepts no training step may ever see.

Membership is a pure function of the text (or the concept URI), so that it is the same on every machine and for
every recipe, and stays the same when sources are added.
"""

from __future__ import annotations

import hashlib

# 1.5 % of the English sentences leaves 2,000 held-out sentence pairs or more per language, enough for a bitext
# P@1 with a standard error below 1 %.
HELD_OUT_SENTENCES_PER_MILLE = 15
HELD_OUT_CONCEPTS_PER_MILLE = 30


def _bucket(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 1000


def normal_form(text: str) -> str:
    """Return the text lower-cased with runs of white space as one space: the key that the split hashes."""
    return " ".join(text.lower().split())


def is_held_out_sentence(english: str) -> bool:
    """Return whether a pair with this English side belongs to the held-out split (all its translations do)."""
    return _bucket("sentence:" + normal_form(english)) < HELD_OUT_SENTENCES_PER_MILLE


def is_held_out_concept(uri: str) -> bool:
    """Return whether an ESCO concept (by URI) belongs to the held-out split (all its labels do)."""
    return _bucket("concept:" + uri) < HELD_OUT_CONCEPTS_PER_MILLE
