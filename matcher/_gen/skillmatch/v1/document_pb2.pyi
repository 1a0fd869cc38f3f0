import datetime

from matcher._gen.buf.validate import validate_pb2 as _validate_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.type import date_pb2 as _date_pb2
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as _taxonomy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KIND_UNSPECIFIED: _ClassVar[Kind]
    KIND_CANDIDATE: _ClassVar[Kind]
    KIND_POSTING: _ClassVar[Kind]
    KIND_COURSE: _ClassVar[Kind]

class EducationLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EDUCATION_LEVEL_UNSPECIFIED: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_SECONDARY: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_ASSOCIATE: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_BACHELOR: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_MASTER: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_DOCTORATE: _ClassVar[EducationLevel]

class Delivery(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_UNSPECIFIED: _ClassVar[Delivery]
    DELIVERY_ONSITE: _ClassVar[Delivery]
    DELIVERY_ONLINE: _ClassVar[Delivery]
    DELIVERY_BLENDED: _ClassVar[Delivery]

class SectionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SECTION_KIND_UNSPECIFIED: _ClassVar[SectionKind]
    SECTION_KIND_TITLE: _ClassVar[SectionKind]
    SECTION_KIND_SUMMARY: _ClassVar[SectionKind]
    SECTION_KIND_DUTIES: _ClassVar[SectionKind]
    SECTION_KIND_REQUIREMENTS: _ClassVar[SectionKind]
    SECTION_KIND_PREFERRED: _ClassVar[SectionKind]
    SECTION_KIND_BENEFITS: _ClassVar[SectionKind]
    SECTION_KIND_COMPANY: _ClassVar[SectionKind]
    SECTION_KIND_EDUCATION: _ClassVar[SectionKind]
    SECTION_KIND_EXPERIENCE: _ClassVar[SectionKind]
    SECTION_KIND_PROJECTS: _ClassVar[SectionKind]
    SECTION_KIND_SKILLS: _ClassVar[SectionKind]
    SECTION_KIND_CERTIFICATES: _ClassVar[SectionKind]
    SECTION_KIND_OBJECTIVES: _ClassVar[SectionKind]
    SECTION_KIND_CONTENT: _ClassVar[SectionKind]
    SECTION_KIND_PREREQUISITES: _ClassVar[SectionKind]
    SECTION_KIND_ASSESSMENT: _ClassVar[SectionKind]

class WriteOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WRITE_OUTCOME_UNSPECIFIED: _ClassVar[WriteOutcome]
    WRITE_OUTCOME_CREATED: _ClassVar[WriteOutcome]
    WRITE_OUTCOME_UPDATED: _ClassVar[WriteOutcome]
    WRITE_OUTCOME_UNCHANGED: _ClassVar[WriteOutcome]
KIND_UNSPECIFIED: Kind
KIND_CANDIDATE: Kind
KIND_POSTING: Kind
KIND_COURSE: Kind
EDUCATION_LEVEL_UNSPECIFIED: EducationLevel
EDUCATION_LEVEL_SECONDARY: EducationLevel
EDUCATION_LEVEL_ASSOCIATE: EducationLevel
EDUCATION_LEVEL_BACHELOR: EducationLevel
EDUCATION_LEVEL_MASTER: EducationLevel
EDUCATION_LEVEL_DOCTORATE: EducationLevel
DELIVERY_UNSPECIFIED: Delivery
DELIVERY_ONSITE: Delivery
DELIVERY_ONLINE: Delivery
DELIVERY_BLENDED: Delivery
SECTION_KIND_UNSPECIFIED: SectionKind
SECTION_KIND_TITLE: SectionKind
SECTION_KIND_SUMMARY: SectionKind
SECTION_KIND_DUTIES: SectionKind
SECTION_KIND_REQUIREMENTS: SectionKind
SECTION_KIND_PREFERRED: SectionKind
SECTION_KIND_BENEFITS: SectionKind
SECTION_KIND_COMPANY: SectionKind
SECTION_KIND_EDUCATION: SectionKind
SECTION_KIND_EXPERIENCE: SectionKind
SECTION_KIND_PROJECTS: SectionKind
SECTION_KIND_SKILLS: SectionKind
SECTION_KIND_CERTIFICATES: SectionKind
SECTION_KIND_OBJECTIVES: SectionKind
SECTION_KIND_CONTENT: SectionKind
SECTION_KIND_PREREQUISITES: SectionKind
SECTION_KIND_ASSESSMENT: SectionKind
WRITE_OUTCOME_UNSPECIFIED: WriteOutcome
WRITE_OUTCOME_CREATED: WriteOutcome
WRITE_OUTCOME_UPDATED: WriteOutcome
WRITE_OUTCOME_UNCHANGED: WriteOutcome

class Span(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class Salary(_message.Message):
    __slots__ = ("currency", "monthly_min_minor", "monthly_max_minor")
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_MIN_MINOR_FIELD_NUMBER: _ClassVar[int]
    MONTHLY_MAX_MINOR_FIELD_NUMBER: _ClassVar[int]
    currency: str
    monthly_min_minor: int
    monthly_max_minor: int
    def __init__(self, currency: _Optional[str] = ..., monthly_min_minor: _Optional[int] = ..., monthly_max_minor: _Optional[int] = ...) -> None: ...

class Facts(_message.Message):
    __slots__ = ("region", "education", "experience_years", "salary", "hours", "credits", "practice_share", "delivery", "prerequisites", "organisation", "cost_fen", "start_dates", "openings", "valid_from", "valid_until", "tags")
    REGION_FIELD_NUMBER: _ClassVar[int]
    EDUCATION_FIELD_NUMBER: _ClassVar[int]
    EXPERIENCE_YEARS_FIELD_NUMBER: _ClassVar[int]
    SALARY_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    CREDITS_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_SHARE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    PREREQUISITES_FIELD_NUMBER: _ClassVar[int]
    ORGANISATION_FIELD_NUMBER: _ClassVar[int]
    COST_FEN_FIELD_NUMBER: _ClassVar[int]
    START_DATES_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    region: str
    education: EducationLevel
    experience_years: float
    salary: Salary
    hours: float
    credits: float
    practice_share: float
    delivery: Delivery
    prerequisites: _containers.RepeatedScalarFieldContainer[str]
    organisation: str
    cost_fen: int
    start_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    openings: int
    valid_from: _date_pb2.Date
    valid_until: _date_pb2.Date
    tags: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, region: _Optional[str] = ..., education: _Optional[_Union[EducationLevel, str]] = ..., experience_years: _Optional[float] = ..., salary: _Optional[_Union[Salary, _Mapping]] = ..., hours: _Optional[float] = ..., credits: _Optional[float] = ..., practice_share: _Optional[float] = ..., delivery: _Optional[_Union[Delivery, str]] = ..., prerequisites: _Optional[_Iterable[str]] = ..., organisation: _Optional[str] = ..., cost_fen: _Optional[int] = ..., start_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., openings: _Optional[int] = ..., valid_from: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., valid_until: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., tags: _Optional[_Iterable[str]] = ...) -> None: ...

class Section(_message.Message):
    __slots__ = ("kind", "span", "heading")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    HEADING_FIELD_NUMBER: _ClassVar[int]
    kind: SectionKind
    span: Span
    heading: str
    def __init__(self, kind: _Optional[_Union[SectionKind, str]] = ..., span: _Optional[_Union[Span, _Mapping]] = ..., heading: _Optional[str] = ...) -> None: ...

class Redaction(_message.Message):
    __slots__ = ("category", "span")
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    category: str
    span: Span
    def __init__(self, category: _Optional[str] = ..., span: _Optional[_Union[Span, _Mapping]] = ...) -> None: ...

class Warning(_message.Message):
    __slots__ = ("code", "detail")
    CODE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    code: str
    detail: str
    def __init__(self, code: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class Truncation(_message.Message):
    __slots__ = ("characters", "tokens", "characters_left_out", "tokens_left_out")
    CHARACTERS_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    CHARACTERS_LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    TOKENS_LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    characters: int
    tokens: int
    characters_left_out: int
    tokens_left_out: int
    def __init__(self, characters: _Optional[int] = ..., tokens: _Optional[int] = ..., characters_left_out: _Optional[int] = ..., tokens_left_out: _Optional[int] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("name", "kind", "title", "text", "content", "media_type", "facts", "languages", "sections", "mentions", "redactions", "content_hash", "create_time", "update_time", "truncation", "unlinked_phrases")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    REDACTIONS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_HASH_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    UNLINKED_PHRASES_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Kind
    title: str
    text: str
    content: bytes
    media_type: str
    facts: Facts
    languages: _containers.RepeatedScalarFieldContainer[str]
    sections: _containers.RepeatedCompositeFieldContainer[Section]
    mentions: _containers.RepeatedCompositeFieldContainer[_taxonomy_pb2.SkillMention]
    redactions: _containers.RepeatedCompositeFieldContainer[Redaction]
    content_hash: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    truncation: Truncation
    unlinked_phrases: _containers.RepeatedCompositeFieldContainer[_taxonomy_pb2.UnlinkedPhrase]
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Kind, str]] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., content: _Optional[bytes] = ..., media_type: _Optional[str] = ..., facts: _Optional[_Union[Facts, _Mapping]] = ..., languages: _Optional[_Iterable[str]] = ..., sections: _Optional[_Iterable[_Union[Section, _Mapping]]] = ..., mentions: _Optional[_Iterable[_Union[_taxonomy_pb2.SkillMention, _Mapping]]] = ..., redactions: _Optional[_Iterable[_Union[Redaction, _Mapping]]] = ..., content_hash: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., truncation: _Optional[_Union[Truncation, _Mapping]] = ..., unlinked_phrases: _Optional[_Iterable[_Union[_taxonomy_pb2.UnlinkedPhrase, _Mapping]]] = ...) -> None: ...

