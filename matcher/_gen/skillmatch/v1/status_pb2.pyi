from matcher._gen.skillmatch.v1 import document_pb2 as _document_pb2
from matcher._gen.skillmatch.v1 import match_pb2 as _match_pb2
from matcher._gen.skillmatch.v1 import model_pb2 as _model_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class KindStatus(_message.Message):
    __slots__ = ("kind", "document_count", "index")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    kind: _document_pb2.Kind
    document_count: int
    index: str
    def __init__(self, kind: _Optional[_Union[_document_pb2.Kind, str]] = ..., document_count: _Optional[int] = ..., index: _Optional[str] = ...) -> None: ...

class GetStatusResponse(_message.Message):
    __slots__ = ("service_version", "versions", "dimension", "skill_count", "kinds", "uptime_s", "resident_bytes", "model_swap")
    SERVICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    DIMENSION_FIELD_NUMBER: _ClassVar[int]
    SKILL_COUNT_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    UPTIME_S_FIELD_NUMBER: _ClassVar[int]
    RESIDENT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MODEL_SWAP_FIELD_NUMBER: _ClassVar[int]
    service_version: str
    versions: _match_pb2.Versions
    dimension: int
    skill_count: int
    kinds: _containers.RepeatedCompositeFieldContainer[KindStatus]
    uptime_s: float
    resident_bytes: int
    model_swap: _model_pb2.ModelSwap
    def __init__(self, service_version: _Optional[str] = ..., versions: _Optional[_Union[_match_pb2.Versions, _Mapping]] = ..., dimension: _Optional[int] = ..., skill_count: _Optional[int] = ..., kinds: _Optional[_Iterable[_Union[KindStatus, _Mapping]]] = ..., uptime_s: _Optional[float] = ..., resident_bytes: _Optional[int] = ..., model_swap: _Optional[_Union[_model_pb2.ModelSwap, _Mapping]] = ...) -> None: ...
