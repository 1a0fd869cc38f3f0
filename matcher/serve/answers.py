"""Match and Explain from request message to reply message, as the service and its match processes both answer them."""

from __future__ import annotations

from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher.engine import Engine
from matcher.records import Pair
from matcher.serve.convert_match import DEFAULT_LANGUAGE, explain_response, match_query_from, match_response, query_from


def match_answer(engine: Engine, request: pb.MatchRequest, caller: str) -> pb.MatchResponse:
    """A page of matches, recorded as a decision of `caller`.

    Raises:
        MatcherError: as `Engine.match`.
    """
    query = match_query_from(request)
    return match_response(engine.match(query, caller), engine.taxonomy, query.language)


def explain_answer(engine: Engine, request: pb.ExplainRequest) -> pb.ExplainResponse:
    """One pair, explained.

    Raises:
        MatcherError: as `Engine.explain`.
    """
    language = request.language or DEFAULT_LANGUAGE
    pair = Pair(
        query_from(request.query),
        query_from(request.target, "target"),
        language,
        request.preset,
        tuple(sorted(request.weights.items())),
    )
    return explain_response(engine.explain(pair), engine.taxonomy, language)
