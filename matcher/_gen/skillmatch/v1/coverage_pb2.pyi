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

class Shortfall(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHORTFALL_UNSPECIFIED: _ClassVar[Shortfall]
    SHORTFALL_LOWER_LEVEL: _ClassVar[Shortfall]
    SHORTFALL_LEVEL_UNSTATED: _ClassVar[Shortfall]
    SHORTFALL_RELATED_SKILL: _ClassVar[Shortfall]

class RequirementGroup(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REQUIREMENT_GROUP_UNSPECIFIED: _ClassVar[RequirementGroup]
    REQUIREMENT_GROUP_ESSENTIAL: _ClassVar[RequirementGroup]
    REQUIREMENT_GROUP_PREFERRED: _ClassVar[RequirementGroup]
    REQUIREMENT_GROUP_SOFT: _ClassVar[RequirementGroup]
    REQUIREMENT_GROUP_CERTIFICATE: _ClassVar[RequirementGroup]

class AlignmentBand(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALIGNMENT_BAND_UNSPECIFIED: _ClassVar[AlignmentBand]
    ALIGNMENT_BAND_HIGH: _ClassVar[AlignmentBand]
    ALIGNMENT_BAND_MEDIUM: _ClassVar[AlignmentBand]
    ALIGNMENT_BAND_LOW: _ClassVar[AlignmentBand]

class PrerequisiteStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PREREQUISITE_STATUS_UNSPECIFIED: _ClassVar[PrerequisiteStatus]
    PREREQUISITE_STATUS_NOT_TAUGHT: _ClassVar[PrerequisiteStatus]
    PREREQUISITE_STATUS_TAUGHT_IN_PART: _ClassVar[PrerequisiteStatus]
    PREREQUISITE_STATUS_TAUGHT_LATER: _ClassVar[PrerequisiteStatus]
    PREREQUISITE_STATUS_TITLE_LATER: _ClassVar[PrerequisiteStatus]
    PREREQUISITE_STATUS_NOT_RECOGNISED: _ClassVar[PrerequisiteStatus]
SHORTFALL_UNSPECIFIED: Shortfall
SHORTFALL_LOWER_LEVEL: Shortfall
SHORTFALL_LEVEL_UNSTATED: Shortfall
SHORTFALL_RELATED_SKILL: Shortfall
REQUIREMENT_GROUP_UNSPECIFIED: RequirementGroup
REQUIREMENT_GROUP_ESSENTIAL: RequirementGroup
REQUIREMENT_GROUP_PREFERRED: RequirementGroup
REQUIREMENT_GROUP_SOFT: RequirementGroup
REQUIREMENT_GROUP_CERTIFICATE: RequirementGroup
ALIGNMENT_BAND_UNSPECIFIED: AlignmentBand
ALIGNMENT_BAND_HIGH: AlignmentBand
ALIGNMENT_BAND_MEDIUM: AlignmentBand
ALIGNMENT_BAND_LOW: AlignmentBand
PREREQUISITE_STATUS_UNSPECIFIED: PrerequisiteStatus
PREREQUISITE_STATUS_NOT_TAUGHT: PrerequisiteStatus
PREREQUISITE_STATUS_TAUGHT_IN_PART: PrerequisiteStatus
PREREQUISITE_STATUS_TAUGHT_LATER: PrerequisiteStatus
PREREQUISITE_STATUS_TITLE_LATER: PrerequisiteStatus
PREREQUISITE_STATUS_NOT_RECOGNISED: PrerequisiteStatus

class Programme(_message.Message):
    __slots__ = ("title", "courses", "filter", "documents", "terms")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    title: str
    courses: _containers.RepeatedScalarFieldContainer[str]
    filter: str
    documents: _containers.RepeatedCompositeFieldContainer[_document_pb2.Document]
    terms: _containers.RepeatedCompositeFieldContainer[CourseTerm]
    def __init__(self, title: _Optional[str] = ..., courses: _Optional[_Iterable[str]] = ..., filter: _Optional[str] = ..., documents: _Optional[_Iterable[_Union[_document_pb2.Document, _Mapping]]] = ..., terms: _Optional[_Iterable[_Union[CourseTerm, _Mapping]]] = ...) -> None: ...

class CourseTerm(_message.Message):
    __slots__ = ("course", "term")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    course: str
    term: int
    def __init__(self, course: _Optional[str] = ..., term: _Optional[int] = ...) -> None: ...

class CoverPostingRequest(_message.Message):
    __slots__ = ("target", "programme", "essential_only", "accept_partial", "max_courses", "with_evidence", "solve_limit_s", "language")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    PROGRAMME_FIELD_NUMBER: _ClassVar[int]
    ESSENTIAL_ONLY_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_PARTIAL_FIELD_NUMBER: _ClassVar[int]
    MAX_COURSES_FIELD_NUMBER: _ClassVar[int]
    WITH_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SOLVE_LIMIT_S_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    target: _target_pb2.Target
    programme: Programme
    essential_only: bool
    accept_partial: bool
    max_courses: int
    with_evidence: bool
    solve_limit_s: float
    language: str
    def __init__(self, target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., programme: _Optional[_Union[Programme, _Mapping]] = ..., essential_only: _Optional[bool] = ..., accept_partial: _Optional[bool] = ..., max_courses: _Optional[int] = ..., with_evidence: _Optional[bool] = ..., solve_limit_s: _Optional[float] = ..., language: _Optional[str] = ...) -> None: ...

class CoveringCourse(_message.Message):
    __slots__ = ("course", "title", "hours", "term", "covered_count", "met_weight")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    COVERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    MET_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    course: str
    title: str
    hours: float
    term: int
    covered_count: int
    met_weight: float
    def __init__(self, course: _Optional[str] = ..., title: _Optional[str] = ..., hours: _Optional[float] = ..., term: _Optional[int] = ..., covered_count: _Optional[int] = ..., met_weight: _Optional[float] = ...) -> None: ...

class CoverageCell(_message.Message):
    __slots__ = ("course", "status", "credit", "met_by", "level", "shortfall", "evidence")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    MET_BY_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    course: str
    status: _match_pb2.RequirementStatus
    credit: float
    met_by: str
    level: _taxonomy_pb2.Proficiency
    shortfall: Shortfall
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, course: _Optional[str] = ..., status: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., credit: _Optional[float] = ..., met_by: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., shortfall: _Optional[_Union[Shortfall, str]] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

class RequirementCoverage(_message.Message):
    __slots__ = ("requirement", "group", "status", "credit", "best_course", "shortfall", "cells")
    REQUIREMENT_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    BEST_COURSE_FIELD_NUMBER: _ClassVar[int]
    SHORTFALL_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    requirement: _target_pb2.TargetRequirement
    group: RequirementGroup
    status: _match_pb2.RequirementStatus
    credit: float
    best_course: str
    shortfall: Shortfall
    cells: _containers.RepeatedCompositeFieldContainer[CoverageCell]
    def __init__(self, requirement: _Optional[_Union[_target_pb2.TargetRequirement, _Mapping]] = ..., group: _Optional[_Union[RequirementGroup, str]] = ..., status: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., credit: _Optional[float] = ..., best_course: _Optional[str] = ..., shortfall: _Optional[_Union[Shortfall, str]] = ..., cells: _Optional[_Iterable[_Union[CoverageCell, _Mapping]]] = ...) -> None: ...

class GroupCoverage(_message.Message):
    __slots__ = ("group", "required_count", "covered_count", "partial_count", "missing_count", "weight", "met_weight", "coverage")
    GROUP_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_COUNT_FIELD_NUMBER: _ClassVar[int]
    COVERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    MISSING_COUNT_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    MET_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    group: RequirementGroup
    required_count: int
    covered_count: int
    partial_count: int
    missing_count: int
    weight: float
    met_weight: float
    coverage: float
    def __init__(self, group: _Optional[_Union[RequirementGroup, str]] = ..., required_count: _Optional[int] = ..., covered_count: _Optional[int] = ..., partial_count: _Optional[int] = ..., missing_count: _Optional[int] = ..., weight: _Optional[float] = ..., met_weight: _Optional[float] = ..., coverage: _Optional[float] = ...) -> None: ...

class CourseSet(_message.Message):
    __slots__ = ("courses", "hours", "hours_unknown_count")
    COURSES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    HOURS_UNKNOWN_COUNT_FIELD_NUMBER: _ClassVar[int]
    courses: _containers.RepeatedScalarFieldContainer[str]
    hours: float
    hours_unknown_count: int
    def __init__(self, courses: _Optional[_Iterable[str]] = ..., hours: _Optional[float] = ..., hours_unknown_count: _Optional[int] = ...) -> None: ...

class CoveringSets(_message.Message):
    __slots__ = ("to_cover_count", "smallest", "greedy", "is_smallest", "size_bound", "has_least_hours", "solve_s")
    TO_COVER_COUNT_FIELD_NUMBER: _ClassVar[int]
    SMALLEST_FIELD_NUMBER: _ClassVar[int]
    GREEDY_FIELD_NUMBER: _ClassVar[int]
    IS_SMALLEST_FIELD_NUMBER: _ClassVar[int]
    SIZE_BOUND_FIELD_NUMBER: _ClassVar[int]
    HAS_LEAST_HOURS_FIELD_NUMBER: _ClassVar[int]
    SOLVE_S_FIELD_NUMBER: _ClassVar[int]
    to_cover_count: int
    smallest: CourseSet
    greedy: CourseSet
    is_smallest: bool
    size_bound: int
    has_least_hours: bool
    solve_s: float
    def __init__(self, to_cover_count: _Optional[int] = ..., smallest: _Optional[_Union[CourseSet, _Mapping]] = ..., greedy: _Optional[_Union[CourseSet, _Mapping]] = ..., is_smallest: _Optional[bool] = ..., size_bound: _Optional[int] = ..., has_least_hours: _Optional[bool] = ..., solve_s: _Optional[float] = ...) -> None: ...

class TargetSummary(_message.Message):
    __slots__ = ("name", "title", "posting_count", "requirement_count", "left_out_count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    posting_count: int
    requirement_count: int
    left_out_count: int
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., posting_count: _Optional[int] = ..., requirement_count: _Optional[int] = ..., left_out_count: _Optional[int] = ...) -> None: ...

class CoverPostingResponse(_message.Message):
    __slots__ = ("target", "requirements", "courses", "groups", "sets", "course_count", "helpful_course_count", "explanation", "versions")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    SETS_FIELD_NUMBER: _ClassVar[int]
    COURSE_COUNT_FIELD_NUMBER: _ClassVar[int]
    HELPFUL_COURSE_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    target: TargetSummary
    requirements: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    courses: _containers.RepeatedCompositeFieldContainer[CoveringCourse]
    groups: _containers.RepeatedCompositeFieldContainer[GroupCoverage]
    sets: CoveringSets
    course_count: int
    helpful_course_count: int
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, target: _Optional[_Union[TargetSummary, _Mapping]] = ..., requirements: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., courses: _Optional[_Iterable[_Union[CoveringCourse, _Mapping]]] = ..., groups: _Optional[_Iterable[_Union[GroupCoverage, _Mapping]]] = ..., sets: _Optional[_Union[CoveringSets, _Mapping]] = ..., course_count: _Optional[int] = ..., helpful_course_count: _Optional[int] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...

class AuditProgrammeRequest(_message.Message):
    __slots__ = ("programme", "target", "omit_evidence", "language")
    PROGRAMME_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    programme: Programme
    target: _target_pb2.Target
    omit_evidence: bool
    language: str
    def __init__(self, programme: _Optional[_Union[Programme, _Mapping]] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., omit_evidence: _Optional[bool] = ..., language: _Optional[str] = ...) -> None: ...

class Alignment(_message.Message):
    __slots__ = ("band", "without_evidence_count", "required_count", "share")
    BAND_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_EVIDENCE_COUNT_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_COUNT_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    band: AlignmentBand
    without_evidence_count: int
    required_count: int
    share: float
    def __init__(self, band: _Optional[_Union[AlignmentBand, str]] = ..., without_evidence_count: _Optional[int] = ..., required_count: _Optional[int] = ..., share: _Optional[float] = ...) -> None: ...

class Teaching(_message.Message):
    __slots__ = ("course", "level", "evidence")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    course: str
    level: _taxonomy_pb2.Proficiency
    evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    def __init__(self, course: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ...) -> None: ...

class TaughtSkill(_message.Message):
    __slots__ = ("skill", "label", "kind", "demand_weight", "teaching")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DEMAND_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    TEACHING_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    kind: _taxonomy_pb2.SkillKind
    demand_weight: float
    teaching: _containers.RepeatedCompositeFieldContainer[Teaching]
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., kind: _Optional[_Union[_taxonomy_pb2.SkillKind, str]] = ..., demand_weight: _Optional[float] = ..., teaching: _Optional[_Iterable[_Union[Teaching, _Mapping]]] = ...) -> None: ...

class MissingPrerequisite(_message.Message):
    __slots__ = ("course", "status", "skill", "label", "text", "level", "demand_evidence", "taught_by")
    COURSE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    DEMAND_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    TAUGHT_BY_FIELD_NUMBER: _ClassVar[int]
    course: str
    status: PrerequisiteStatus
    skill: str
    label: str
    text: str
    level: _taxonomy_pb2.Proficiency
    demand_evidence: _containers.RepeatedCompositeFieldContainer[_match_pb2.Evidence]
    taught_by: _containers.RepeatedCompositeFieldContainer[Teaching]
    def __init__(self, course: _Optional[str] = ..., status: _Optional[_Union[PrerequisiteStatus, str]] = ..., skill: _Optional[str] = ..., label: _Optional[str] = ..., text: _Optional[str] = ..., level: _Optional[_Union[_taxonomy_pb2.Proficiency, str]] = ..., demand_evidence: _Optional[_Iterable[_Union[_match_pb2.Evidence, _Mapping]]] = ..., taught_by: _Optional[_Iterable[_Union[Teaching, _Mapping]]] = ...) -> None: ...

class AuditProgrammeResponse(_message.Message):
    __slots__ = ("target", "courses", "alignment", "groups", "covered", "weakly_covered", "untaught", "soft_skills", "certificates", "undemanded", "overlaps", "missing_prerequisites", "prerequisite_count", "explanation", "versions")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    ALIGNMENT_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    COVERED_FIELD_NUMBER: _ClassVar[int]
    WEAKLY_COVERED_FIELD_NUMBER: _ClassVar[int]
    UNTAUGHT_FIELD_NUMBER: _ClassVar[int]
    SOFT_SKILLS_FIELD_NUMBER: _ClassVar[int]
    CERTIFICATES_FIELD_NUMBER: _ClassVar[int]
    UNDEMANDED_FIELD_NUMBER: _ClassVar[int]
    OVERLAPS_FIELD_NUMBER: _ClassVar[int]
    MISSING_PREREQUISITES_FIELD_NUMBER: _ClassVar[int]
    PREREQUISITE_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    target: TargetSummary
    courses: _containers.RepeatedCompositeFieldContainer[CoveringCourse]
    alignment: Alignment
    groups: _containers.RepeatedCompositeFieldContainer[GroupCoverage]
    covered: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    weakly_covered: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    untaught: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    soft_skills: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    certificates: _containers.RepeatedCompositeFieldContainer[RequirementCoverage]
    undemanded: _containers.RepeatedCompositeFieldContainer[TaughtSkill]
    overlaps: _containers.RepeatedCompositeFieldContainer[TaughtSkill]
    missing_prerequisites: _containers.RepeatedCompositeFieldContainer[MissingPrerequisite]
    prerequisite_count: int
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, target: _Optional[_Union[TargetSummary, _Mapping]] = ..., courses: _Optional[_Iterable[_Union[CoveringCourse, _Mapping]]] = ..., alignment: _Optional[_Union[Alignment, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[GroupCoverage, _Mapping]]] = ..., covered: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., weakly_covered: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., untaught: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., soft_skills: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., certificates: _Optional[_Iterable[_Union[RequirementCoverage, _Mapping]]] = ..., undemanded: _Optional[_Iterable[_Union[TaughtSkill, _Mapping]]] = ..., overlaps: _Optional[_Iterable[_Union[TaughtSkill, _Mapping]]] = ..., missing_prerequisites: _Optional[_Iterable[_Union[MissingPrerequisite, _Mapping]]] = ..., prerequisite_count: _Optional[int] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...

class SimulateCourseRequest(_message.Message):
    __slots__ = ("programme", "replaces", "course", "target", "covered_from", "omit_evidence", "language")
    PROGRAMME_FIELD_NUMBER: _ClassVar[int]
    REPLACES_FIELD_NUMBER: _ClassVar[int]
    COURSE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    COVERED_FROM_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    programme: Programme
    replaces: str
    course: _document_pb2.Document
    target: _target_pb2.Target
    covered_from: float
    omit_evidence: bool
    language: str
    def __init__(self, programme: _Optional[_Union[Programme, _Mapping]] = ..., replaces: _Optional[str] = ..., course: _Optional[_Union[_document_pb2.Document, _Mapping]] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., covered_from: _Optional[float] = ..., omit_evidence: _Optional[bool] = ..., language: _Optional[str] = ...) -> None: ...

class CoverageStanding(_message.Message):
    __slots__ = ("courses", "alignment", "groups", "covered_posting_count")
    COURSES_FIELD_NUMBER: _ClassVar[int]
    ALIGNMENT_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    COVERED_POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    courses: _containers.RepeatedCompositeFieldContainer[CoveringCourse]
    alignment: Alignment
    groups: _containers.RepeatedCompositeFieldContainer[GroupCoverage]
    covered_posting_count: int
    def __init__(self, courses: _Optional[_Iterable[_Union[CoveringCourse, _Mapping]]] = ..., alignment: _Optional[_Union[Alignment, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[GroupCoverage, _Mapping]]] = ..., covered_posting_count: _Optional[int] = ...) -> None: ...

class RequirementChange(_message.Message):
    __slots__ = ("requirement", "group", "status_before", "status_after", "credit_before", "credit_after", "best_before", "best_after")
    REQUIREMENT_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    STATUS_BEFORE_FIELD_NUMBER: _ClassVar[int]
    STATUS_AFTER_FIELD_NUMBER: _ClassVar[int]
    CREDIT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    CREDIT_AFTER_FIELD_NUMBER: _ClassVar[int]
    BEST_BEFORE_FIELD_NUMBER: _ClassVar[int]
    BEST_AFTER_FIELD_NUMBER: _ClassVar[int]
    requirement: _target_pb2.TargetRequirement
    group: RequirementGroup
    status_before: _match_pb2.RequirementStatus
    status_after: _match_pb2.RequirementStatus
    credit_before: float
    credit_after: float
    best_before: CoverageCell
    best_after: CoverageCell
    def __init__(self, requirement: _Optional[_Union[_target_pb2.TargetRequirement, _Mapping]] = ..., group: _Optional[_Union[RequirementGroup, str]] = ..., status_before: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., status_after: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., credit_before: _Optional[float] = ..., credit_after: _Optional[float] = ..., best_before: _Optional[_Union[CoverageCell, _Mapping]] = ..., best_after: _Optional[_Union[CoverageCell, _Mapping]] = ...) -> None: ...

class PostingChange(_message.Message):
    __slots__ = ("posting", "title", "coverage_before", "coverage_after")
    POSTING_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_BEFORE_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_AFTER_FIELD_NUMBER: _ClassVar[int]
    posting: str
    title: str
    coverage_before: float
    coverage_after: float
    def __init__(self, posting: _Optional[str] = ..., title: _Optional[str] = ..., coverage_before: _Optional[float] = ..., coverage_after: _Optional[float] = ...) -> None: ...

class SimulateCourseResponse(_message.Message):
    __slots__ = ("target", "before", "after", "requirements", "newly_covered_skills", "lost_skills", "newly_covered_postings", "lost_postings", "covered_from", "undefined_posting_count", "explanation", "versions")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    NEWLY_COVERED_SKILLS_FIELD_NUMBER: _ClassVar[int]
    LOST_SKILLS_FIELD_NUMBER: _ClassVar[int]
    NEWLY_COVERED_POSTINGS_FIELD_NUMBER: _ClassVar[int]
    LOST_POSTINGS_FIELD_NUMBER: _ClassVar[int]
    COVERED_FROM_FIELD_NUMBER: _ClassVar[int]
    UNDEFINED_POSTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    target: TargetSummary
    before: CoverageStanding
    after: CoverageStanding
    requirements: _containers.RepeatedCompositeFieldContainer[RequirementChange]
    newly_covered_skills: _containers.RepeatedScalarFieldContainer[str]
    lost_skills: _containers.RepeatedScalarFieldContainer[str]
    newly_covered_postings: _containers.RepeatedCompositeFieldContainer[PostingChange]
    lost_postings: _containers.RepeatedCompositeFieldContainer[PostingChange]
    covered_from: float
    undefined_posting_count: int
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, target: _Optional[_Union[TargetSummary, _Mapping]] = ..., before: _Optional[_Union[CoverageStanding, _Mapping]] = ..., after: _Optional[_Union[CoverageStanding, _Mapping]] = ..., requirements: _Optional[_Iterable[_Union[RequirementChange, _Mapping]]] = ..., newly_covered_skills: _Optional[_Iterable[str]] = ..., lost_skills: _Optional[_Iterable[str]] = ..., newly_covered_postings: _Optional[_Iterable[_Union[PostingChange, _Mapping]]] = ..., lost_postings: _Optional[_Iterable[_Union[PostingChange, _Mapping]]] = ..., covered_from: _Optional[float] = ..., undefined_posting_count: _Optional[int] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...

class CompareProgrammesRequest(_message.Message):
    __slots__ = ("programmes", "target", "omit_evidence", "language")
    PROGRAMMES_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    OMIT_EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    programmes: _containers.RepeatedCompositeFieldContainer[Programme]
    target: _target_pb2.Target
    omit_evidence: bool
    language: str
    def __init__(self, programmes: _Optional[_Iterable[_Union[Programme, _Mapping]]] = ..., target: _Optional[_Union[_target_pb2.Target, _Mapping]] = ..., omit_evidence: _Optional[bool] = ..., language: _Optional[str] = ...) -> None: ...

class ComparedProgramme(_message.Message):
    __slots__ = ("title", "courses", "alignment", "groups", "only_here", "hours", "hours_unknown_count", "hours_per_weight")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    COURSES_FIELD_NUMBER: _ClassVar[int]
    ALIGNMENT_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    ONLY_HERE_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    HOURS_UNKNOWN_COUNT_FIELD_NUMBER: _ClassVar[int]
    HOURS_PER_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    title: str
    courses: _containers.RepeatedCompositeFieldContainer[CoveringCourse]
    alignment: Alignment
    groups: _containers.RepeatedCompositeFieldContainer[GroupCoverage]
    only_here: _containers.RepeatedCompositeFieldContainer[TaughtSkill]
    hours: float
    hours_unknown_count: int
    hours_per_weight: float
    def __init__(self, title: _Optional[str] = ..., courses: _Optional[_Iterable[_Union[CoveringCourse, _Mapping]]] = ..., alignment: _Optional[_Union[Alignment, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[GroupCoverage, _Mapping]]] = ..., only_here: _Optional[_Iterable[_Union[TaughtSkill, _Mapping]]] = ..., hours: _Optional[float] = ..., hours_unknown_count: _Optional[int] = ..., hours_per_weight: _Optional[float] = ...) -> None: ...

class ProgrammeCredit(_message.Message):
    __slots__ = ("status", "credit")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CREDIT_FIELD_NUMBER: _ClassVar[int]
    status: _match_pb2.RequirementStatus
    credit: float
    def __init__(self, status: _Optional[_Union[_match_pb2.RequirementStatus, str]] = ..., credit: _Optional[float] = ...) -> None: ...

class ComparedRequirement(_message.Message):
    __slots__ = ("requirement", "group", "programmes")
    REQUIREMENT_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    PROGRAMMES_FIELD_NUMBER: _ClassVar[int]
    requirement: _target_pb2.TargetRequirement
    group: RequirementGroup
    programmes: _containers.RepeatedCompositeFieldContainer[ProgrammeCredit]
    def __init__(self, requirement: _Optional[_Union[_target_pb2.TargetRequirement, _Mapping]] = ..., group: _Optional[_Union[RequirementGroup, str]] = ..., programmes: _Optional[_Iterable[_Union[ProgrammeCredit, _Mapping]]] = ...) -> None: ...

class CompareProgrammesResponse(_message.Message):
    __slots__ = ("target", "programmes", "requirements", "shared", "explanation", "versions")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    PROGRAMMES_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    SHARED_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    target: TargetSummary
    programmes: _containers.RepeatedCompositeFieldContainer[ComparedProgramme]
    requirements: _containers.RepeatedCompositeFieldContainer[ComparedRequirement]
    shared: _containers.RepeatedCompositeFieldContainer[TaughtSkill]
    explanation: str
    versions: _match_pb2.Versions
    def __init__(self, target: _Optional[_Union[TargetSummary, _Mapping]] = ..., programmes: _Optional[_Iterable[_Union[ComparedProgramme, _Mapping]]] = ..., requirements: _Optional[_Iterable[_Union[ComparedRequirement, _Mapping]]] = ..., shared: _Optional[_Iterable[_Union[TaughtSkill, _Mapping]]] = ..., explanation: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...
