from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.type import date_pb2 as _date_pb2
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

class PlanQuantity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_QUANTITY_UNSPECIFIED: _ClassVar[PlanQuantity]
    PLAN_QUANTITY_HOURS: _ClassVar[PlanQuantity]
    PLAN_QUANTITY_COST: _ClassVar[PlanQuantity]
    PLAN_QUANTITY_CREDITS: _ClassVar[PlanQuantity]

class PlanObjective(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_OBJECTIVE_UNSPECIFIED: _ClassVar[PlanObjective]
    PLAN_OBJECTIVE_MOST_CLOSED: _ClassVar[PlanObjective]
    PLAN_OBJECTIVE_LEAST_HOURS: _ClassVar[PlanObjective]
    PLAN_OBJECTIVE_LEAST_COST: _ClassVar[PlanObjective]
    PLAN_OBJECTIVE_FEWEST_COURSES: _ClassVar[PlanObjective]
    PLAN_OBJECTIVE_FEWEST_TERMS: _ClassVar[PlanObjective]

class PlanStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_STATUS_UNSPECIFIED: _ClassVar[PlanStatus]
    PLAN_STATUS_OPTIMAL: _ClassVar[PlanStatus]
    PLAN_STATUS_FEASIBLE: _ClassVar[PlanStatus]
    PLAN_STATUS_INFEASIBLE: _ClassVar[PlanStatus]
    PLAN_STATUS_UNKNOWN: _ClassVar[PlanStatus]

class ResidualReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESIDUAL_REASON_UNSPECIFIED: _ClassVar[ResidualReason]
    RESIDUAL_REASON_NO_COURSE: _ClassVar[ResidualReason]
    RESIDUAL_REASON_ONLY_PARTLY: _ClassVar[ResidualReason]
    RESIDUAL_REASON_LIMITS: _ClassVar[ResidualReason]
    RESIDUAL_REASON_CERTIFICATE: _ClassVar[ResidualReason]
    RESIDUAL_REASON_SOFT_SKILL: _ClassVar[ResidualReason]

class LeftOutReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEFT_OUT_REASON_UNSPECIFIED: _ClassVar[LeftOutReason]
    LEFT_OUT_REASON_UNAVAILABLE: _ClassVar[LeftOutReason]
    LEFT_OUT_REASON_CONFLICT: _ClassVar[LeftOutReason]
    LEFT_OUT_REASON_LOSS: _ClassVar[LeftOutReason]
    LEFT_OUT_REASON_NO_GAIN: _ClassVar[LeftOutReason]
    LEFT_OUT_REASON_UNDETERMINED: _ClassVar[LeftOutReason]
PLAN_QUANTITY_UNSPECIFIED: PlanQuantity
PLAN_QUANTITY_HOURS: PlanQuantity
PLAN_QUANTITY_COST: PlanQuantity
PLAN_QUANTITY_CREDITS: PlanQuantity
PLAN_OBJECTIVE_UNSPECIFIED: PlanObjective
PLAN_OBJECTIVE_MOST_CLOSED: PlanObjective
PLAN_OBJECTIVE_LEAST_HOURS: PlanObjective
PLAN_OBJECTIVE_LEAST_COST: PlanObjective
PLAN_OBJECTIVE_FEWEST_COURSES: PlanObjective
PLAN_OBJECTIVE_FEWEST_TERMS: PlanObjective
PLAN_STATUS_UNSPECIFIED: PlanStatus
PLAN_STATUS_OPTIMAL: PlanStatus
PLAN_STATUS_FEASIBLE: PlanStatus
PLAN_STATUS_INFEASIBLE: PlanStatus
PLAN_STATUS_UNKNOWN: PlanStatus
RESIDUAL_REASON_UNSPECIFIED: ResidualReason
RESIDUAL_REASON_NO_COURSE: ResidualReason
RESIDUAL_REASON_ONLY_PARTLY: ResidualReason
RESIDUAL_REASON_LIMITS: ResidualReason
RESIDUAL_REASON_CERTIFICATE: ResidualReason
RESIDUAL_REASON_SOFT_SKILL: ResidualReason
LEFT_OUT_REASON_UNSPECIFIED: LeftOutReason
LEFT_OUT_REASON_UNAVAILABLE: LeftOutReason
LEFT_OUT_REASON_CONFLICT: LeftOutReason
LEFT_OUT_REASON_LOSS: LeftOutReason
LEFT_OUT_REASON_NO_GAIN: LeftOutReason
LEFT_OUT_REASON_UNDETERMINED: LeftOutReason

class PlanCoursesRequest(_message.Message):
    __slots__ = ("candidate", "target", "filter", "limits", "objectives", "alternative_count", "left_out_count", "solve_limit_s", "strict_prerequisites", "language", "omit_evidence", "include_soft_skills")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVES_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_COUNT_FIELD_NUMBER: _ClassVar[int]
    SOLVE_LIMIT_S_FIELD_NUMBER: _ClassVar[int]
    STRICT_PREREQUISITES_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_SOFT_SKILLS_FIELD_NUMBER: _ClassVar[int]
    candidate: _match_pb2.Query
    target: _target_pb2.Target
    filter: str
    limits: PlanLimits
    objectives: _containers.RepeatedScalarFieldContainer[PlanObjective]
    alternative_count: int
    left_out_count: int
    solve_limit_s: float
    strict_prerequisites: bool
    language: str
    omit_evidence: bool
    include_soft_skills: bool
    def __init__(self, candidate: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., filter: _Optional[str] = ..., limits: _Optional[_Union[PlanLimits, _Mapping]] = ..., objectives: _Optional[_Iterable[_Union[PlanObjective, str]]] = ..., alternative_count: _Optional[int] = ..., left_out_count: _Optional[int] = ..., solve_limit_s: _Optional[float] = ..., strict_prerequisites: _Optional[bool] = ..., language: _Optional[str] = ..., omit_evidence: _Optional[bool] = ..., include_soft_skills: _Optional[bool] = ...) -> None: ...

class PlanLimits(_message.Message):
    __slots__ = ("max_hours", "max_cost_fen", "max_credits", "min_credits", "max_courses", "max_terms", "max_hours_per_term", "term_starts", "require_known_dates", "min_practice_share", "min_course_value", "deliveries", "languages", "organisations", "completed", "must_include", "must_exclude", "allow_unknown")
    MAX_HOURS_FIELD_NUMBER: _ClassVar[int]
    MAX_COST_FEN_FIELD_NUMBER: _ClassVar[int]
    MAX_CREDITS_FIELD_NUMBER: _ClassVar[int]
    MIN_CREDITS_FIELD_NUMBER: _ClassVar[int]
    MAX_COURSES_FIELD_NUMBER: _ClassVar[int]
    MAX_TERMS_FIELD_NUMBER: _ClassVar[int]
    MAX_HOURS_PER_TERM_FIELD_NUMBER: _ClassVar[int]
    TERM_STARTS_FIELD_NUMBER: _ClassVar[int]
    REQUIRE_KNOWN_DATES_FIELD_NUMBER: _ClassVar[int]
    MIN_PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    MIN_COURSE_VALUE_FIELD_NUMBER: _ClassVar[int]
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    ORGANISATIONS_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    MUST_INCLUDE_FIELD_NUMBER: _ClassVar[int]
    MUST_EXCLUDE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    max_hours: float
    max_cost_fen: int
    max_credits: float
    min_credits: float
    max_courses: int
    max_terms: int
    max_hours_per_term: float
    term_starts: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    require_known_dates: bool
    min_practice_share: float
    min_course_value: float
    deliveries: _containers.RepeatedScalarFieldContainer[_document_pb2.Delivery]
    languages: _containers.RepeatedScalarFieldContainer[str]
    organisations: _containers.RepeatedScalarFieldContainer[str]
    completed: _containers.RepeatedScalarFieldContainer[str]
    must_include: _containers.RepeatedScalarFieldContainer[str]
    must_exclude: _containers.RepeatedScalarFieldContainer[str]
    allow_unknown: _containers.RepeatedScalarFieldContainer[PlanQuantity]
    def __init__(self, max_hours: _Optional[float] = ..., max_cost_fen: _Optional[int] = ..., max_credits: _Optional[float] = ..., min_credits: _Optional[float] = ..., max_courses: _Optional[int] = ..., max_terms: _Optional[int] = ..., max_hours_per_term: _Optional[float] = ..., term_starts: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., require_known_dates: _Optional[bool] = ..., min_practice_share: _Optional[float] = ..., min_course_value: _Optional[float] = ..., deliveries: _Optional[_Iterable[_Union[_document_pb2.Delivery, str]]] = ..., languages: _Optional[_Iterable[str]] = ..., organisations: _Optional[_Iterable[str]] = ..., completed: _Optional[_Iterable[str]] = ..., must_include: _Optional[_Iterable[str]] = ..., must_exclude: _Optional[_Iterable[str]] = ..., allow_unknown: _Optional[_Iterable[_Union[PlanQuantity, str]]] = ...) -> None: ...

class PlanCoursesResponse(_message.Message):
    __slots__ = ("status", "plan", "alternatives", "alternatives_complete", "residual_gaps", "left_out_courses", "conflict", "conflict_is_minimal", "open_weight", "covered_at", "course_count", "relevant_course_count", "solve_s", "explanation", "warnings", "versions")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_COMPLETE_FIELD_NUMBER: _ClassVar[int]
    RESIDUAL_GAPS_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_COURSES_FIELD_NUMBER: _ClassVar[int]
    CONFLICT_FIELD_NUMBER: _ClassVar[int]
    CONFLICT_IS_MINIMAL_FIELD_NUMBER: _ClassVar[int]
    OPEN_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    COVERED_AT_FIELD_NUMBER: _ClassVar[int]
    COURSE_COUNT_FIELD_NUMBER: _ClassVar[int]
    RELEVANT_COURSE_COUNT_FIELD_NUMBER: _ClassVar[int]
    SOLVE_S_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    status: PlanStatus
    plan: Plan
    alternatives: _containers.RepeatedCompositeFieldContainer[Plan]
    alternatives_complete: bool
    residual_gaps: _containers.RepeatedCompositeFieldContainer[ResidualGap]
    left_out_courses: _containers.RepeatedCompositeFieldContainer[LeftOutCourse]
    conflict: _containers.RepeatedScalarFieldContainer[str]
    conflict_is_minimal: bool
    open_weight: float
    covered_at: float
    course_count: int
    relevant_course_count: int
    solve_s: float
    explanation: str
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    versions: _match_pb2.Versions
    def __init__(self, status: _Optional[_Union[PlanStatus, str]] = ..., plan: _Optional[_Union[Plan, _Mapping]] = ..., alternatives: _Optional[_Iterable[_Union[Plan, _Mapping]]] = ..., alternatives_complete: _Optional[bool] = ..., residual_gaps: _Optional[_Iterable[_Union[ResidualGap, _Mapping]]] = ..., left_out_courses: _Optional[_Iterable[_Union[LeftOutCourse, _Mapping]]] = ..., conflict: _Optional[_Iterable[str]] = ..., conflict_is_minimal: _Optional[bool] = ..., open_weight: _Optional[float] = ..., covered_at: _Optional[float] = ..., course_count: _Optional[int] = ..., relevant_course_count: _Optional[int] = ..., solve_s: _Optional[float] = ..., explanation: _Optional[str] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...

class Plan(_message.Message):
    __slots__ = ("courses", "objectives", "closed_weight", "hours", "cost_fen", "credits", "practice_share", "unknown_hours_count", "unknown_cost_count", "unknown_credits_count")
    COURSES_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVES_FIELD_NUMBER: _ClassVar[int]
    CLOSED_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    COST_FEN_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_HOURS_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_COST_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_CREDITS_COUNT_FIELD_NUMBER: _ClassVar[int]
    courses: _containers.RepeatedCompositeFieldContainer[PlannedCourse]
    objectives: _containers.RepeatedCompositeFieldContainer[PlanObjectiveValue]
    closed_weight: float
    hours: float
    cost_fen: int
    credits: float
    practice_share: float
    unknown_hours_count: int
    unknown_cost_count: int
    unknown_credits_count: int
    def __init__(self, courses: _Optional[_Iterable[_Union[PlannedCourse, _Mapping]]] = ..., objectives: _Optional[_Iterable[_Union[PlanObjectiveValue, _Mapping]]] = ..., closed_weight: _Optional[float] = ..., hours: _Optional[float] = ..., cost_fen: _Optional[int] = ..., credits: _Optional[float] = ..., practice_share: _Optional[float] = ..., unknown_hours_count: _Optional[int] = ..., unknown_cost_count: _Optional[int] = ..., unknown_credits_count: _Optional[int] = ...) -> None: ...

class PlanObjectiveValue(_message.Message):
    __slots__ = ("objective", "value", "bound", "gap", "solve_s")
    OBJECTIVE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    BOUND_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    SOLVE_S_FIELD_NUMBER: _ClassVar[int]
    objective: PlanObjective
    value: float
    bound: float
    gap: float
    solve_s: float
    def __init__(self, objective: _Optional[_Union[PlanObjective, str]] = ..., value: _Optional[float] = ..., bound: _Optional[float] = ..., gap: _Optional[float] = ..., solve_s: _Optional[float] = ...) -> None: ...

class PlannedCourse(_message.Message):
    __slots__ = ("course", "title", "term", "facts", "contributions", "gain", "needed_for", "by_catch")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTIONS_FIELD_NUMBER: _ClassVar[int]
    GAIN_FIELD_NUMBER: _ClassVar[int]
    NEEDED_FOR_FIELD_NUMBER: _ClassVar[int]
    BY_CATCH_FIELD_NUMBER: _ClassVar[int]
    course: str
    title: str
    term: int
    facts: _document_pb2.Facts
    contributions: _containers.RepeatedCompositeFieldContainer[PlanContribution]
    gain: float
    needed_for: _containers.RepeatedScalarFieldContainer[str]
    by_catch: _containers.RepeatedCompositeFieldContainer[PlanContribution]
    def __init__(self, course: _Optional[str] = ..., title: _Optional[str] = ..., term: _Optional[int] = ..., facts: _Optional[_Union[_document_pb2.Facts, _Mapping]] = ..., contributions: _Optional[_Iterable[_Union[PlanContribution, _Mapping]]] = ..., gain: _Optional[float] = ..., needed_for: _Optional[_Iterable[str]] = ..., by_catch: _Optional[_Iterable[_Union[PlanContribution, _Mapping]]] = ...) -> None: ...

class PlanContribution(_message.Message):
    __slots__ = ("skill", "label", "level", "weight", "credit_before", "credit_after", "gain", "met_by", "met_by_label", "evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_AFTER_FIELD_NUMBER: _ClassVar[int]
    GAIN_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    MET_BY_LABEL_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    level: _taxonomy_pb2.Proficiency
    weight: float
    credit_before: float
    credit_after: float
    gain: float
    met_by: str
    met_by_label: str
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., weight: _Optional[float] = ..., credit_before: _Optional[float] = ..., credit_after: _Optional[float] = ..., gain: _Optional[float] = ..., met_by: _Optional[str] = ..., met_by_label: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

class ResidualGap(_message.Message):
    __slots__ = ("skill", "label", "level", "weight", "credit", "reason", "best_credit", "best_course")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BEST_CREDIT_FIELD_NUMBER: _ClassVar[int]
    BEST_COURSE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    level: _taxonomy_pb2.Proficiency
    weight: float
    credit: float
    reason: ResidualReason
    best_credit: float
    best_course: str
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., weight: _Optional[float] = ..., credit: _Optional[float] = ..., reason: _Optional[_Union[ResidualReason, str]] = ..., best_credit: _Optional[float] = ..., best_course: _Optional[str] = ...) -> None: ...

class LeftOutCourse(_message.Message):
    __slots__ = ("course", "title", "value", "reason", "objective", "loss", "limits", "covered_by", "is_covered")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    OBJECTIVE_FIELD_NUMBER: _ClassVar[int]
    LOSS_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    COVERED_BY_FIELD_NUMBER: _ClassVar[int]
    IS_COVERED_FIELD_NUMBER: _ClassVar[int]
    course: str
    title: str
    value: float
    reason: LeftOutReason
    objective: PlanObjective
    loss: float
    limits: _containers.RepeatedScalarFieldContainer[str]
    covered_by: _containers.RepeatedScalarFieldContainer[str]
    is_covered: bool
    def __init__(self, course: _Optional[str] = ..., title: _Optional[str] = ..., value: _Optional[float] = ..., reason: _Optional[_Union[LeftOutReason, str]] = ..., objective: _Optional[_Union[PlanObjective, str]] = ..., loss: _Optional[float] = ..., limits: _Optional[_Iterable[str]] = ..., covered_by: _Optional[_Iterable[str]] = ..., is_covered: _Optional[bool] = ...) -> None: ...
