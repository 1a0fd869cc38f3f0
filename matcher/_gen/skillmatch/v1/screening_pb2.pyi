from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.rpc import status_pb2 as _status_pb2
from matcher._gen.skillmatch.v1 import document_pb2 as _document_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Screening(_message.Message):
    __slots__ = ("query", "filter", "names", "sent_along", "limit", "evidence_count", "language", "preset", "weights")
    class WeightsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    QUERY_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    SENT_ALONG_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_COUNT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    query: _match_pb2.Query
    filter: str
    names: _containers.RepeatedScalarFieldContainer[str]
    sent_along: bool
    limit: int
    evidence_count: int
    language: str
    preset: str
    weights: _containers.ScalarMap[str, float]
    def __init__(self, query: _Optional[_Union[_match_pb2.Query, _Mapping]] = ..., filter: _Optional[str] = ..., names: _Optional[_Iterable[str]] = ..., sent_along: _Optional[bool] = ..., limit: _Optional[int] = ..., evidence_count: _Optional[int] = ..., language: _Optional[str] = ..., preset: _Optional[str] = ..., weights: _Optional[_Mapping[str, float]] = ...) -> None: ...

class ScreenCandidatesRequest(_message.Message):
    __slots__ = ("screening", "document")
    SCREENING_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    screening: Screening
    document: _document_pb2.Document
    def __init__(self, screening: _Optional[_Union[Screening, _Mapping]] = ..., document: _Optional[_Union[_document_pb2.Document, _Mapping]] = ...) -> None: ...

class ScreeningProgress(_message.Message):
    __slots__ = ("scored_count", "total_count")
    SCORED_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    scored_count: int
    total_count: int
    def __init__(self, scored_count: _Optional[int] = ..., total_count: _Optional[int] = ...) -> None: ...

class ScreenedCandidate(_message.Message):
    __slots__ = ("match", "item_index")
    MATCH_FIELD_NUMBER: _ClassVar[int]
    ITEM_INDEX_FIELD_NUMBER: _ClassVar[int]
    match: _match_pb2.Match
    item_index: int
    def __init__(self, match: _Optional[_Union[_match_pb2.Match, _Mapping]] = ..., item_index: _Optional[int] = ...) -> None: ...

class ScreenedCandidates(_message.Message):
    __slots__ = ("candidates",)
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    candidates: _containers.RepeatedCompositeFieldContainer[ScreenedCandidate]
    def __init__(self, candidates: _Optional[_Iterable[_Union[ScreenedCandidate, _Mapping]]] = ...) -> None: ...

class UnscreenedCandidate(_message.Message):
    __slots__ = ("item_index", "name", "error")
    ITEM_INDEX_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    item_index: int
    name: str
    error: _status_pb2.Status
    def __init__(self, item_index: _Optional[int] = ..., name: _Optional[str] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class ScreeningSummary(_message.Message):
    __slots__ = ("scored_count", "returned_count", "unscreened_count", "versions", "warnings", "query_truncation", "decision")
    SCORED_COUNT_FIELD_NUMBER: _ClassVar[int]
    RETURNED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNSCREENED_COUNT_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    QUERY_TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    scored_count: int
    returned_count: int
    unscreened_count: int
    versions: _match_pb2.Versions
    warnings: _containers.RepeatedCompositeFieldContainer[_document_pb2.Warning]
    query_truncation: _document_pb2.Truncation
    decision: str
    def __init__(self, scored_count: _Optional[int] = ..., returned_count: _Optional[int] = ..., unscreened_count: _Optional[int] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_document_pb2.Warning, _Mapping]]] = ..., query_truncation: _Optional[_Union[_document_pb2.Truncation, _Mapping]] = ..., decision: _Optional[str] = ...) -> None: ...

class ScreenCandidatesResponse(_message.Message):
    __slots__ = ("progress", "matches", "unscreened", "summary")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    UNSCREENED_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    progress: ScreeningProgress
    matches: ScreenedCandidates
    unscreened: UnscreenedCandidate
    summary: ScreeningSummary
    def __init__(self, progress: _Optional[_Union[ScreeningProgress, _Mapping]] = ..., matches: _Optional[_Union[ScreenedCandidates, _Mapping]] = ..., unscreened: _Optional[_Union[UnscreenedCandidate, _Mapping]] = ..., summary: _Optional[_Union[ScreeningSummary, _Mapping]] = ...) -> None: ...
