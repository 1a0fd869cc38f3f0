import datetime

from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
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

class BundleGoal(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BUNDLE_GOAL_UNSPECIFIED: _ClassVar[BundleGoal]
    BUNDLE_GOAL_PER_HOUR: _ClassVar[BundleGoal]
    BUNDLE_GOAL_COVERED: _ClassVar[BundleGoal]

class ExportFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPORT_FORMAT_UNSPECIFIED: _ClassVar[ExportFormat]
    EXPORT_FORMAT_MARKDOWN: _ClassVar[ExportFormat]
    EXPORT_FORMAT_DOCX: _ClassVar[ExportFormat]
    EXPORT_FORMAT_CTDL: _ClassVar[ExportFormat]
    EXPORT_FORMAT_OPEN_BADGE: _ClassVar[ExportFormat]
BUNDLE_GOAL_UNSPECIFIED: BundleGoal
BUNDLE_GOAL_PER_HOUR: BundleGoal
BUNDLE_GOAL_COVERED: BundleGoal
EXPORT_FORMAT_UNSPECIFIED: ExportFormat
EXPORT_FORMAT_MARKDOWN: ExportFormat
EXPORT_FORMAT_DOCX: ExportFormat
EXPORT_FORMAT_CTDL: ExportFormat
EXPORT_FORMAT_OPEN_BADGE: ExportFormat

class BundleLimits(_message.Message):
    __slots__ = ("min_courses", "max_courses", "max_hours", "min_practice_share", "min_coverage", "required_courses", "excluded_courses")
    MIN_COURSES_FIELD_NUMBER: _ClassVar[int]
    MAX_COURSES_FIELD_NUMBER: _ClassVar[int]
    MAX_HOURS_FIELD_NUMBER: _ClassVar[int]
    MIN_PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    MIN_COVERAGE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_COURSES_FIELD_NUMBER: _ClassVar[int]
    EXCLUDED_COURSES_FIELD_NUMBER: _ClassVar[int]
    min_courses: int
    max_courses: int
    max_hours: float
    min_practice_share: float
    min_coverage: float
    required_courses: _containers.RepeatedScalarFieldContainer[str]
    excluded_courses: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, min_courses: _Optional[int] = ..., max_courses: _Optional[int] = ..., max_hours: _Optional[float] = ..., min_practice_share: _Optional[float] = ..., min_coverage: _Optional[float] = ..., required_courses: _Optional[_Iterable[str]] = ..., excluded_courses: _Optional[_Iterable[str]] = ...) -> None: ...

class DesignCredentialRequest(_message.Message):
    __slots__ = ("cohort", "title", "goal", "limits", "course_filter", "compare_courses", "time_limit_s", "language")
    COHORT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    COURSE_FILTER_FIELD_NUMBER: _ClassVar[int]
    COMPARE_COURSES_FIELD_NUMBER: _ClassVar[int]
    TIME_LIMIT_S_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    cohort: _target_pb2.Cohort
    title: str
    goal: BundleGoal
    limits: BundleLimits
    course_filter: str
    compare_courses: _containers.RepeatedScalarFieldContainer[str]
    time_limit_s: float
    language: str
    def __init__(self, cohort: _Optional[_Union[_target_pb2.Cohort, _Mapping]] = ..., title: _Optional[str] = ..., goal: _Optional[_Union[BundleGoal, str]] = ..., limits: _Optional[_Union[BundleLimits, _Mapping]] = ..., course_filter: _Optional[str] = ..., compare_courses: _Optional[_Iterable[str]] = ..., time_limit_s: _Optional[float] = ..., language: _Optional[str] = ...) -> None: ...

