from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SkillKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SKILL_KIND_UNSPECIFIED: _ClassVar[SkillKind]
    SKILL_KIND_HARD: _ClassVar[SkillKind]
    SKILL_KIND_SOFT: _ClassVar[SkillKind]
    SKILL_KIND_TOOL: _ClassVar[SkillKind]
    SKILL_KIND_REGULATION: _ClassVar[SkillKind]
    SKILL_KIND_LANGUAGE: _ClassVar[SkillKind]
    SKILL_KIND_CERTIFICATE: _ClassVar[SkillKind]

class Proficiency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROFICIENCY_UNSPECIFIED: _ClassVar[Proficiency]
    PROFICIENCY_AWARE: _ClassVar[Proficiency]
    PROFICIENCY_FAMILIAR: _ClassVar[Proficiency]
    PROFICIENCY_PROFICIENT: _ClassVar[Proficiency]
    PROFICIENCY_EXPERT: _ClassVar[Proficiency]

class Importance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IMPORTANCE_UNSPECIFIED: _ClassVar[Importance]
    IMPORTANCE_ESSENTIAL: _ClassVar[Importance]
    IMPORTANCE_PREFERRED: _ClassVar[Importance]
    IMPORTANCE_STATED: _ClassVar[Importance]
    IMPORTANCE_NEGATED: _ClassVar[Importance]
SKILL_KIND_UNSPECIFIED: SkillKind
SKILL_KIND_HARD: SkillKind
SKILL_KIND_SOFT: SkillKind
SKILL_KIND_TOOL: SkillKind
SKILL_KIND_REGULATION: SkillKind
SKILL_KIND_LANGUAGE: SkillKind
SKILL_KIND_CERTIFICATE: SkillKind
PROFICIENCY_UNSPECIFIED: Proficiency
PROFICIENCY_AWARE: Proficiency
PROFICIENCY_FAMILIAR: Proficiency
PROFICIENCY_PROFICIENT: Proficiency
PROFICIENCY_EXPERT: Proficiency
IMPORTANCE_UNSPECIFIED: Importance
IMPORTANCE_ESSENTIAL: Importance
IMPORTANCE_PREFERRED: Importance
IMPORTANCE_STATED: Importance
IMPORTANCE_NEGATED: Importance

class LocalizedText(_message.Message):
    __slots__ = ("language", "text")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    language: str
    text: str
    def __init__(self, language: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Skill(_message.Message):
    __slots__ = ("name", "kind", "field", "labels", "aliases", "broader", "definitions")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    BROADER_FIELD_NUMBER: _ClassVar[int]
    DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: SkillKind
    field: str
    labels: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    aliases: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    broader: _containers.RepeatedScalarFieldContainer[str]
    definitions: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[SkillKind, str]] = ..., field: _Optional[str] = ..., labels: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., aliases: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., broader: _Optional[_Iterable[str]] = ..., definitions: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ...) -> None: ...

class SkillMention(_message.Message):
    __slots__ = ("skill", "label", "surface", "start", "end", "confidence", "importance", "level")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    SURFACE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    surface: str
    start: int
    end: int
    confidence: float
    importance: Importance
    level: Proficiency
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., surface: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ..., confidence: _Optional[float] = ..., importance: _Optional[_Union[Importance, str]] = ..., level: _Optional[_Union[Proficiency, str]] = ...) -> None: ...

class ExtractSkillsRequest(_message.Message):
    __slots__ = ("text", "language")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class ExtractSkillsResponse(_message.Message):
    __slots__ = ("mentions", "taxonomy_version")
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_VERSION_FIELD_NUMBER: _ClassVar[int]
    mentions: _containers.RepeatedCompositeFieldContainer[SkillMention]
    taxonomy_version: str
    def __init__(self, mentions: _Optional[_Iterable[_Union[SkillMention, _Mapping]]] = ..., taxonomy_version: _Optional[str] = ...) -> None: ...

class SearchSkillsRequest(_message.Message):
    __slots__ = ("query", "page_size", "page_token")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    query: str
    page_size: int
    page_token: str
    def __init__(self, query: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class SkillSearchResult(_message.Message):
    __slots__ = ("skill", "score")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    skill: Skill
    score: float
    def __init__(self, skill: _Optional[_Union[Skill, _Mapping]] = ..., score: _Optional[float] = ...) -> None: ...

class SearchSkillsResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SkillSearchResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[SkillSearchResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetSkillRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetSkillResponse(_message.Message):
    __slots__ = ("skill", "narrower")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    NARROWER_FIELD_NUMBER: _ClassVar[int]
    skill: Skill
    narrower: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, skill: _Optional[_Union[Skill, _Mapping]] = ..., narrower: _Optional[_Iterable[str]] = ...) -> None: ...
