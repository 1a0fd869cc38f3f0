from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.rpc import status_pb2 as _status_pb2
from matcher._gen.skillmatch.v1 import document_pb2 as _document_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as _taxonomy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BothSided(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BOTH_SIDED_UNSPECIFIED: _ClassVar[BothSided]
    BOTH_SIDED_SHOW: _ClassVar[BothSided]
    BOTH_SIDED_RANK: _ClassVar[BothSided]

class RequirementStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REQUIREMENT_STATUS_UNSPECIFIED: _ClassVar[RequirementStatus]
    REQUIREMENT_STATUS_COVERED: _ClassVar[RequirementStatus]
    REQUIREMENT_STATUS_PARTIAL: _ClassVar[RequirementStatus]
    REQUIREMENT_STATUS_MISSING: _ClassVar[RequirementStatus]
BOTH_SIDED_UNSPECIFIED: BothSided
BOTH_SIDED_SHOW: BothSided
BOTH_SIDED_RANK: BothSided
REQUIREMENT_STATUS_UNSPECIFIED: RequirementStatus
REQUIREMENT_STATUS_COVERED: RequirementStatus
REQUIREMENT_STATUS_PARTIAL: RequirementStatus
REQUIREMENT_STATUS_MISSING: RequirementStatus

class Query(_message.Message):
    __slots__ = ("name", "document")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    document: _document_pb2.Document
    def __init__(self, name: _Optional[str] = ..., document: _Optional[_Union[_document_pb2.Document, _Mapping]] = ...) -> None: ...

class MatchRequest(_message.Message):
    __slots__ = ("query", "target_kind", "filter", "page_size", "page_token", "omit_evidence", "language", "preset", "weights", "collapse_duplicates", "duplicate_similarity", "max_per_organisation", "diversity", "both_sided")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    QUERY_FIELD_NUMBER: _ClassVar[int]
    TARGET_KIND_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    COLLAPSE_DUPLICATES_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    MAX_PER_ORGANISATION_FIELD_NUMBER: _ClassVar[int]
    DIVERSITY_FIELD_NUMBER: _ClassVar[int]
    BOTH_SIDED_FIELD_NUMBER: _ClassVar[int]
    query: Query
    target_kind: _document_pb2.Kind
    filter: str
    page_size: int
    page_token: str
    omit_evidence: bool
    language: str
    preset: str
    weights: _containers.ScalarMap[str, float]
    collapse_duplicates: bool
    duplicate_similarity: float
    max_per_organisation: int
    diversity: float
    both_sided: BothSided
    def __init__(self, query: _Optional[_Union[Query, _Mapping]] = ..., target_kind: _Optional[_Union[_document_pb2.Kind, str]] = ..., filter: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., omit_evidence: _Optional[bool] = ..., language: _Optional[str] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ..., collapse_duplicates: _Optional[bool] = ..., duplicate_similarity: _Optional[float] = ..., max_per_organisation: _Optional[int] = ..., diversity: _Optional[float] = ..., both_sided: _Optional[_Union[BothSided, str]] = ...) -> None: ...

class Versions(_message.Message):
    __slots__ = ("model", "taxonomy", "weights", "index_revision")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    INDEX_REVISION_FIELD_NUMBER: _ClassVar[int]
    model: str
    taxonomy: str
    weights: str
    index_revision: int
    def __init__(self, model: _Optional[str] = ..., taxonomy: _Optional[str] = ..., weights: _Optional[str] = ..., index_revision: _Optional[int] = ...) -> None: ...

class CandidateFit(_message.Message):
    __slots__ = ("value", "parts")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    value: float
    parts: _containers.RepeatedCompositeFieldContainer[CandidateFitPart]
    def __init__(self, value: _Optional[float] = ..., parts: _Optional[_Iterable[_Union[CandidateFitPart, _Mapping]]] = ...) -> None: ...

class CandidateFitPart(_message.Message):
    __slots__ = ("part", "value")
    PART_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    part: str
    value: float
    def __init__(self, part: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...

class ScoreBreakdown(_message.Message):
    __slots__ = ("intercept", "parts")
    INTERCEPT_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    intercept: float
    parts: _containers.RepeatedCompositeFieldContainer[ScorePart]
    def __init__(self, intercept: _Optional[float] = ..., parts: _Optional[_Iterable[_Union[ScorePart, _Mapping]]] = ...) -> None: ...

class ScorePart(_message.Message):
    __slots__ = ("part", "value", "weight", "contribution")
    PART_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    part: str
    value: float
    weight: float
    contribution: float
    def __init__(self, part: _Optional[str] = ..., value: _Optional[float] = ..., weight: _Optional[float] = ..., contribution: _Optional[float] = ...) -> None: ...

class Evidence(_message.Message):
    __slots__ = ("document", "start", "end", "quote", "sentence", "confidence", "completion")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    COMPLETION_FIELD_NUMBER: _ClassVar[int]
    document: str
    start: int
    end: int
    quote: str
    sentence: str
    confidence: float
    completion: str
    def __init__(self, document: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ..., quote: _Optional[str] = ..., sentence: _Optional[str] = ..., confidence: _Optional[float] = ..., completion: _Optional[str] = ...) -> None: ...

class RequirementMatch(_message.Message):
    __slots__ = ("skill", "label", "kind", "importance", "required_level", "held_level", "status", "credit", "weight", "met_by", "demand_evidence", "supply_evidence", "relation", "level_factor", "partial_from", "covered_from")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_LEVEL_FIELD_NUMBER: _ClassVar[int]
    HELD_LEVEL_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    DEMAND_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SUPPLY_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FACTOR_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FROM_FIELD_NUMBER: _ClassVar[int]
    COVERED_FROM_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    kind: _taxonomy_pb2.SkillKind
    importance: _taxonomy_pb2.Importance
    required_level: _taxonomy_pb2.Proficiency
    held_level: _taxonomy_pb2.Proficiency
    status: RequirementStatus
    credit: float
    weight: float
    met_by: str
    demand_evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    supply_evidence: _containers.RepeatedCompositeFieldContainer[Evidence]
    relation: float
    level_factor: float
    partial_from: float
    covered_from: float
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[_taxonomy_pb2.SkillKind, str]] = ..., importance: _Optional[_Union[_taxonomy_pb2.Importance, str]] = ..., required_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., held_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., status: _Optional[_Union[RequirementStatus, str]] = ..., credit: _Optional[float] = ..., weight: _Optional[float] = ..., met_by: _Optional[str] = ..., demand_evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., supply_evidence: _Optional[_Iterable[_Union[Evidence, _Mapping]]] = ..., relation: _Optional[float] = ..., level_factor: _Optional[float] = ..., partial_from: _Optional[float] = ..., covered_from: _Optional[float] = ...) -> None: ...

