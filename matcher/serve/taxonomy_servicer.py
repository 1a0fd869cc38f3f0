"""TaxonomyService: skills in texts, skills and occupations of the taxonomy."""

from __future__ import annotations

from typing import Any

from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher._gen.skillmatch.v1 import taxonomy_pb2_grpc as tax_grpc
from matcher.engine import Engine
from matcher.paging import decode_offset, encode_token, fingerprint
from matcher.serve.convert import mentions_to, phrases_to
from matcher.serve.convert_match import DEFAULT_LANGUAGE
from matcher.serve.convert_taxonomy import occupation_to, rungs_to, skill_to
from matcher.serve.edge import Workers

LIST_PAGE_SIZE = 50
SEARCH_PAGE_SIZE = 10


class TaxonomyServicer(tax_grpc.TaxonomyServiceServicer):
    """TaxonomyService."""

    def __init__(self, engine: Engine, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers

    async def ExtractSkills(self, request: tax.ExtractSkillsRequest, context: Any) -> tax.ExtractSkillsResponse:  # noqa: N802, D102, ARG002
        found = await self._workers.run(lambda: self._engine.extract(request.text))
        taxonomy = self._engine.taxonomy
        return tax.ExtractSkillsResponse(
            mentions=mentions_to(found.mentions, taxonomy, request.language or DEFAULT_LANGUAGE),
            taxonomy_version=taxonomy.version,
            unlinked_phrases=phrases_to(found.phrases),
            rungs=rungs_to(found.rungs),
        )

    async def SearchSkills(self, request: tax.SearchSkillsRequest, context: Any) -> tax.SearchSkillsResponse:  # noqa: N802, D102, ARG002
        tied_to = fingerprint("skills", request.query, str(request.page_size))
        offset = decode_offset(request.page_token, tied_to)
        size = request.page_size or SEARCH_PAGE_SIZE
        page = await self._workers.run(lambda: self._engine.search_skills(request.query, size, offset))
        taxonomy = self._engine.taxonomy
        return tax.SearchSkillsResponse(
            results=[tax.SkillSearchResult(skill=skill_to(h.skill.id, taxonomy), score=h.score) for h in page.hits],
            next_page_token=_token(tied_to, page.next_offset),
        )

    async def GetSkill(self, request: tax.GetSkillRequest, context: Any) -> tax.GetSkillResponse:  # noqa: N802, D102, ARG002
        skill = self._engine.get_skill(request.name)
        taxonomy = self._engine.taxonomy
        direct = sorted(taxonomy.narrower(skill.id, max_depth=1))
        return tax.GetSkillResponse(skill=skill_to(skill.id, taxonomy), narrower=[f"skills/{i}" for i in direct])

    async def GetOccupation(self, request: tax.GetOccupationRequest, context: Any) -> tax.GetOccupationResponse:  # noqa: N802, D102, ARG002
        found = self._engine.get_occupation(request.name)
        taxonomy = self._engine.taxonomy
        return tax.GetOccupationResponse(
            occupation=occupation_to(found, taxonomy, request.language or DEFAULT_LANGUAGE),
            taxonomy_version=taxonomy.version,
        )

    async def ListOccupations(self, request: tax.ListOccupationsRequest, context: Any) -> tax.ListOccupationsResponse:  # noqa: N802, D102, ARG002
        tied_to = fingerprint("occupations", request.field, str(request.page_size), self._engine.taxonomy.version)
        offset = decode_offset(request.page_token, tied_to)
        size = request.page_size or LIST_PAGE_SIZE
        listed = self._engine.list_occupations(request.field)
        end = offset + size
        return tax.ListOccupationsResponse(
            occupations=[
                occupation_to(found, self._engine.taxonomy, request.language or DEFAULT_LANGUAGE)
                for found in listed[offset:end]
            ],
            next_page_token=_token(tied_to, end if end < len(listed) else None),
            total_size=len(listed),
        )

    async def SearchOccupations(  # noqa: N802, D102
        self,
        request: tax.SearchOccupationsRequest,
        context: Any,  # noqa: ARG002
    ) -> tax.SearchOccupationsResponse:
        tied_to = fingerprint("search-occupations", request.query, str(request.page_size))
        offset = decode_offset(request.page_token, tied_to)
        size = request.page_size or SEARCH_PAGE_SIZE
        page = await self._workers.run(lambda: self._engine.search_occupations(request.query, size, offset))
        language = request.language or DEFAULT_LANGUAGE
        return tax.SearchOccupationsResponse(
            results=[
                tax.OccupationSearchResult(
                    occupation=occupation_to(hit.occupation, self._engine.taxonomy, language),
                    score=hit.score,
                    matched_title=hit.matched_form,
                )
                for hit in page.hits
            ],
            next_page_token=_token(tied_to, page.next_offset),
        )


def _token(tied_to: str, next_offset: int | None) -> str:
    return "" if next_offset is None else encode_token(tied_to, str(next_offset))
