"""How well claims about skills agree with the gold set.

Enters: gold mentions and predictions, text by text. Leaves: counts, and the ratios made of them, each in [0, 1], None where
nothing was to be measured (None is no 0 and no 1). A claim is right when span and skill are both those of a gold mention; what
is said of importance, level and years is judged on right claims only. Gold mentions without a skill in the taxonomy count for
unknown phrases alone: a claim on such a place is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.skill_gold import GoldMention
from eval.skill_prediction import Claim, Prediction

Judged = tuple[Sequence[GoldMention], Prediction]


@dataclass(slots=True)
class SkillScores:
    """Counts over some texts. `gold` and `claimed` are mentions with a skill; `*_spans` are distinct places."""

    texts: int = 0
    gold: int = 0
    claimed: int = 0
    right: int = 0
    claimed_spans: int = 0
    right_spans: int = 0
    importance_right: int = 0
    level_right: int = 0
    levels_named: int = 0
    levels_named_right: int = 0
    years_named: int = 0
    years_right: int = 0
    unknown: int = 0
    phrases: int = 0
    unknown_found: int = 0

    @property
    def strict_precision(self) -> float | None:
        """Share of claims whose span and skill are right."""
        return ratio(self.right, self.claimed)

    @property
    def strict_recall(self) -> float | None:
        """Share of gold mentions found with span and skill."""
        return ratio(self.right, self.gold)

    @property
    def strict_f1(self) -> float | None:
        """Harmonic mean of the two."""
        return ratio(2 * self.right, self.gold + self.claimed)

    @property
    def span_f1(self) -> float | None:
        """F1 of places, whatever the skill."""
        return ratio(2 * self.right_spans, self.gold + self.claimed_spans)

    @property
    def id_accuracy(self) -> float | None:
        """Share of places found that have their skill among the claims."""
        return ratio(self.right, self.right_spans)

    @property
    def importance_accuracy(self) -> float | None:
        """Share of right claims with the right requirement type."""
        return ratio(self.importance_right, self.right)

    @property
    def level_accuracy(self) -> float | None:
        """Share of right claims with the right level, "none" being one."""
        return ratio(self.level_right, self.right)

    @property
    def named_level_accuracy(self) -> float | None:
        """The same where the gold set or the claim names a level."""
        return ratio(self.levels_named_right, self.levels_named)

    @property
    def years_accuracy(self) -> float | None:
        """Share of right claims with the right years, where the gold set or the claim names any."""
        return ratio(self.years_right, self.years_named)

    @property
    def unknown_recall(self) -> float | None:
        """Share of skills that the taxonomy lacks returned as phrases with the same span."""
        return ratio(self.unknown_found, self.unknown)

    @property
    def unknown_precision(self) -> float | None:
        """Share of returned phrases that are such skills."""
        return ratio(self.unknown_found, self.phrases)


def ratio(part: float, whole: float) -> float | None:
    """`part / whole`, None when there is no whole."""
    return part / whole if whole else None


def score(judged: Iterable[Judged]) -> SkillScores:
    """Counts over texts.

    Args:
        judged: per text its gold mentions (spans without overlaps) and the prediction.
    """
    scores = SkillScores()
    for gold, prediction in judged:
        _add(scores, gold, prediction)
    return scores


def _add(scores: SkillScores, gold: Sequence[GoldMention], prediction: Prediction) -> None:
    known = {mention.span: mention for mention in gold if mention.skill_id is not None}
    unknown = {mention.span for mention in gold if mention.skill_id is None}
    spans = {claim.span for claim in prediction.claims}
    scores.texts += 1
    scores.gold += len(known)
    scores.claimed += len(prediction.claims)
    scores.claimed_spans += len(spans)
    scores.right_spans += len(spans & known.keys())
    scores.unknown += len(unknown)
    scores.phrases += len(set(prediction.phrases))
    scores.unknown_found += len(unknown & set(prediction.phrases))
    for claim in prediction.claims:
        mention = known.get(claim.span)
        if mention is None or mention.skill_id != claim.skill_id:
            continue
        same_level = claim.level == mention.level
        scores.right += 1
        scores.importance_right += claim.importance is mention.importance
        scores.level_right += same_level
        if claim.level is not None or mention.level is not None:
            scores.levels_named += 1
            scores.levels_named_right += same_level
        if claim.years is not None or mention.years is not None:
            scores.years_named += 1
            scores.years_right += claim.years == mention.years


def is_right(claim: Claim, gold: Sequence[GoldMention]) -> bool:
    """Whether a claim has span and skill of a gold mention."""
    return any(mention.span == claim.span and mention.skill_id == claim.skill_id for mention in gold)


def errors(text_id: str, gold: Sequence[GoldMention], prediction: Prediction) -> Iterator[str]:
    """One line per error, in order of place: what the gold set says and what was claimed.

    Args:
        text_id: named in each line; of the development split only (the caller sees to it).
        gold: mentions of the text.
        prediction: what the extractor says of it.
    """
    by_span = {mention.span: mention for mention in gold}
    rows: list[tuple[int, str]] = []
    for mention in gold:
        claims = [claim for claim in prediction.claims if claim.span == mention.span]
        if mention.skill_id is None:
            if mention.span not in prediction.phrases:
                rows.append((mention.span.start, f"unknown skill not returned: {mention.surface!r}"))
        elif not claims:
            rows.append((mention.span.start, f"missed: {mention.surface!r} {mention.skill_id}"))
        else:
            rows += [(mention.span.start, row) for row in _differences(mention, claims)]
    for claim in prediction.claims:
        if claim.span not in by_span or by_span[claim.span].skill_id is None:
            rows.append((claim.span.start, f"not in gold: {claim.surface!r} {claim.skill_id} ({claim.confidence:.2f})"))
    for start, row in sorted(rows):
        yield f"{text_id} at {start}: {row}"


def _differences(mention: GoldMention, claims: Sequence[Claim]) -> Iterator[str]:
    """What is wrong with claims on the right place."""
    right = next((claim for claim in claims if claim.skill_id == mention.skill_id), None)
    for claim in claims:
        if claim is not right:
            yield f"wrong skill: {mention.surface!r} {mention.skill_id}, claimed {claim.skill_id}"
    if right is None:
        return
    if right.importance is not mention.importance:
        yield f"wrong importance: {mention.surface!r} {mention.importance}, claimed {right.importance}"
    if right.level != mention.level:
        said = [level.name.lower() if level is not None else "none" for level in (mention.level, right.level)]
        yield f"wrong level: {mention.surface!r} {said[0]}, claimed {said[1]}"
    if right.years != mention.years:
        yield f"wrong years: {mention.surface!r} {mention.years}, claimed {right.years}"