class SharedSkill(_message.Message):
    __slots__ = ("skill", "label", "query_evidence", "target_evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    QUERY_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    TARGET_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    query_evidence: Evidence
    target_evidence: Evidence
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., query_evidence: _Optional[_Union[Evidence, _Mapping]] = ..., target_evidence: _Optional[_Union[Evidence, _Mapping]] = ...) -> None: ...

class AdditionalSkill(_message.Message):
    __slots__ = ("skill", "label", "evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    evidence: Evidence
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., evidence: _Optional[_Union[Evidence, _Mapping]] = ...) -> None: ...

class Match(_message.Message):
    __slots__ = ("name", "title", "rank", "score", "breakdown", "requirements", "additional_skills", "explanation", "warnings", "shared_skills", "repeats", "candidate_fit", "both_sided_score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    BREAKDOWN_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_SKILLS_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    SHARED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    REPEATS_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FIT_FIELD_NUMBER: _ClassVar[int]
    BOTH_SIDED_SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    rank: int
    score: float
    breakdown: ScoreBreakdown
    requirements: _containers.RepeatedCompositeFieldContainer[RequirementMatch]
    additional_skills: _containers.RepeatedCompositeFieldContainer[AdditionalSkill]
    explanation: str
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    shared_skills: _containers.RepeatedCompositeFieldContainer[SharedSkill]
    repeats: _containers.RepeatedCompositeFieldContainer[Repeat]
    candidate_fit: CandidateFit
    both_sided_score: float
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., rank: _Optional[int] = ..., score: _Optional[float] = ..., breakdown: _Optional[_Union[ScoreBreakdown, _Mapping]] = ..., requirements: _Optional[_Iterable[_Union[RequirementMatch, _Mapping]]] = ..., additional_skills: _Optional[_Iterable[_Union[AdditionalSkill, _Mapping]]] = ..., explanation: _Optional[str] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ..., shared_skills: _Optional[_Iterable[_Union[SharedSkill, _Mapping]]] = ..., repeats: _Optional[_Iterable[_Union[Repeat, _Mapping]]] = ..., candidate_fit: _Optional[_Union[CandidateFit, _Mapping]] = ..., both_sided_score: _Optional[float] = ...) -> None: ...

