from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SwapPhase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SWAP_PHASE_UNSPECIFIED: _ClassVar[SwapPhase]
    SWAP_PHASE_LOADING: _ClassVar[SwapPhase]
    SWAP_PHASE_CHECKING: _ClassVar[SwapPhase]
    SWAP_PHASE_EMBEDDING: _ClassVar[SwapPhase]
    SWAP_PHASE_SWITCHING: _ClassVar[SwapPhase]
    SWAP_PHASE_PAUSED: _ClassVar[SwapPhase]
    SWAP_PHASE_DONE: _ClassVar[SwapPhase]
    SWAP_PHASE_FAILED: _ClassVar[SwapPhase]
    SWAP_PHASE_CANCELLED: _ClassVar[SwapPhase]
SWAP_PHASE_UNSPECIFIED: SwapPhase
SWAP_PHASE_LOADING: SwapPhase
SWAP_PHASE_CHECKING: SwapPhase
SWAP_PHASE_EMBEDDING: SwapPhase
SWAP_PHASE_SWITCHING: SwapPhase
SWAP_PHASE_PAUSED: SwapPhase
SWAP_PHASE_DONE: SwapPhase
SWAP_PHASE_FAILED: SwapPhase
SWAP_PHASE_CANCELLED: SwapPhase

class SelfCheckResult(_message.Message):
    __slots__ = ("name", "precision_at_1", "floor")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PRECISION_AT_1_FIELD_NUMBER: _ClassVar[int]
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    name: str
    precision_at_1: float
    floor: float
    def __init__(self, name: _Optional[str] = ..., precision_at_1: _Optional[float] = ..., floor: _Optional[float] = ...) -> None: ...

class ModelSwap(_message.Message):
    __slots__ = ("model", "phase", "embedded_count", "document_count", "elapsed_s", "checks", "error")
    MODEL_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    EMBEDDED_COUNT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    ELAPSED_S_FIELD_NUMBER: _ClassVar[int]
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    model: str
    phase: SwapPhase
    embedded_count: int
    document_count: int
    elapsed_s: float
    checks: _containers.RepeatedCompositeFieldContainer[SelfCheckResult]
    error: str
    def __init__(self, model: _Optional[str] = ..., phase: _Optional[_Union[SwapPhase, str]] = ..., embedded_count: _Optional[int] = ..., document_count: _Optional[int] = ..., elapsed_s: _Optional[float] = ..., checks: _Optional[_Iterable[_Union[SelfCheckResult, _Mapping]]] = ..., error: _Optional[str] = ...) -> None: ...

class SwapModelRequest(_message.Message):
    __slots__ = ("model",)
    MODEL_FIELD_NUMBER: _ClassVar[int]
    model: str
    def __init__(self, model: _Optional[str] = ...) -> None: ...

class SwapModelResponse(_message.Message):
    __slots__ = ("swap",)
    SWAP_FIELD_NUMBER: _ClassVar[int]
    swap: ModelSwap
    def __init__(self, swap: _Optional[_Union[ModelSwap, _Mapping]] = ...) -> None: ...

class CancelModelSwapRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CancelModelSwapResponse(_message.Message):
    __slots__ = ("swap",)
    SWAP_FIELD_NUMBER: _ClassVar[int]
    swap: ModelSwap
    def __init__(self, swap: _Optional[_Union[ModelSwap, _Mapping]] = ...) -> None: ...