class DesignCredentialResponse(_message.Message):
    __slots__ = ("bundle", "solution", "found", "greedy", "compared", "overlaps", "left_out", "versions", "warnings")
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    SOLUTION_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    GREEDY_FIELD_NUMBER: _ClassVar[int]
    COMPARED_FIELD_NUMBER: _ClassVar[int]
    OVERLAPS_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    bundle: Bundle
    solution: BundleSolution
    found: BundleScore
    greedy: BundleScore
    compared: BundleScore
    overlaps: _containers.RepeatedCompositeFieldContainer[BundleOverlap]
    left_out: _containers.RepeatedCompositeFieldContainer[IneligibleCourse]
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    def __init__(self, bundle: _Optional[_Union[Bundle, _Mapping]] = ..., solution: _Optional[_Union[BundleSolution, _Mapping]] = ..., found: _Optional[_Union[BundleScore, _Mapping]] = ..., greedy: _Optional[_Union[BundleScore, _Mapping]] = ..., compared: _Optional[_Union[BundleScore, _Mapping]] = ..., overlaps: _Optional[_Iterable[_Union[BundleOverlap, _Mapping]]] = ..., left_out: _Optional[_Iterable[_Union[IneligibleCourse, _Mapping]]] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ...) -> None: ...

class BundleSolution(_message.Message):
    __slots__ = ("goal", "value", "bound", "optimal", "solve_count", "course_count", "solve_s")
    GOAL_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    BOUND_FIELD_NUMBER: _ClassVar[int]
    OPTIMAL_FIELD_NUMBER: _ClassVar[int]
    SOLVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    COURSE_COUNT_FIELD_NUMBER: _ClassVar[int]
    SOLVE_S_FIELD_NUMBER: _ClassVar[int]
    goal: BundleGoal
    value: float
    bound: float
    optimal: bool
    solve_count: int
    course_count: int
    solve_s: float
    def __init__(self, goal: _Optional[_Union[BundleGoal, str]] = ..., value: _Optional[float] = ..., bound: _Optional[float] = ..., optimal: _Optional[bool] = ..., solve_count: _Optional[int] = ..., course_count: _Optional[int] = ..., solve_s: _Optional[float] = ...) -> None: ...

class BundleScore(_message.Message):
    __slots__ = ("courses", "covered", "hours", "covered_per_hour")
    COURSES_FIELD_NUMBER: _ClassVar[int]
    COVERED_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    COVERED_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    courses: _containers.RepeatedScalarFieldContainer[str]
    covered: float
    hours: float
    covered_per_hour: float
    def __init__(self, courses: _Optional[_Iterable[str]] = ..., covered: _Optional[float] = ..., hours: _Optional[float] = ..., covered_per_hour: _Optional[float] = ...) -> None: ...

