from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as _taxonomy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Target(_message.Message):
    __slots__ = ("posting", "cohort", "occupation")
    POSTING_FIELD_NUMBER: _ClassVar[int]
    COHORT_FIELD_NUMBER: _ClassVar[int]
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    posting: _match_pb2.Query
    cohort: Cohort
    occupation: str
    def __init__(self, posting: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., cohort: _Optional[_Union[Cohort, _Mapping]] = ..., occupation: _Optional[str] = ...) -> None: ...

class Cohort(_message.Message):
    __slots__ = ("filter", "postings", "min_demand_share")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    MIN_DEMAND_SHARE_FIELD_NUMBER: _ClassVar[int]
    filter: str
    postings: _containers.RepeatedScalarFieldContainer[str]
    min_demand_share: float
    def __init__(self, filter: _Optional[str] = ..., postings: _Optional[_Iterable[str]] = ..., min_demand_share: _Optional[float] = ...) -> None: ...

class TargetRequirement(_message.Message):
    __slots__ = ("skill", "label", "kind", "importance", "level", "demand_share", "rarity", "weight", "demand_evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    DEMAND_SHARE_FIELD_NUMBER: _ClassVar[int]
    RARITY_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    DEMAND_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    kind: _taxonomy_pb2.SkillKind
    importance: _taxonomy_pb2.Importance
    level: _taxonomy_pb2.Proficiency
    demand_share: float
    rarity: float
    weight: float
    demand_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[_taxonomy_pb2.SkillKind, str]] = ..., importance: _Optional[_Union[_taxonomy_pb2.Importance, str]] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., demand_share: _Optional[float] = ..., rarity: _Optional[float] = ..., weight: _Optional[float] = ..., demand_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...
