from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from matcher._gen.skillmatch.v1 import document_pb2 as _document_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from matcher._gen.skillmatch.v1 import target_pb2 as _target_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as _taxonomy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GapStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GAP_STATUS_UNSPECIFIED: _ClassVar[GapStatus]
    GAP_STATUS_MET: _ClassVar[GapStatus]
    GAP_STATUS_MET_AT_LOWER_LEVEL: _ClassVar[GapStatus]
    GAP_STATUS_NEAR: _ClassVar[GapStatus]
    GAP_STATUS_MISSING: _ClassVar[GapStatus]

class FactStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_STATUS_UNSPECIFIED: _ClassVar[FactStatus]
    FACT_STATUS_NOT_ASKED: _ClassVar[FactStatus]
    FACT_STATUS_NOT_SHOWN: _ClassVar[FactStatus]
    FACT_STATUS_MET: _ClassVar[FactStatus]
    FACT_STATUS_BELOW: _ClassVar[FactStatus]
GAP_STATUS_UNSPECIFIED: GapStatus
GAP_STATUS_MET: GapStatus
GAP_STATUS_MET_AT_LOWER_LEVEL: GapStatus
GAP_STATUS_NEAR: GapStatus
GAP_STATUS_MISSING: GapStatus
FACT_STATUS_UNSPECIFIED: FactStatus
FACT_STATUS_NOT_ASKED: FactStatus
FACT_STATUS_NOT_SHOWN: FactStatus
FACT_STATUS_MET: FactStatus
FACT_STATUS_BELOW: FactStatus

class AnalyzeGapRequest(_message.Message):
    __slots__ = ("candidate", "target", "language", "omit_evidence")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    candidate: _match_pb2.Query
    target: _target_pb2.Target
    language: str
    omit_evidence: bool
    def __init__(self, candidate: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., language: _Optional[str] = ..., omit_evidence: _Optional[bool] = ...) -> None: ...

class AnalyzeGapResponse(_message.Message):
    __slots__ = ("gap", "explanation", "versions", "warnings")
    GAP_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    gap: Gap
    explanation: str
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    def __init__(self, gap: _Optional[_Union[Gap, _Mapping]] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ...) -> None: ...

class RequirementGap(_message.Message):
    __slots__ = ("requirement", "status", "credit", "met_by", "met_by_label", "relation", "held_level", "open_weight", "evidence", "denied_evidence")
    REQUIREMENT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    MET_BY_LABEL_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    HELD_LEVEL_FIELD_NUMBER: _ClassVar[int]
    OPEN_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    DENIED_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    requirement: _target_pb2.TargetRequirement
    status: GapStatus
    credit: float
    met_by: str
    met_by_label: str
    relation: float
    held_level: _taxonomy_pb2.Proficiency
    open_weight: float
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    denied_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, requirement: _Optional[_Union[_target_pb2.TargetRequirement, _Mapping]] = ..., status: _Optional[_Union[GapStatus, str]] = ..., credit: _Optional[float] = ..., met_by: _Optional[str] = ..., met_by_label: _Optional[str] = ..., relation: _Optional[float] = ..., held_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., open_weight: _Optional[float] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., denied_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

class EducationGap(_message.Message):
    __slots__ = ("asked", "shown", "status")
    ASKED_FIELD_NUMBER: _ClassVar[int]
    SHOWN_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    asked: _document_pb2.EducationLevel
    shown: _document_pb2.EducationLevel
    status: FactStatus
    def __init__(self, asked: _Optional[_Union[_document_pb2.EducationLevel, str]] = ..., shown: _Optional[_Union[_document_pb2.EducationLevel, str]] = ..., status: _Optional[_Union[FactStatus, str]] = ...) -> None: ...

class ExperienceGap(_message.Message):
    __slots__ = ("asked_years", "shown_years", "status")
    ASKED_YEARS_FIELD_NUMBER: _ClassVar[int]
    SHOWN_YEARS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    asked_years: float
    shown_years: float
    status: FactStatus
    def __init__(self, asked_years: _Optional[float] = ..., shown_years: _Optional[float] = ..., status: _Optional[_Union[FactStatus, str]] = ...) -> None: ...

class Gap(_message.Message):
    __slots__ = ("candidate", "target", "target_title", "posting_count", "essential_skills", "preferred_skills", "credentials", "soft_skills", "education", "experience", "totals")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    TARGET_TITLE_FIELD_NUMBER: _ClassVar[int]
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    ESSENTIAL_SKILLS_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    CREDENTIALS_FIELD_NUMBER: _ClassVar[int]
    SOFT_SKILLS_FIELD_NUMBER: _ClassVar[int]
    EDUCATION_FIELD_NUMBER: _ClassVar[int]
    EXPERIENCE_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    target: str
    target_title: str
    posting_count: int
    essential_skills: _containers.RepeatedCompositeFieldContainer[RequirementGap]
    preferred_skills: _containers.RepeatedCompositeFieldContainer[RequirementGap]
    credentials: _containers.RepeatedCompositeFieldContainer[RequirementGap]
    soft_skills: _containers.RepeatedCompositeFieldContainer[RequirementGap]
    education: EducationGap
    experience: ExperienceGap
    totals: GapTotals
    def __init__(self, candidate: _Optional[str] = ..., target: _Optional[str] = ..., target_title: _Optional[str] = ..., posting_count: _Optional[int] = ..., essential_skills: _Optional[_Iterable[_Union[RequirementGap, _Mapping]]] = ..., preferred_skills: _Optional[_Iterable[_Union[RequirementGap, _Mapping]]] = ..., credentials: _Optional[_Iterable[_Union[RequirementGap, _Mapping]]] = ..., soft_skills: _Optional[_Iterable[_Union[RequirementGap, _Mapping]]] = ..., education: _Optional[_Union[EducationGap, _Mapping]] = ..., experience: _Optional[_Union[ExperienceGap, _Mapping]] = ..., totals: _Optional[_Union[GapTotals, _Mapping]] = ...) -> None: ...

class GapTotals(_message.Message):
    __slots__ = ("essential_coverage", "preferred_coverage", "soft_coverage", "credential_coverage", "open_weight", "weight", "met_count", "lower_level_count", "near_count", "missing_count", "met_at", "near_at")
    ESSENTIAL_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    SOFT_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    CREDENTIAL_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    OPEN_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    MET_COUNT_FIELD_NUMBER: _ClassVar[int]
    LOWER_LEVEL_COUNT_FIELD_NUMBER: _ClassVar[int]
    NEAR_COUNT_FIELD_NUMBER: _ClassVar[int]
    MISSING_COUNT_FIELD_NUMBER: _ClassVar[int]
    MET_AT_FIELD_NUMBER: _ClassVar[int]
    NEAR_AT_FIELD_NUMBER: _ClassVar[int]
    essential_coverage: float
    preferred_coverage: float
    soft_coverage: float
    credential_coverage: float
    open_weight: float
    weight: float
    met_count: int
    lower_level_count: int
    near_count: int
    missing_count: int
    met_at: float
    near_at: float
    def __init__(self, essential_coverage: _Optional[float] = ..., preferred_coverage: _Optional[float] = ..., soft_coverage: _Optional[float] = ..., credential_coverage: _Optional[float] = ..., open_weight: _Optional[float] = ..., weight: _Optional[float] = ..., met_count: _Optional[int] = ..., lower_level_count: _Optional[int] = ..., near_count: _Optional[int] = ..., missing_count: _Optional[int] = ..., met_at: _Optional[float] = ..., near_at: _Optional[float] = ...) -> None: ...