class IneligibleCourse(_message.Message):
    __slots__ = ("course", "reason")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    course: str
    reason: str
    def __init__(self, course: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class Bundle(_message.Message):
    __slots__ = ("title", "summary", "courses", "hours", "credits", "practice_share", "courses_without_hours", "occupations", "skills", "posting_count", "covered")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    COURSES_WITHOUT_HOURS_FIELD_NUMBER: _ClassVar[int]
    OCCUPATIONS_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    COVERED_FIELD_NUMBER: _ClassVar[int]
    title: str
    summary: str
    courses: _containers.RepeatedCompositeFieldContainer[BundleCourse]
    hours: float
    credits: float
    practice_share: float
    courses_without_hours: _containers.RepeatedScalarFieldContainer[str]
    occupations: _containers.RepeatedCompositeFieldContainer[TargetOccupation]
    skills: _containers.RepeatedCompositeFieldContainer[BundleSkill]
    posting_count: int
    covered: float
    def __init__(self, title: _Optional[str] = ..., summary: _Optional[str] = ..., courses: _Optional[_Iterable[_Union[BundleCourse, _Mapping]]] = ..., hours: _Optional[float] = ..., credits: _Optional[float] = ..., practice_share: _Optional[float] = ..., courses_without_hours: _Optional[_Iterable[str]] = ..., occupations: _Optional[_Iterable[_Union[TargetOccupation, _Mapping]]] = ..., skills: _Optional[_Iterable[_Union[BundleSkill, _Mapping]]] = ..., posting_count: _Optional[int] = ..., covered: _Optional[float] = ...) -> None: ...

class BundleCourse(_message.Message):
    __slots__ = ("course", "title", "hours", "credits", "practice_share", "delivery", "after", "entry_requirements", "assessment", "adds", "deleted")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    ENTRY_REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    ADDS_FIELD_NUMBER: _ClassVar[int]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    course: str
    title: str
    hours: float
    credits: float
    practice_share: float
    delivery: _document_pb2.Delivery
    after: _containers.RepeatedScalarFieldContainer[str]
    entry_requirements: _containers.RepeatedScalarFieldContainer[str]
    assessment: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    adds: float
    deleted: bool
    def __init__(self, course: _Optional[str] = ..., title: _Optional[str] = ..., hours: _Optional[float] = ..., credits: _Optional[float] = ..., practice_share: _Optional[float] = ..., delivery: _Optional[_Union[_document_pb2.Delivery, str]] = ..., after: _Optional[_Iterable[str]] = ..., entry_requirements: _Optional[_Iterable[str]] = ..., assessment: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., adds: _Optional[float] = ..., deleted: _Optional[bool] = ...) -> None: ...

class TargetOccupation(_message.Message):
    __slots__ = ("occupation", "label", "posting_count", "titles")
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    TITLES_FIELD_NUMBER: _ClassVar[int]
    occupation: str
    label: str
    posting_count: int
    titles: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, occupation: _Optional[str] = ..., label: _Optional[str] = ..., posting_count: _Optional[int] = ..., titles: _Optional[_Iterable[str]] = ...) -> None: ...

class BundleSkill(_message.Message):
    __slots__ = ("skill", "label", "kind", "importance", "asked_level", "status", "weight", "demand_share", "credit", "taught_level", "course", "met_by", "demand_evidence", "course_evidence", "taught_elsewhere")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    ASKED_LEVEL_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    DEMAND_SHARE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    TAUGHT_LEVEL_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    DEMAND_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    COURSE_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    TAUGHT_ELSEWHERE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    kind: _taxonomy_pb2.SkillKind
    importance: _taxonomy_pb2.Importance
    asked_level: _taxonomy_pb2.Proficiency
    status: _match_pb2.RequirementStatus
    weight: float
    demand_share: float
    credit: float
    taught_level: _taxonomy_pb2.Proficiency
    course: str
    met_by: str
    demand_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    course_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    taught_elsewhere: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[_taxonomy_pb2.SkillKind, str]] = ..., importance: _Optional[_Union[_taxonomy_pb2.Importance, str]] = ..., asked_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., status: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., weight: _Optional[float] = ..., demand_share: _Optional[float] = ..., credit: _Optional[float] = ..., taught_level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., course: _Optional[str] = ..., met_by: _Optional[str] = ..., demand_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., course_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., taught_elsewhere: _Optional[_Iterable[str]] = ...) -> None: ...

class BundleOverlap(_message.Message):
    __slots__ = ("credential", "title", "shared_courses", "shared_skills")
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SHARED_COURSES_FIELD_NUMBER: _ClassVar[int]
    SHARED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    credential: str
    title: str
    shared_courses: _containers.RepeatedScalarFieldContainer[str]
    shared_skills: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, credential: _Optional[str] = ..., title: _Optional[str] = ..., shared_courses: _Optional[_Iterable[str]] = ..., shared_skills: _Optional[_Iterable[str]] = ...) -> None: ...

