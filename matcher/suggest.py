"""What the taxonomy lacks: frequent unknown phrases, as a list to review.

Enters: the phrases kept with the documents, the taxonomy and the model. Leaves: suggestions, most frequent first. It refuses
nothing. A phrase is shown only when several documents hold it, and words around it only from postings and courses: of a résumé
nothing leaves the store but what others wrote too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from matcher.domain.document import REDACTION_MARK, Kind
from matcher.domain.folding import fold_key
from matcher.domain.skill_forms import forms_of
from matcher.extract import Link, PhraseLinker, cluster_id, group_clusters
from matcher.store import StoredPhrase
from matcher.taxonomy import Taxonomy

MIN_DOCUMENTS: Final = 3
MAX_CONTEXTS: Final = 3
N_NEAREST: Final = 3
_CONTEXT_CHARS: Final = 24
_LINE: Final = re.compile(r"[\n\r。；;]")
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_MAX_ID_CHARS: Final = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that the taxonomy may lack.

    `phrase`: its most frequent spelling, `spellings`: all others. `n_documents`: that hold it in any spelling. `contexts`: words
    around it in postings and courses, redacted, at most 3. `nearest`: known skills most alike by the model, with similarity, for
    comparison only. `proposed_id`: a kebab-case id without owner, free in the taxonomy.
    """

    phrase: str
    spellings: tuple[str, ...]
    cluster: str
    n_documents: int
    contexts: tuple[str, ...]
    nearest: tuple[Link, ...]
    proposed_id: str


@dataclass(slots=True)
class _Seen:
    """What was seen of one spelling cluster."""

    spellings: Counter[str] = field(default_factory=Counter)
    documents: set[int] = field(default_factory=set)
    contexts: list[str] = field(default_factory=list)


def suggest(
    phrases: Iterable[StoredPhrase],
    taxonomy: Taxonomy,
    nearest: PhraseLinker | None,
    min_documents: int = MIN_DOCUMENTS,
    limit: int = 200,
) -> list[Suggestion]:
    """Frequent unknown phrases, by documents descending, then by cluster id.

    Args:
        phrases: of all documents, as `DocumentStore.phrases` gives them.
        taxonomy: in force; phrases that it knows by now are left out.
        nearest: finds the known skills most alike; None: none are named.
        min_documents: a phrase must be in at least so many, ≥ 1.
        limit: suggestions at most, ≥ 1.
    """
    known = {fold_key(form.text) for skill in taxonomy for form in forms_of(skill)}
    seen = _collect(phrase for phrase in phrases if fold_key(_surface(phrase)) not in known)
    counts = {entry.spellings.most_common(1)[0][0]: len(entry.documents) for entry in seen.values()}
    groups = [[seen[member] for member in group.members if member in seen] for group in group_clusters(counts)]
    frequent = sorted(
        ((len(set().union(*(e.documents for e in entries))), entries) for entries in groups),
        key=lambda found: (-found[0], min(min(e.spellings) for e in found[1])),
    )
    chosen = [(n, entries) for n, entries in frequent if n >= min_documents][:limit]
    return list(_suggestions(chosen, taxonomy, nearest))


def _surface(phrase: StoredPhrase) -> str:
    return phrase.text[phrase.span.start : phrase.span.end]


def _collect(phrases: Iterable[StoredPhrase]) -> Mapping[str, _Seen]:
    """What was seen of each cluster. Ids are made again, so that phrases stored by another release join those of this one."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for phrase in phrases:
        surface = _surface(phrase)
        entry = seen[cluster_id(surface)]
        entry.spellings[surface] += 1
        if (
            phrase.row_id not in entry.documents
            and phrase.kind is not Kind.CANDIDATE
            and len(entry.contexts) < MAX_CONTEXTS
        ):
            entry.contexts.append(context_of(phrase))
        entry.documents.add(phrase.row_id)
    return seen


def context_of(phrase: StoredPhrase) -> str:
    """The words around a phrase within its line, between ellipses, without redaction marks."""
    start, end = phrase.span.start, phrase.span.end
    before = _LINE.split(phrase.text[max(0, start - _CONTEXT_CHARS) : start])[-1]
    after = _LINE.split(phrase.text[end : end + _CONTEXT_CHARS], maxsplit=1)[0]
    return f"…{before}{phrase.text[start:end]}{after}…".replace(REDACTION_MARK, "").replace("|", "/")


def _suggestions(
    chosen: list[tuple[int, list[_Seen]]], taxonomy: Taxonomy, nearest: PhraseLinker | None
) -> Iterator[Suggestion]:
    spellings = [sum((e.spellings for e in entries), Counter[str]()).most_common() for _, entries in chosen]
    heads = [found[0][0] for found in spellings]
    alike = nearest.nearest(heads, N_NEAREST) if nearest is not None else [()] * len(heads)
    taken = {skill.id for skill in taxonomy}
    for (n, entries), found, links in zip(chosen, spellings, alike, strict=True):
        phrase = found[0][0]
        proposed = _proposed_id(phrase, taken)
        taken.add(proposed)
        contexts = list(dict.fromkeys(c for e in entries for c in e.contexts))[:MAX_CONTEXTS]
        yield Suggestion(
            phrase, tuple(s for s, _ in found[1:]), cluster_id(phrase), n, tuple(contexts), tuple(links), proposed
        )


def _proposed_id(phrase: str, taken: set[str]) -> str:
    """Kebab-case of the Latin letters of a phrase; of a phrase without them the cluster id, which the reviewer should replace."""
    latin = _NOT_ID.sub("-", fold_key(phrase)).strip("-")[:_MAX_ID_CHARS].strip("-")
    if len(latin) < 2 or not latin[0].isalpha() or not phrase.isascii():
        latin = cluster_id(phrase)
    proposed, n = latin, 2
    while proposed in taken:
        proposed, n = f"{latin}-{n}", n + 1
    return proposed