class UpsertDocumentRequest(_message.Message):
    __slots__ = ("document", "request_id")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    document: Document
    request_id: str
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpsertDocumentResponse(_message.Message):
    __slots__ = ("document", "outcome", "warnings")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    document: Document
    outcome: WriteOutcome
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., outcome: _Optional[_Union[WriteOutcome, str]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ...) -> None: ...

class ImportDocumentsRequest(_message.Message):
    __slots__ = ("document", "request_id")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    document: Document
    request_id: str
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ImportDocumentsResponse(_message.Message):
    __slots__ = ("item_index", "name", "outcome", "error", "warnings", "mention_count", "truncation")
    ITEM_INDEX_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    MENTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    TRUNCATION_FIELD_NUMBER: _ClassVar[int]
    item_index: int
    name: str
    outcome: WriteOutcome
    error: _status_pb2.Status
    warnings: _containers.RepeatedCompositeFieldContainer[Warning]
    mention_count: int
    truncation: Truncation
    def __init__(self, item_index: _Optional[int] = ..., name: _Optional[str] = ..., outcome: _Optional[_Union[WriteOutcome, str]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[Warning, _Mapping]]] = ..., mention_count: _Optional[int] = ..., truncation: _Optional[_Union[Truncation, _Mapping]] = ...) -> None: ...

class GetDocumentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetDocumentResponse(_message.Message):
    __slots__ = ("document",)
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    document: Document
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ...) -> None: ...

class ListDocumentsRequest(_message.Message):
    __slots__ = ("kind", "page_size", "page_token", "filter")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    kind: Kind
    page_size: int
    page_token: str
    filter: str
    def __init__(self, kind: _Optional[_Union[Kind, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListDocumentsResponse(_message.Message):
    __slots__ = ("documents", "next_page_token", "total_size")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_SIZE_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    next_page_token: str
    total_size: int
    def __init__(self, documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total_size: _Optional[int] = ...) -> None: ...

class DeleteDocumentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteDocumentResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
