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

class RelationType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RELATION_TYPE_UNSPECIFIED: _ClassVar[RelationType]
    RELATION_TYPE_PREREQUISITE: _ClassVar[RelationType]
    RELATION_TYPE_SUBSTITUTE: _ClassVar[RelationType]

class OccupationScheme(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OCCUPATION_SCHEME_UNSPECIFIED: _ClassVar[OccupationScheme]
    OCCUPATION_SCHEME_ISCO_08: _ClassVar[OccupationScheme]
    OCCUPATION_SCHEME_CN_2022: _ClassVar[OccupationScheme]
    OCCUPATION_SCHEME_ONET_SOC: _ClassVar[OccupationScheme]

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

class FoundBy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FOUND_BY_UNSPECIFIED: _ClassVar[FoundBy]
    FOUND_BY_ALIAS: _ClassVar[FoundBy]
    FOUND_BY_LINKED: _ClassVar[FoundBy]
    FOUND_BY_IMPLIED: _ClassVar[FoundBy]

class Rank(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RANK_UNSPECIFIED: _ClassVar[Rank]
    RANK_PRIMARY: _ClassVar[Rank]
    RANK_SECONDARY: _ClassVar[Rank]

class Ladder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LADDER_UNSPECIFIED: _ClassVar[Ladder]
    LADDER_WORKER_GRADE: _ClassVar[Ladder]
    LADDER_QUALIFICATION_LEVEL: _ClassVar[Ladder]
    LADDER_PROFESSIONAL_TITLE: _ClassVar[Ladder]
    LADDER_EDUCATION: _ClassVar[Ladder]
    LADDER_FIRM_GRADE: _ClassVar[Ladder]
SKILL_KIND_UNSPECIFIED: SkillKind
SKILL_KIND_HARD: SkillKind
SKILL_KIND_SOFT: SkillKind
SKILL_KIND_TOOL: SkillKind
SKILL_KIND_REGULATION: SkillKind
SKILL_KIND_LANGUAGE: SkillKind
SKILL_KIND_CERTIFICATE: SkillKind
RELATION_TYPE_UNSPECIFIED: RelationType
RELATION_TYPE_PREREQUISITE: RelationType
RELATION_TYPE_SUBSTITUTE: RelationType
OCCUPATION_SCHEME_UNSPECIFIED: OccupationScheme
OCCUPATION_SCHEME_ISCO_08: OccupationScheme
OCCUPATION_SCHEME_CN_2022: OccupationScheme
OCCUPATION_SCHEME_ONET_SOC: OccupationScheme
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
FOUND_BY_UNSPECIFIED: FoundBy
FOUND_BY_ALIAS: FoundBy
FOUND_BY_LINKED: FoundBy
FOUND_BY_IMPLIED: FoundBy
RANK_UNSPECIFIED: Rank
RANK_PRIMARY: Rank
RANK_SECONDARY: Rank
LADDER_UNSPECIFIED: Ladder
LADDER_WORKER_GRADE: Ladder
LADDER_QUALIFICATION_LEVEL: Ladder
LADDER_PROFESSIONAL_TITLE: Ladder
LADDER_EDUCATION: Ladder
LADDER_FIRM_GRADE: Ladder

class LocalizedText(_message.Message):
    __slots__ = ("language", "text")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    language: str
    text: str
    def __init__(self, language: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Skill(_message.Message):
    __slots__ = ("name", "kind", "field", "labels", "aliases", "broader", "definitions", "relations", "owner")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    BROADER_FIELD_NUMBER: _ClassVar[int]
    DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
    RELATIONS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: SkillKind
    field: str
    labels: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    aliases: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    broader: _containers.RepeatedScalarFieldContainer[str]
    definitions: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    relations: _containers.RepeatedCompositeFieldContainer[SkillRelation]
    owner: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[SkillKind, str]] = ..., field: _Optional[str] = ..., labels: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., aliases: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., broader: _Optional[_Iterable[str]] = ..., definitions: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., relations: _Optional[_Iterable[_Union[SkillRelation, _Mapping]]] = ..., owner: _Optional[str] = ...) -> None: ...

class SkillRelation(_message.Message):
    __slots__ = ("type", "skill", "strength")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SKILL_FIELD_NUMBER: _ClassVar[int]
    STRENGTH_FIELD_NUMBER: _ClassVar[int]
    type: RelationType
    skill: str
    strength: float
    def __init__(self, type: _Optional[_Union[RelationType, str]] = ..., skill: _Optional[str] = ..., strength: _Optional[float] = ...) -> None: ...

class Occupation(_message.Message):
    __slots__ = ("name", "field", "labels", "aliases", "essential", "optional", "definitions", "codes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    ESSENTIAL_FIELD_NUMBER: _ClassVar[int]
    OPTIONAL_FIELD_NUMBER: _ClassVar[int]
    DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
    CODES_FIELD_NUMBER: _ClassVar[int]
    name: str
    field: str
    labels: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    aliases: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    essential: _containers.RepeatedCompositeFieldContainer[OccupationSkill]
    optional: _containers.RepeatedCompositeFieldContainer[OccupationSkill]
    definitions: _containers.RepeatedCompositeFieldContainer[LocalizedText]
    codes: _containers.RepeatedCompositeFieldContainer[OccupationCode]
    def __init__(self, name: _Optional[str] = ..., field: _Optional[str] = ..., labels: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., aliases: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., essential: _Optional[_Iterable[_Union[OccupationSkill, _Mapping]]] = ..., optional: _Optional[_Iterable[_Union[OccupationSkill, _Mapping]]] = ..., definitions: _Optional[_Iterable[_Union[LocalizedText, _Mapping]]] = ..., codes: _Optional[_Iterable[_Union[OccupationCode, _Mapping]]] = ...) -> None: ...

class OccupationSkill(_message.Message):
    __slots__ = ("skill", "label", "level")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    level: Proficiency
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., level: _Optional[_Union[Proficiency, str]] = ...) -> None: ...

class OccupationCode(_message.Message):
    __slots__ = ("scheme", "code")
    SCHEME_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    scheme: OccupationScheme
    code: str
    def __init__(self, scheme: _Optional[_Union[OccupationScheme, str]] = ..., code: _Optional[str] = ...) -> None: ...

class SkillMention(_message.Message):
    __slots__ = ("skill", "label", "surface", "start", "end", "confidence", "importance", "level", "years", "version", "rank", "found_by", "implied_by", "wished")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    SURFACE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    IMPORTANCE_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    YEARS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    FOUND_BY_FIELD_NUMBER: _ClassVar[int]
    IMPLIED_BY_FIELD_NUMBER: _ClassVar[int]
    WISHED_FIELD_NUMBER: _ClassVar[int]
    skill: str
    label: str
    surface: str
    start: int
    end: int
    confidence: float
    importance: Importance
    level: Proficiency
    years: float
    version: str
    rank: Rank
    found_by: FoundBy
    implied_by: str
    wished: bool
    def __init__(self, skill: _Optional[str] = ..., label: _Optional[str] = ..., surface: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ..., confidence: _Optional[float] = ..., importance: _Optional[_Union[Importance, str]] = ..., level: _Optional[_Union[Proficiency, str]] = ..., years: _Optional[float] = ..., version: _Optional[str] = ..., rank: _Optional[_Union[Rank, str]] = ..., found_by: _Optional[_Union[FoundBy, str]] = ..., implied_by: _Optional[str] = ..., wished: _Optional[bool] = ...) -> None: ...

class UnlinkedPhrase(_message.Message):
    __slots__ = ("surface", "start", "end", "cluster")
    SURFACE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    surface: str
    start: int
    end: int
    cluster: str
    def __init__(self, surface: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ..., cluster: _Optional[str] = ...) -> None: ...

class RungMention(_message.Message):
    __slots__ = ("ladder", "rung", "firm", "surface", "start", "end")
    LADDER_FIELD_NUMBER: _ClassVar[int]
    RUNG_FIELD_NUMBER: _ClassVar[int]
    FIRM_FIELD_NUMBER: _ClassVar[int]
    SURFACE_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    ladder: Ladder
    rung: str
    firm: str
    surface: str
    start: int
    end: int
    def __init__(self, ladder: _Optional[_Union[Ladder, str]] = ..., rung: _Optional[str] = ..., firm: _Optional[str] = ..., surface: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class ExtractSkillsRequest(_message.Message):
    __slots__ = ("text", "language")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class ExtractSkillsResponse(_message.Message):
    __slots__ = ("mentions", "taxonomy_version", "unlinked_phrases", "rungs")
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_VERSION_FIELD_NUMBER: _ClassVar[int]
    UNLINKED_PHRASES_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    mentions: _containers.RepeatedCompositeFieldContainer[SkillMention]
    taxonomy_version: str
    unlinked_phrases: _containers.RepeatedCompositeFieldContainer[UnlinkedPhrase]
    rungs: _containers.RepeatedCompositeFieldContainer[RungMention]
    def __init__(self, mentions: _Optional[_Iterable[_Union[SkillMention, _Mapping]]] = ..., taxonomy_version: _Optional[str] = ..., unlinked_phrases: _Optional[_Iterable[_Union[UnlinkedPhrase, _Mapping]]] = ..., rungs: _Optional[_Iterable[_Union[RungMention, _Mapping]]] = ...) -> None: ...

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

class GetOccupationRequest(_message.Message):
    __slots__ = ("name", "language")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    name: str
    language: str
    def __init__(self, name: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class GetOccupationResponse(_message.Message):
    __slots__ = ("occupation", "taxonomy_version")
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    TAXONOMY_VERSION_FIELD_NUMBER: _ClassVar[int]
    occupation: Occupation
    taxonomy_version: str
    def __init__(self, occupation: _Optional[_Union[Occupation, _Mapping]] = ..., taxonomy_version: _Optional[str] = ...) -> None: ...

class ListOccupationsRequest(_message.Message):
    __slots__ = ("field", "page_size", "page_token", "language")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    field: str
    page_size: int
    page_token: str
    language: str
    def __init__(self, field: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class ListOccupationsResponse(_message.Message):
    __slots__ = ("occupations", "next_page_token", "total_size")
    OCCUPATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    occupations: _containers.RepeatedCompositeFieldContainer[Occupation]
    next_page_token: str
    total_size: int
    def __init__(self, occupations: _Optional[_Iterable[_Union[Occupation, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class SearchOccupationsRequest(_message.Message):
    __slots__ = ("query", "page_size", "page_token", "language")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    query: str
    page_size: int
    page_token: str
    language: str
    def __init__(self, query: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class OccupationSearchResult(_message.Message):
    __slots__ = ("occupation", "score", "matched_title")
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCHED_TITLE_FIELD_NUMBER: _ClassVar[int]
    occupation: Occupation
    score: float
    matched_title: str
    def __init__(self, occupation: _Optional[_Union[Occupation, _Mapping]] = ..., score: _Optional[float] = ..., matched_title: _Optional[str] = ...) -> None: ...

class SearchOccupationsResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[OccupationSearchResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[OccupationSearchResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
