import datetime

from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from matcher._gen.skillmatch.v1 import document_pb2 as _document_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DecisionJourney(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_JOURNEY_UNSPECIFIED: _ClassVar[DecisionJourney]
    DECISION_JOURNEY_MATCH: _ClassVar[DecisionJourney]
    DECISION_JOURNEY_SCREENING: _ClassVar[DecisionJourney]
    DECISION_JOURNEY_SCREENING_OF_NAMED: _ClassVar[DecisionJourney]

class VersionPart(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERSION_PART_UNSPECIFIED: _ClassVar[VersionPart]
    VERSION_PART_MODEL: _ClassVar[VersionPart]
    VERSION_PART_TAXONOMY: _ClassVar[VersionPart]
    VERSION_PART_WEIGHTS: _ClassVar[VersionPart]
    VERSION_PART_INDEX_REVISION: _ClassVar[VersionPart]

class FeedbackOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEEDBACK_OUTCOME_UNSPECIFIED: _ClassVar[FeedbackOutcome]
    FEEDBACK_OUTCOME_SHORTLISTED: _ClassVar[FeedbackOutcome]
    FEEDBACK_OUTCOME_REJECTED: _ClassVar[FeedbackOutcome]
    FEEDBACK_OUTCOME_HIRED: _ClassVar[FeedbackOutcome]
    FEEDBACK_OUTCOME_ENROLLED: _ClassVar[FeedbackOutcome]
    FEEDBACK_OUTCOME_COMPLETED: _ClassVar[FeedbackOutcome]

class FeedbackResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FEEDBACK_RESULT_UNSPECIFIED: _ClassVar[FeedbackResult]
    FEEDBACK_RESULT_STORED: _ClassVar[FeedbackResult]
    FEEDBACK_RESULT_UNCHANGED: _ClassVar[FeedbackResult]
    FEEDBACK_RESULT_COUNTED: _ClassVar[FeedbackResult]
    FEEDBACK_RESULT_WITHDRAWN: _ClassVar[FeedbackResult]
DECISION_JOURNEY_UNSPECIFIED: DecisionJourney
DECISION_JOURNEY_MATCH: DecisionJourney
DECISION_JOURNEY_SCREENING: DecisionJourney
DECISION_JOURNEY_SCREENING_OF_NAMED: DecisionJourney
VERSION_PART_UNSPECIFIED: VersionPart
VERSION_PART_MODEL: VersionPart
VERSION_PART_TAXONOMY: VersionPart
VERSION_PART_WEIGHTS: VersionPart
VERSION_PART_INDEX_REVISION: VersionPart
FEEDBACK_OUTCOME_UNSPECIFIED: FeedbackOutcome
FEEDBACK_OUTCOME_SHORTLISTED: FeedbackOutcome
FEEDBACK_OUTCOME_REJECTED: FeedbackOutcome
FEEDBACK_OUTCOME_HIRED: FeedbackOutcome
FEEDBACK_OUTCOME_ENROLLED: FeedbackOutcome
FEEDBACK_OUTCOME_COMPLETED: FeedbackOutcome
FEEDBACK_RESULT_UNSPECIFIED: FeedbackResult
FEEDBACK_RESULT_STORED: FeedbackResult
FEEDBACK_RESULT_UNCHANGED: FeedbackResult
FEEDBACK_RESULT_COUNTED: FeedbackResult
FEEDBACK_RESULT_WITHDRAWN: FeedbackResult

class Decision(_message.Message):
    __slots__ = ("name", "create_time", "caller", "query", "query_hash", "query_deleted", "query_kind", "target_kind", "filter", "filter_withheld", "offset", "options", "versions", "filtered_size", "entries", "journey")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    QUERY_HASH_FIELD_NUMBER: _ClassVar[int]
    QUERY_DELETED_FIELD_NUMBER: _ClassVar[int]
    QUERY_KIND_FIELD_NUMBER: _ClassVar[int]
    TARGET_KIND_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    FILTER_WITHHELD_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    FILTERED_SIZE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    JOURNEY_FIELD_NUMBER: _ClassVar[int]
    name: str
    create_time: _timestamp_pb2.Timestamp
    caller: str
    query: str
    query_hash: str
    query_deleted: bool
    query_kind: _document_pb2.Kind
    target_kind: _document_pb2.Kind
    filter: str
    filter_withheld: bool
    offset: int
    options: str
    versions: _match_pb2.Versions
    filtered_size: int
    entries: _containers.RepeatedCompositeFieldContainer[DecisionEntry]
    journey: DecisionJourney
    def __init__(self, name: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., caller: _Optional[str] = ..., query: _Optional[str] = ..., query_hash: _Optional[str] = ..., query_deleted: _Optional[bool] = ..., query_kind: _Optional[_Union[_document_pb2.Kind, str]] = ..., target_kind: _Optional[_Union[_document_pb2.Kind, str]] = ..., filter: _Optional[str] = ..., filter_withheld: _Optional[bool] = ..., offset: _Optional[int] = ..., options: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., filtered_size: _Optional[int] = ..., entries: _Optional[_Iterable[_Union[DecisionEntry, _Mapping]]] = ..., journey: _Optional[_Union[DecisionJourney, str]] = ...) -> None: ...

class DecisionEntry(_message.Message):
    __slots__ = ("name", "deleted", "rank", "score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    deleted: bool
    rank: int
    score: float
    def __init__(self, name: _Optional[str] = ..., deleted: _Optional[bool] = ..., rank: _Optional[int] = ..., score: _Optional[float] = ...) -> None: ...

class GetDecisionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetDecisionResponse(_message.Message):
    __slots__ = ("decision",)
    DECISION_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ...) -> None: ...

class ListDecisionsRequest(_message.Message):
    __slots__ = ("caller", "start_time", "end_time", "document", "page_size", "page_token")
    CALLER_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    caller: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    document: str
    page_size: int
    page_token: str
    def __init__(self, caller: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., document: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDecisionsResponse(_message.Message):
    __slots__ = ("decisions", "next_page_token")
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decisions: _containers.RepeatedCompositeFieldContainer[Decision]
    next_page_token: str
    def __init__(self, decisions: _Optional[_Iterable[_Union[Decision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReplayRequest(_message.Message):
    __slots__ = ("name", "document", "filter")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    name: str
    document: _document_pb2.Document
    filter: str
    def __init__(self, name: _Optional[str] = ..., document: _Optional[_Union[_document_pb2.Document, _Mapping]] = ..., filter: _Optional[str] = ...) -> None: ...

class VersionChange(_message.Message):
    __slots__ = ("part", "was", "now")
    PART_FIELD_NUMBER: _ClassVar[int]
    WAS_FIELD_NUMBER: _ClassVar[int]
    NOW_FIELD_NUMBER: _ClassVar[int]
    part: VersionPart
    was: str
    now: str
    def __init__(self, part: _Optional[_Union[VersionPart, str]] = ..., was: _Optional[str] = ..., now: _Optional[str] = ...) -> None: ...

class DecisionDifference(_message.Message):
    __slots__ = ("name", "old_rank", "old_score", "new_rank", "new_score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OLD_RANK_FIELD_NUMBER: _ClassVar[int]
    OLD_SCORE_FIELD_NUMBER: _ClassVar[int]
    NEW_RANK_FIELD_NUMBER: _ClassVar[int]
    NEW_SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    old_rank: int
    old_score: float
    new_rank: int
    new_score: float
    def __init__(self, name: _Optional[str] = ..., old_rank: _Optional[int] = ..., old_score: _Optional[float] = ..., new_rank: _Optional[int] = ..., new_score: _Optional[float] = ...) -> None: ...

class ReplayResponse(_message.Message):
    __slots__ = ("decision", "reproduced", "versions", "changes", "differences")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REPRODUCED_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    reproduced: bool
    versions: _match_pb2.Versions
    changes: _containers.RepeatedCompositeFieldContainer[VersionChange]
    differences: _containers.RepeatedCompositeFieldContainer[DecisionDifference]
    def __init__(self, decision: _Optional[_Union[Decision, _Mapping]] = ..., reproduced: _Optional[bool] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., changes: _Optional[_Iterable[_Union[VersionChange, _Mapping]]] = ..., differences: _Optional[_Iterable[_Union[DecisionDifference, _Mapping]]] = ...) -> None: ...

class RecordFeedbackRequest(_message.Message):
    __slots__ = ("decision", "document", "outcome", "consent")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    decision: str
    document: str
    outcome: FeedbackOutcome
    consent: bool
    def __init__(self, decision: _Optional[str] = ..., document: _Optional[str] = ..., outcome: _Optional[_Union[FeedbackOutcome, str]] = ..., consent: _Optional[bool] = ...) -> None: ...

class RecordFeedbackResponse(_message.Message):
    __slots__ = ("result",)
    RESULT_FIELD_NUMBER: _ClassVar[int]
    result: FeedbackResult
    def __init__(self, result: _Optional[_Union[FeedbackResult, str]] = ...) -> None: ...