class Credential(_message.Message):
    __slots__ = ("name", "title", "courses", "cohort", "summary", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    COHORT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    courses: _containers.RepeatedScalarFieldContainer[str]
    cohort: _target_pb2.Cohort
    summary: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., courses: _Optional[_Iterable[str]] = ..., cohort: _Optional[_Union[_target_pb2.Cohort, _Mapping]] = ..., summary: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateCredentialRequest(_message.Message):
    __slots__ = ("credential", "language")
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    credential: Credential
    language: str
    def __init__(self, credential: _Optional[_Union[Credential, _Mapping]] = ..., language: _Optional[str] = ...) -> None: ...

class CredentialView(_message.Message):
    __slots__ = ("credential", "bundle", "overlaps", "versions", "warnings")
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    OVERLAPS_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    credential: Credential
    bundle: Bundle
    overlaps: _containers.RepeatedCompositeFieldContainer[BundleOverlap]
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    def __init__(self, credential: _Optional[_Union[Credential, _Mapping]] = ..., bundle: _Optional[_Union[Bundle, _Mapping]] = ..., overlaps: _Optional[_Iterable[_Union[BundleOverlap, _Mapping]]] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ...) -> None: ...

class CreateCredentialResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: CredentialView
    def __init__(self, view: _Optional[_Union[CredentialView, _Mapping]] = ...) -> None: ...

class GetCredentialRequest(_message.Message):
    __slots__ = ("name", "language")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    name: str
    language: str
    def __init__(self, name: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class GetCredentialResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: CredentialView
    def __init__(self, view: _Optional[_Union[CredentialView, _Mapping]] = ...) -> None: ...

class ListCredentialsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCredentialsResponse(_message.Message):
    __slots__ = ("credentials", "next_page_token", "total_size")
    CREDENTIALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    credentials: _containers.RepeatedCompositeFieldContainer[Credential]
    next_page_token: str
    total_size: int
    def __init__(self, credentials: _Optional[_Iterable[_Union[Credential, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class DeleteCredentialRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteCredentialResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class StackCredentialsRequest(_message.Message):
    __slots__ = ("candidate", "held_credentials")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    HELD_CREDENTIALS_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    held_credentials: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, candidate: _Optional[str] = ..., held_credentials: _Optional[_Iterable[str]] = ...) -> None: ...

class StackCredentialsResponse(_message.Message):
    __slots__ = ("steps",)
    STEPS_FIELD_NUMBER: _ClassVar[int]
    steps: _containers.RepeatedCompositeFieldContainer[CredentialStep]
    def __init__(self, steps: _Optional[_Iterable[_Union[CredentialStep, _Mapping]]] = ...) -> None: ...

class CredentialStep(_message.Message):
    __slots__ = ("credential", "title", "completed_courses", "courses_left", "hours_left", "held")
    CREDENTIAL_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_COURSES_FIELD_NUMBER: _ClassVar[int]
    COURSES_LEFT_FIELD_NUMBER: _ClassVar[int]
    HOURS_LEFT_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    credential: str
    title: str
    completed_courses: _containers.RepeatedScalarFieldContainer[str]
    courses_left: _containers.RepeatedScalarFieldContainer[str]
    hours_left: float
    held: bool
    def __init__(self, credential: _Optional[str] = ..., title: _Optional[str] = ..., completed_courses: _Optional[_Iterable[str]] = ..., courses_left: _Optional[_Iterable[str]] = ..., hours_left: _Optional[float] = ..., held: _Optional[bool] = ...) -> None: ...

class ExportCredentialRequest(_message.Message):
    __slots__ = ("name", "format", "language", "issuer", "base_url")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    ISSUER_FIELD_NUMBER: _ClassVar[int]
    BASE_URL_FIELD_NUMBER: _ClassVar[int]
    name: str
    format: ExportFormat
    language: str
    issuer: str
    base_url: str
    def __init__(self, name: _Optional[str] = ..., format: _Optional[_Union[ExportFormat, str]] = ..., language: _Optional[str] = ..., issuer: _Optional[str] = ..., base_url: _Optional[str] = ...) -> None: ...

class ExportCredentialResponse(_message.Message):
    __slots__ = ("content", "media_type", "filename")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    media_type: str
    filename: str
    def __init__(self, content: _Optional[bytes] = ..., media_type: _Optional[str] = ..., filename: _Optional[str] = ...) -> None: ...

class Completion(_message.Message):
    __slots__ = ("name", "subject", "completed_on", "verified_by", "courses", "record_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_ON_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_BY_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    subject: str
    completed_on: _date_pb2.Date
    verified_by: str
    courses: _containers.RepeatedScalarFieldContainer[str]
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., subject: _Optional[str] = ..., completed_on: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., verified_by: _Optional[str] = ..., courses: _Optional[_Iterable[str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ProvedSkill(_message.Message):
    __slots__ = ("skill", "label", "level", "evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    level: _taxonomy_pb2.Proficiency
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

class CompletionView(_message.Message):
    __slots__ = ("completion", "proved_skills", "warnings")
    COMPLETION_FIELD_NUMBER: _ClassVar[int]
    PROVED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    completion: Completion
    proved_skills: _containers.RepeatedCompositeFieldContainer[ProvedSkill]
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    def __init__(self, completion: _Optional[_Union[Completion, _Mapping]] = ..., proved_skills: _Optional[_Iterable[_Union[ProvedSkill, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ...) -> None: ...

class RecordCompletionRequest(_message.Message):
    __slots__ = ("candidate", "completion", "request_id", "language")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    COMPLETION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    completion: Completion
    request_id: str
    language: str
    def __init__(self, candidate: _Optional[str] = ..., completion: _Optional[_Union[Completion, _Mapping]] = ..., request_id: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class RecordCompletionResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: CompletionView
    def __init__(self, view: _Optional[_Union[CompletionView, _Mapping]] = ...) -> None: ...

class ListCompletionsRequest(_message.Message):
    __slots__ = ("candidate", "language")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    language: str
    def __init__(self, candidate: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class ListCompletionsResponse(_message.Message):
    __slots__ = ("completions",)
    COMPLETIONS_FIELD_NUMBER: _ClassVar[int]
    completions: _containers.RepeatedCompositeFieldContainer[CompletionView]
    def __init__(self, completions: _Optional[_Iterable[_Union[CompletionView, _Mapping]]] = ...) -> None: ...

class DeleteCompletionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteCompletionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetGrowthRequest(_message.Message):
    __slots__ = ("candidate", "target", "language")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    target: _target_pb2.Target
    language: str
    def __init__(self, candidate: _Optional[str] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., language: _Optional[str] = ...) -> None: ...

class GetGrowthResponse(_message.Message):
    __slots__ = ("points", "weight", "versions", "warnings")
    POINTS_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    points: _containers.RepeatedCompositeFieldContainer[GrowthPoint]
    weight: float
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    def __init__(self, points: _Optional[_Iterable[_Union[GrowthPoint, _Mapping]]] = ..., weight: _Optional[float] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ...) -> None: ...

class GrowthPoint(_message.Message):
    __slots__ = ("completion", "open_weight", "coverage", "steps")
    COMPLETION_FIELD_NUMBER: _ClassVar[int]
    OPEN_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    completion: Completion
    open_weight: float
    coverage: float
    steps: _containers.RepeatedCompositeFieldContainer[GrowthStep]
    def __init__(self, completion: _Optional[_Union[Completion, _Mapping]] = ..., open_weight: _Optional[float] = ..., coverage: _Optional[float] = ..., steps: _Optional[_Iterable[_Union[GrowthStep, _Mapping]]] = ...) -> None: ...

class GrowthStep(_message.Message):
    __slots__ = ("skill", "label", "status_before", "status_after", "credit_before", "credit_after", "weight", "met_by", "evidence")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    STATUS_BEFORE_FIELD_NUMBER: _ClassVar[int]
    STATUS_AFTER_FIELD_NUMBER: _ClassVar[int]
    CREDIT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_AFTER_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    status_before: _match_pb2.RequirementStatus
    status_after: _match_pb2.RequirementStatus
    credit_before: float
    credit_after: float
    weight: float
    met_by: str
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., status_before: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., status_after: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., credit_before: _Optional[float] = ..., credit_after: _Optional[float] = ..., weight: _Optional[float] = ..., met_by: _Optional[str] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...
