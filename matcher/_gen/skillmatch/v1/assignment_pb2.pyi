from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AssignmentMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_MODE_UNSPECIFIED: _ClassVar[AssignmentMode]
    ASSIGNMENT_MODE_OPTIMAL: _ClassVar[AssignmentMode]
    ASSIGNMENT_MODE_STABLE: _ClassVar[AssignmentMode]

class AssignmentWorth(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_WORTH_UNSPECIFIED: _ClassVar[AssignmentWorth]
    ASSIGNMENT_WORTH_SCORE: _ClassVar[AssignmentWorth]
    ASSIGNMENT_WORTH_BOTH_SIDED: _ClassVar[AssignmentWorth]

class UnassignedReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNASSIGNED_REASON_UNSPECIFIED: _ClassVar[UnassignedReason]
    UNASSIGNED_REASON_NO_ALLOWED_PAIR: _ClassVar[UnassignedReason]
    UNASSIGNED_REASON_BELOW_MINIMUM: _ClassVar[UnassignedReason]
    UNASSIGNED_REASON_CAPACITY: _ClassVar[UnassignedReason]
ASSIGNMENT_MODE_UNSPECIFIED: AssignmentMode
ASSIGNMENT_MODE_OPTIMAL: AssignmentMode
ASSIGNMENT_MODE_STABLE: AssignmentMode
ASSIGNMENT_WORTH_UNSPECIFIED: AssignmentWorth
ASSIGNMENT_WORTH_SCORE: AssignmentWorth
ASSIGNMENT_WORTH_BOTH_SIDED: AssignmentWorth
UNASSIGNED_REASON_UNSPECIFIED: UnassignedReason
UNASSIGNED_REASON_NO_ALLOWED_PAIR: UnassignedReason
UNASSIGNED_REASON_BELOW_MINIMUM: UnassignedReason
UNASSIGNED_REASON_CAPACITY: UnassignedReason

class CandidateSelection(_message.Message):
    __slots__ = ("filter", "names")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    filter: str
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, filter: _Optional[str] = ..., names: _Optional[_Iterable[str]] = ...) -> None: ...

class PostingSelection(_message.Message):
    __slots__ = ("filter", "names")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    filter: str
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, filter: _Optional[str] = ..., names: _Optional[_Iterable[str]] = ...) -> None: ...

class PostingOpenings(_message.Message):
    __slots__ = ("posting", "openings")
    POSTING_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    posting: str
    openings: int
    def __init__(self, posting: _Optional[str] = ..., openings: _Optional[int] = ...) -> None: ...

class PairRule(_message.Message):
    __slots__ = ("posting_filter", "candidate_filter")
    POSTING_FILTER_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FILTER_FIELD_NUMBER: _ClassVar[int]
    posting_filter: str
    candidate_filter: str
    def __init__(self, posting_filter: _Optional[str] = ..., candidate_filter: _Optional[str] = ...) -> None: ...

class ForbiddenPair(_message.Message):
    __slots__ = ("candidate", "posting")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    posting: str
    def __init__(self, candidate: _Optional[str] = ..., posting: _Optional[str] = ...) -> None: ...

class AssignCandidatesRequest(_message.Message):
    __slots__ = ("candidates", "postings", "mode", "worth", "openings", "default_openings", "rules", "forbidden", "min_score", "preset", "weights")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    WORTH_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_OPENINGS_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    FORBIDDEN_FIELD_NUMBER: _ClassVar[int]
    MIN_SCORE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    candidates: CandidateSelection
    postings: PostingSelection
    mode: AssignmentMode
    worth: AssignmentWorth
    openings: _containers.RepeatedCompositeFieldContainer[PostingOpenings]
    default_openings: int
    rules: _containers.RepeatedCompositeFieldContainer[PairRule]
    forbidden: _containers.RepeatedCompositeFieldContainer[ForbiddenPair]
    min_score: float
    preset: str
    weights: _containers.ScalarMap[str, float]
    def __init__(self, candidates: _Optional[_Union[CandidateSelection, _Mapping]] = ..., postings: _Optional[_Union[PostingSelection, _Mapping]] = ..., mode: _Optional[_Union[AssignmentMode, str]] = ..., worth: _Optional[_Union[AssignmentWorth, str]] = ..., openings: _Optional[_Iterable[_Union[PostingOpenings, _Mapping]]] = ..., default_openings: _Optional[int] = ..., rules: _Optional[_Iterable[_Union[PairRule, _Mapping]]] = ..., forbidden: _Optional[_Iterable[_Union[ForbiddenPair, _Mapping]]] = ..., min_score: _Optional[float] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ...) -> None: ...

class AssignedPair(_message.Message):
    __slots__ = ("candidate", "posting", "score", "worth", "candidate_fit")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    POSTING_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    WORTH_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FIT_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    posting: str
    score: float
    worth: float
    candidate_fit: float
    def __init__(self, candidate: _Optional[str] = ..., posting: _Optional[str] = ..., score: _Optional[float] = ..., worth: _Optional[float] = ..., candidate_fit: _Optional[float] = ...) -> None: ...

class UnassignedCandidate(_message.Message):
    __slots__ = ("candidate", "reason", "best_posting", "best_worth")
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BEST_POSTING_FIELD_NUMBER: _ClassVar[int]
    BEST_WORTH_FIELD_NUMBER: _ClassVar[int]
    candidate: str
    reason: UnassignedReason
    best_posting: str
    best_worth: float
    def __init__(self, candidate: _Optional[str] = ..., reason: _Optional[_Union[UnassignedReason, str]] = ..., best_posting: _Optional[str] = ..., best_worth: _Optional[float] = ...) -> None: ...

class FilledPosting(_message.Message):
    __slots__ = ("posting", "openings", "taken")
    POSTING_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    posting: str
    openings: int
    taken: int
    def __init__(self, posting: _Optional[str] = ..., openings: _Optional[int] = ..., taken: _Optional[int] = ...) -> None: ...

class AssignCandidatesResponse(_message.Message):
    __slots__ = ("mode", "worth", "assigned", "unassigned", "postings", "total_worth", "blocking_count", "versions")
    MODE_FIELD_NUMBER: _ClassVar[int]
    WORTH_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    UNASSIGNED_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_WORTH_FIELD_NUMBER: _ClassVar[int]
    BLOCKING_COUNT_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    mode: AssignmentMode
    worth: AssignmentWorth
    assigned: _containers.RepeatedCompositeFieldContainer[AssignedPair]
    unassigned: _containers.RepeatedCompositeFieldContainer[UnassignedCandidate]
    postings: _containers.RepeatedCompositeFieldContainer[FilledPosting]
    total_worth: float
    blocking_count: int
    versions: _match_pb2.Versions
    def __init__(self, mode: _Optional[_Union[AssignmentMode, str]] = ..., worth: _Optional[_Union[AssignmentWorth, str]] = ..., assigned: _Optional[_Iterable[_Union[AssignedPair, _Mapping]]] = ..., unassigned: _Optional[_Iterable[_Union[UnassignedCandidate, _Mapping]]] = ..., postings: _Optional[_Iterable[_Union[FilledPosting, _Mapping]]] = ..., total_worth: _Optional[float] = ..., blocking_count: _Optional[int] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ...) -> None: ...
