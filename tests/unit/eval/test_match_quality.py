"""The quality of matching on the demo corpus may not fall unseen. Floors stand .02 below the figures of 2026-11-22."""

from __future__ import annotations

import pytest

from eval.demo_match import JudgedQuery, demo_engine, judged_queries, language_of
from eval.match import column, narrow, service_scores, summary
from matcher.domain.document import Kind
from matcher.match.weights import ScoreWeights

FLOORS = {
    (Kind.POSTING, Kind.CANDIDATE): 0.935,
    (Kind.POSTING, Kind.COURSE): 0.92,
    (Kind.CANDIDATE, Kind.COURSE): 0.72,
}


@pytest.fixture(scope="module")
def judged() -> tuple[list[JudgedQuery], ScoreWeights]:
    with demo_engine() as engine:
        return judged_queries(engine), engine.matching.weights


@pytest.mark.parametrize("direction", FLOORS)
def test_ndcg_stays_above_its_floor_and_above_the_bare_encoder(
    judged: tuple[list[JudgedQuery], ScoreWeights], direction: tuple[Kind, Kind]
) -> None:
    queries, weights = judged
    chosen = [q for q in queries if q.direction == direction]
    service = summary(chosen, lambda q: service_scores(q, weights))
    encoder = summary(chosen, lambda q: column(q, "text_similarity"))
    assert service is not None
    assert encoder is not None
    assert service[0] >= FLOORS[direction]
    assert service[0] > encoder[0]


def test_crossing_languages_costs_at_most_five_hundredths(
    judged: tuple[list[JudgedQuery], ScoreWeights],
) -> None:
    queries, weights = judged

    def gain(left: str, right: str) -> float:
        narrowed = [n for q in queries if language_of(q.name) == left and (n := narrow(q, right)) is not None]
        found = summary(narrowed, lambda q: service_scores(q, weights))
        assert found is not None
        return found[0]

    for language, other in (("zh", "en"), ("en", "zh")):
        assert gain(language, other) >= gain(language, language) - 0.05
