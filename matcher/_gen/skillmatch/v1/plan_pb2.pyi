from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from matcher._gen.skillmatch.v1 import course_plan_pb2 as _course_plan_pb2
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

class Trend(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREND_UNSPECIFIED: _ClassVar[Trend]
    TREND_UNKNOWN: _ClassVar[Trend]
    TREND_GROWING: _ClassVar[Trend]
    TREND_STEADY: _ClassVar[Trend]
    TREND_SHRINKING: _ClassVar[Trend]

class TrendSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREND_SOURCE_UNSPECIFIED: _ClassVar[TrendSource]
    TREND_SOURCE_STORE: _ClassVar[TrendSource]
    TREND_SOURCE_CALLER: _ClassVar[TrendSource]
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
TREND_UNSPECIFIED: Trend
TREND_UNKNOWN: Trend
TREND_GROWING: Trend
TREND_STEADY: Trend
TREND_SHRINKING: Trend
TREND_SOURCE_UNSPECIFIED: TrendSource
TREND_SOURCE_STORE: TrendSource
TREND_SOURCE_CALLER: TrendSource

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
    __slots__ = ("requirement", "status", "credit", "met_by", "met_by_label", "relation", "held_level", "open_weight", "evidence", "denied_evidence", "wished_evidence")
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
    WISHED_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
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
    wished_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, requirement: _Optional[_Union[_target_pb2.TargetRequirement, _Mapping]] = ..., status: _Optional[_Union[GapStatus, str]] = ..., credit: _Optional[float] = ..., met_by: _Optional[str] = ..., met_by_label: _Optional[str] = ..., relation: _Optional[float] = ..., held_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., open_weight: _Optional[float] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., denied_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., wished_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

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

class RecommendTransitionsRequest(_message.Message):
    __slots__ = ("candidate", "occupation", "assume_optional_skills", "occupations", "cohorts", "excluded_occupations", "posting_filter", "min_postings", "max_distance", "growing_occupations", "only_growing", "max_transitions", "language", "omit_evidence", "plan_count", "plan_limits", "plan_objectives", "course_filter")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    ASSUME_OPTIONAL_SKILLS_FIELD_NUMBER: _ClassVar[int]
    OCCUPATIONS_FIELD_NUMBER: _ClassVar[int]
    COHORTS_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_OCCUPATIONS_FIELD_NUMBER: _ClassVar[int]
    POSTING_FILTER_FIELD_NUMBER: _ClassVar[int]
    MIN_POSTINGS_FIELD_NUMBER: _ClassVar[int]
    MAX_DISTANCE_FIELD_NUMBER: _ClassVar[int]
    GROWING_OCCUPATIONS_FIELD_NUMBER: _ClassVar[int]
    ONLY_GROWING_FIELD_NUMBER: _ClassVar[int]
    MAX_TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    PLAN_COUNT_FIELD_NUMBER: _ClassVar[int]
    PLAN_LIMITS_FIELD_NUMBER: _ClassVar[int]
    PLAN_OBJECTIVES_FIELD_NUMBER: _ClassVar[int]
    COURSE_FILTER_FIELD_NUMBER: _ClassVar[int]
    candidate: _match_pb2.Query
    occupation: str
    assume_optional_skills: bool
    occupations: _containers.RepeatedScalarFieldContainer[str]
    cohorts: _containers.RepeatedCompositeFieldContainer[NamedCohort]
    excluded_occupations: _containers.RepeatedScalarFieldContainer[str]
    posting_filter: str
    min_postings: int
    max_distance: float
    growing_occupations: _containers.RepeatedScalarFieldContainer[str]
    only_growing: bool
    max_transitions: int
    language: str
    omit_evidence: bool
    plan_count: int
    plan_limits: _course_plan_pb2.PlanLimits
    plan_objectives: _containers.RepeatedScalarFieldContainer[_course_plan_pb2.PlanObjective]
    course_filter: str
    def __init__(self, candidate: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., occupation: _Optional[str] = ..., assume_optional_skills: _Optional[bool] = ..., occupations: _Optional[_Iterable[str]] = ..., cohorts: _Optional[_Iterable[_Union[NamedCohort, _Mapping]]] = ..., excluded_occupations: _Optional[_Iterable[str]] = ..., posting_filter: _Optional[str] = ..., min_postings: _Optional[int] = ..., max_distance: _Optional[float] = ..., growing_occupations: _Optional[_Iterable[str]] = ..., only_growing: _Optional[bool] = ..., max_transitions: _Optional[int] = ..., language: _Optional[str] = ..., omit_evidence: _Optional[bool] = ..., plan_count: _Optional[int] = ..., plan_limits: _Optional[_Union[_course_plan_pb2.PlanLimits, _Mapping]] = ..., plan_objectives: _Optional[_Iterable[_Union[_course_plan_pb2.PlanObjective, str]]] = ..., course_filter: _Optional[str] = ...) -> None: ...

class NamedCohort(_message.Message):
    __slots__ = ("title", "cohort")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COHORT_FIELD_NUMBER: _ClassVar[int]
    title: str
    cohort: _target_pb2.Cohort
    def __init__(self, title: _Optional[str] = ..., cohort: _Optional[_Union[_target_pb2.Cohort, _Mapping]] = ...) -> None: ...

class RecommendTransitionsResponse(_message.Message):
    __slots__ = ("origin_title", "transitions", "considered_count", "posting_count", "unnamed_posting_count", "versions", "warnings", "present_jobs")
    ORIGIN_TITLE_FIELD_NUMBER: _ClassVar[int]
    TRANSITIONS_FIELD_NUMBER: _ClassVar[int]
    CONSIDERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNNAMED_POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    PRESENT_JOBS_FIELD_NUMBER: _ClassVar[int]
    origin_title: str
    transitions: _containers.RepeatedCompositeFieldContainer[Transition]
    considered_count: int
    posting_count: int
    unnamed_posting_count: int
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    present_jobs: _containers.RepeatedCompositeFieldContainer[PresentJob]
    def __init__(self, origin_title: _Optional[str] = ..., transitions: _Optional[_Iterable[_Union[Transition, _Mapping]]] = ..., considered_count: _Optional[int] = ..., posting_count: _Optional[int] = ..., unnamed_posting_count: _Optional[int] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ..., present_jobs: _Optional[_Iterable[_Union[PresentJob, _Mapping]]] = ...) -> None: ...

class PresentJob(_message.Message):
    __slots__ = ("occupation", "title", "evidence")
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    occupation: str
    title: str
    evidence: _match_pb2.Evidence
    def __init__(self, occupation: _Optional[str] = ..., title: _Optional[str] = ..., evidence: _Optional[_Union[_match_pb2.Evidence, _Mapping]] = ...) -> None: ...

class Transition(_message.Message):
    __slots__ = ("rank", "occupation", "title", "distance", "gap", "demand", "explanation", "course_plan")
    RANK_FIELD_NUMBER: _ClassVar[int]
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    DEMAND_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    COURSE_PLAN_FIELD_NUMBER: _ClassVar[int]
    rank: int
    occupation: str
    title: str
    distance: float
    gap: Gap
    demand: TransitionDemand
    explanation: str
    course_plan: _course_plan_pb2.PlanCoursesResponse
    def __init__(self, rank: _Optional[int] = ..., occupation: _Optional[str] = ..., title: _Optional[str] = ..., distance: _Optional[float] = ..., gap: _Optional[_Union[Gap, _Mapping]] = ..., demand: _Optional[_Union[TransitionDemand, _Mapping]] = ..., explanation: _Optional[str] = ..., course_plan: _Optional[_Union[_course_plan_pb2.PlanCoursesResponse, _Mapping]] = ...) -> None: ...

class TransitionDemand(_message.Message):
    __slots__ = ("posting_count", "trend", "trend_source", "recent_count", "earlier_count")
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    TREND_FIELD_NUMBER: _ClassVar[int]
    TREND_SOURCE_FIELD_NUMBER: _ClassVar[int]
    RECENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    EARLIER_COUNT_FIELD_NUMBER: _ClassVar[int]
    posting_count: int
    trend: Trend
    trend_source: TrendSource
    recent_count: int
    earlier_count: int
    def __init__(self, posting_count: _Optional[int] = ..., trend: _Optional[_Union[Trend, str]] = ..., trend_source: _Optional[_Union[TrendSource, str]] = ..., recent_count: _Optional[int] = ..., earlier_count: _Optional[int] = ...) -> None: ...
