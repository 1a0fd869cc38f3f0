from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as _taxonomy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChangedSide(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANGED_SIDE_UNSPECIFIED: _ClassVar[ChangedSide]
    CHANGED_SIDE_QUERY: _ClassVar[ChangedSide]
    CHANGED_SIDE_TARGET: _ClassVar[ChangedSide]

class WhyNotReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WHY_NOT_REASON_UNSPECIFIED: _ClassVar[WhyNotReason]
    WHY_NOT_REASON_RETURNED: _ClassVar[WhyNotReason]
    WHY_NOT_REASON_FILTERED: _ClassVar[WhyNotReason]
    WHY_NOT_REASON_NOT_RETRIEVED: _ClassVar[WhyNotReason]
    WHY_NOT_REASON_NEAR_DUPLICATE: _ClassVar[WhyNotReason]
    WHY_NOT_REASON_BELOW_CUTOFF: _ClassVar[WhyNotReason]
CHANGED_SIDE_UNSPECIFIED: ChangedSide
CHANGED_SIDE_QUERY: ChangedSide
CHANGED_SIDE_TARGET: ChangedSide
WHY_NOT_REASON_UNSPECIFIED: WhyNotReason
WHY_NOT_REASON_RETURNED: WhyNotReason
WHY_NOT_REASON_FILTERED: WhyNotReason
WHY_NOT_REASON_NOT_RETRIEVED: WhyNotReason
WHY_NOT_REASON_NEAR_DUPLICATE: WhyNotReason
WHY_NOT_REASON_BELOW_CUTOFF: WhyNotReason

class SkillChange(_message.Message):
    __slots__ = ("side", "skill", "remove", "level", "importance")
    SIDE_FIELD_NUMBER: _ClassVar[int]
    SKILL_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    side: ChangedSide
    skill: str
    remove: bool
    level: _taxonomy_pb2.Proficiency
    importance: _taxonomy_pb2.Importance
    def __init__(self, side: _Optional[_Union[ChangedSide, str]] = ..., skill: _Optional[str] = ..., remove: _Optional[bool] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., importance: _Optional[_Union[_taxonomy_pb2.Importance, str]] = ...) -> None: ...

class WhatIfRequest(_message.Message):
    __slots__ = ("query", "target", "filter", "changes", "language", "preset", "weights")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    QUERY_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    query: _match_pb2.Query
    target: _match_pb2.Query
    filter: str
    changes: _containers.RepeatedCompositeFieldContainer[SkillChange]
    language: str
    preset: str
    weights: _containers.ScalarMap[str, float]
    def __init__(self, query: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., target: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., filter: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[SkillChange, _Mapping]]] = ..., language: _Optional[str] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ...) -> None: ...

class Standing(_message.Message):
    __slots__ = ("score", "breakdown", "rank", "ranked_count")
    SCORE_FIELD_NUMBER: _ClassVar[int]
    BREAKDOWN_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    RANKED_COUNT_FIELD_NUMBER: _ClassVar[int]
    score: float
    breakdown: _match_pb2.ScoreBreakdown
    rank: int
    ranked_count: int
    def __init__(self, score: _Optional[float] = ..., breakdown: _Optional[_Union[_match_pb2.ScoreBreakdown, _Mapping]] = ..., rank: _Optional[int] = ..., ranked_count: _Optional[int] = ...) -> None: ...

class CreditChange(_message.Message):
    __slots__ = ("skill", "label", "old_credit", "new_credit")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    OLD_CREDIT_FIELD_NUMBER: _ClassVar[int]
    NEW_CREDIT_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    old_credit: float
    new_credit: float
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., old_credit: _Optional[float] = ..., new_credit: _Optional[float] = ...) -> None: ...

class WhatIfResponse(_message.Message):
    __slots__ = ("target", "before", "after", "credits", "passes_filter", "explanation", "versions")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    PASSES_FILTER_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    target: str
    before: Standing
    after: Standing
    credits: _containers.RepeatedCompositeFieldContainer[CreditChange]
    passes_filter: bool
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, target: _Optional[str] = ..., before: _Optional[_Union[Standing, _Mapping]] = ..., after: _Optional[_Union[Standing, _Mapping]] = ..., credits: _Optional[_Iterable[_Union[CreditChange, _Mapping]]] = ..., passes_filter: _Optional[bool] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...

class WhyNotRequest(_message.Message):
    __slots__ = ("query", "target", "filter", "top", "language", "preset", "weights", "collapse_duplicates", "duplicate_similarity")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    QUERY_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    TOP_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    COLLAPSE_DUPLICATES_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    query: _match_pb2.Query
    target: str
    filter: str
    top: int
    language: str
    preset: str
    weights: _containers.ScalarMap[str, float]
    collapse_duplicates: bool
    duplicate_similarity: float
    def __init__(self, query: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., target: _Optional[str] = ..., filter: _Optional[str] = ..., top: _Optional[int] = ..., language: _Optional[str] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ..., collapse_duplicates: _Optional[bool] = ..., duplicate_similarity: _Optional[float] = ...) -> None: ...

class FailedClause(_message.Message):
    __slots__ = ("text", "column", "unknown")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    text: str
    column: int
    unknown: bool
    def __init__(self, text: _Optional[str] = ..., column: _Optional[int] = ..., unknown: _Optional[bool] = ...) -> None: ...

class PartCost(_message.Message):
    __slots__ = ("part", "target_contribution", "cutoff_contribution", "cost")
    PART_FIELD_NUMBER: _ClassVar[int]
    TARGET_CONTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    CUTOFF_CONTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    part: str
    target_contribution: float
    cutoff_contribution: float
    cost: float
    def __init__(self, part: _Optional[str] = ..., target_contribution: _Optional[float] = ..., cutoff_contribution: _Optional[float] = ..., cost: _Optional[float] = ...) -> None: ...

class MissingRequirement(_message.Message):
    __slots__ = ("skill", "label")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ...) -> None: ...

class WhyNotResponse(_message.Message):
    __slots__ = ("reason", "standing", "cutoff", "cutoff_score", "distance", "failed_clauses", "retrieved", "duplicate_of", "costs", "missing", "explanation", "versions")
    REASON_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    CUTOFF_FIELD_NUMBER: _ClassVar[int]
    CUTOFF_SCORE_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_FIELD_NUMBER: _ClassVar[int]
    FAILED_CLAUSES_FIELD_NUMBER: _ClassVar[int]
    RETRIEVED_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_OF_FIELD_NUMBER: _ClassVar[int]
    COSTS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    reason: WhyNotReason
    standing: Standing
    cutoff: str
    cutoff_score: float
    distance: float
    failed_clauses: _containers.RepeatedCompositeFieldContainer[FailedClause]
    retrieved: bool
    duplicate_of: str
    costs: _containers.RepeatedCompositeFieldContainer[PartCost]
    missing: _containers.RepeatedCompositeFieldContainer[MissingRequirement]
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, reason: _Optional[_Union[WhyNotReason, str]] = ..., standing: _Optional[_Union[Standing, _Mapping]] = ..., cutoff: _Optional[str] = ..., cutoff_score: _Optional[float] = ..., distance: _Optional[float] = ..., failed_clauses: _Optional[_Iterable[_Union[FailedClause, _Mapping]]] = ..., retrieved: _Optional[bool] = ..., duplicate_of: _Optional[str] = ..., costs: _Optional[_Iterable[_Union[PartCost, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[MissingRequirement, _Mapping]]] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...