class Repeat(_message.Message):
    __slots__ = ("name", "similarity")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    name: str
    similarity: float
    def __init__(self, name: _Optional[str] = ..., similarity: _Optional[float] = ...) -> None: ...

class MatchResponse(_message.Message):
    __slots__ = ("matches", "next_page_token", "filtered_size", "versions", "warnings", "query_truncation", "collapsed_count", "capped_count", "filter_report", "decision")
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTERED_SIZE_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    QUERY_TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    COLLAPSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CAPPED_COUNT_FIELD_NUMBER: _ClassVar[int]
    FILTER_REPORT_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    matches: _containers.RepeatedCompositeFieldContainer[Match]
    next_page_token: str
    filtered_size: int
    versions: Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    query_truncation: _document_pb2.Truncation
    collapsed_count: int
    capped_count: int
    filter_report: FilterReport
    decision: str
    def __init__(self, matches: _Optional[_Iterable[_Union[Match, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., filtered_size: _Optional[int] = ..., versions: _Optional[_Union[Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ..., query_truncation: _Optional[_Union[_document_pb2.Truncation, _Mapping]] = ..., collapsed_count: _Optional[int] = ..., capped_count: _Optional[int] = ..., filter_report: _Optional[_Union[FilterReport, _Mapping]] = ..., decision: _Optional[str] = ...) -> None: ...

class FilterReport(_message.Message):
    __slots__ = ("clauses",)
    CLAUSES_FIELD_NUMBER: _ClassVar[int]
    clauses: _containers.RepeatedCompositeFieldContainer[FilterClause]
    def __init__(self, clauses: _Optional[_Iterable[_Union[FilterClause, _Mapping]]] = ...) -> None: ...

class FilterClause(_message.Message):
    __slots__ = ("text", "column", "passing_alone", "passing_without", "loosened", "passing_loosened")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    PASSING_ALONE_FIELD_NUMBER: _ClassVar[int]
    PASSING_WITHOUT_FIELD_NUMBER: _ClassVar[int]
    LOOSENED_FIELD_NUMBER: _ClassVar[int]
    PASSING_LOOSENED_FIELD_NUMBER: _ClassVar[int]
    text: str
    column: int
    passing_alone: int
    passing_without: int
    loosened: str
    passing_loosened: int
    def __init__(self, text: _Optional[str] = ..., column: _Optional[int] = ..., passing_alone: _Optional[int] = ..., passing_without: _Optional[int] = ..., loosened: _Optional[str] = ..., passing_loosened: _Optional[int] = ...) -> None: ...

class BatchMatchRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[MatchRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[MatchRequest, _Mapping]]] = ...) -> None: ...

class BatchMatchResponse(_message.Message):
    __slots__ = ("request_index", "response", "error")
    REQUEST_INDEX_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    request_index: int
    response: MatchResponse
    error: _status_pb2.Status
    def __init__(self, request_index: _Optional[int] = ..., response: _Optional[_Union[MatchResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class ExplainRequest(_message.Message):
    __slots__ = ("query", "target", "language", "preset", "weights")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    QUERY_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    query: Query
    target: Query
    language: str
    preset: str
    weights: _containers.ScalarMap[str, float]
    def __init__(self, query: _Optional[_Union[Query, _Mapping]] = ..., target: _Optional[_Union[Query, _Mapping]] = ..., language: _Optional[str] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ...) -> None: ...

class ExplainResponse(_message.Message):
    __slots__ = ("match", "versions", "query_truncation", "target_truncation")
    MATCH_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    QUERY_TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    TARGET_TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    match: Match
    versions: Versions
    query_truncation: _document_pb2.Truncation
    target_truncation: _document_pb2.Truncation
    def __init__(self, match: _Optional[_Union[Match, _Mapping]] = ..., versions: _Optional[_Union[Versions, _Mapping]] = ..., query_truncation: _Optional[_Union[_document_pb2.Truncation, _Mapping]] = ..., target_truncation: _Optional[_Union[_document_pb2.Truncation, _Mapping]] = ...) -> None: ...
