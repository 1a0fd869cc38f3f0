"""Taxonomies as CASE 1.0-style JSON (1EdTech Competencies and Academic Standards Exchange): a CFPackage.

Enters: a `Taxonomy`. Leaves: CFDocument, CFItems, CFAssociations and the groupings they name, as JSON values; identifiers are
UUIDs made of our ids, so two exports of one skill have one identifier. CASE gives an item one language and an association no
weight, so:

- a concept is one item per language. The first, in the order en, zh, others, stands for the concept in associations; the
  others are `exactMatchOf` it, in the grouping "translation".
- `humanCodingScheme` is our id, `CFItemType` "skill: <kind>" or "occupation", `conceptKeywords` the aliases (`=` before those that
  match exactly), `notes` the definition, `subject` the field.
- broader is `isChildOf`; a prerequisite `precedes` what it is needed for; a substitute, and a skill of an occupation, is
  `isRelatedTo`. What an association cannot carry stands in the title of its grouping: "substitute 0.7", "essential proficient".

Task skills are a reference table and no competencies; they are not exported. Codes of occupations are not either: CASE has
no place for them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from matcher.domain.occupation import Occupation, OccupationSkill
from matcher.domain.skill import Skill
from matcher.domain.skill_relation import RelationType
from matcher.taxonomy.taxonomy import Taxonomy

NAMESPACE: Final = uuid.UUID("6d3f2f0c-4f0e-5b7a-9a57-0d6a4c1f9b20")
OCCUPATION_TYPE: Final = "occupation"
SKILL_TYPE: Final = "skill: "
TRANSLATION: Final = "translation"
_FIRST_LANGUAGES: Final = ("en", "zh")
Json = dict[str, Any]


def export_case(taxonomy: Taxonomy, uri: str, moment: datetime | None = None) -> Json:
    """The taxonomy as a CFPackage.

    Args:
        taxonomy: what to write.
        uri: where the package will be found, without a slash at the end; identifiers of items are laid below it.
        moment: time of the last change, with a time zone; None: now.
    """
    return _Package(taxonomy, uri, (moment or datetime.now(UTC)).isoformat(timespec="seconds")).json()


def languages_of(labels: Iterable[str]) -> list[str]:
    """Languages with the one first that stands for the concept."""
    return sorted(labels, key=lambda tag: (tag not in _FIRST_LANGUAGES, tag))


class _Package:
    def __init__(self, taxonomy: Taxonomy, uri: str, moment: str) -> None:
        self._taxonomy = taxonomy
        self._uri = uri
        self._moment = moment
        self._items: list[Json] = []
        self._associations: list[Json] = []
        self._groupings: dict[str, Json] = {}
        self._main: dict[str, Json] = {}

    def json(self) -> Json:
        document = self._identified("document", self._taxonomy.version)
        self._document_uri = {"title": self._taxonomy.name, **document}
        for skill in self._taxonomy:
            exact = skill.exact_forms
            self._add_concept(skill.name, skill, f"{SKILL_TYPE}{skill.kind.value}", exact)
        for occupation in self._taxonomy.occupations:
            self._add_concept(occupation.name, occupation, OCCUPATION_TYPE, frozenset())
        self._relate()
        return {
            "CFDocument": {
                **document,
                "creator": "skillmatch",
                "title": self._taxonomy.name,
                "version": self._taxonomy.version,
                "lastChangeDateTime": self._moment,
                "caseVersion": "1.0",
                "frameworkType": "skills taxonomy",
            },
            "CFItems": self._items,
            "CFAssociations": self._associations,
            "CFDefinitions": {"CFAssociationGroupings": list(self._groupings.values())},
        }

    def _add_concept(self, name: str, concept: Skill | Occupation, item_type: str, exact: frozenset[str]) -> None:
        first, *others = languages_of(concept.labels)
        for language in (first, *others):
            keywords = [f"={form}" if form in exact else form for form in concept.aliases.get(language, ())]
            item: Json = {
                **self._identified("item", f"{name}/{language}"),
                "CFDocumentURI": self._document_uri,
                "CFItemType": item_type,
                "fullStatement": concept.labels[language],
                "humanCodingScheme": concept.id,
                "language": language,
                "subject": [concept.field_code],
                "lastChangeDateTime": self._moment,
            }
            if keywords:
                item["conceptKeywords"] = keywords
            if language in concept.definitions:
                item["notes"] = concept.definitions[language]
            self._items.append(item)
            if language == first:
                self._main[name] = item
            else:
                self._associate("exactMatchOf", item, self._main[name], TRANSLATION)

    def _relate(self) -> None:
        for skill in self._taxonomy:
            for parent in skill.broader:
                self._associate("isChildOf", self._main[skill.name], self._main[f"skills/{parent}"])
        for relation in self._taxonomy.relations:
            origin, other = self._main[f"skills/{relation.from_id}"], self._main[f"skills/{relation.to_id}"]
            grouping = f"{relation.type.value} {relation.strength:g}"
            if relation.type is RelationType.PREREQUISITE:
                self._associate("precedes", other, origin, grouping)
            else:
                self._associate("isRelatedTo", origin, other, grouping)
        for occupation in self._taxonomy.occupations:
            self._ask(occupation.name, "essential", occupation.essential)
            self._ask(occupation.name, "optional", occupation.optional)

    def _ask(self, name: str, how: str, skills: Iterable[OccupationSkill]) -> None:
        for item in skills:
            grouping = how if item.level is None else f"{how} {item.level.name.lower()}"
            self._associate("isRelatedTo", self._main[name], self._main[f"skills/{item.skill_id}"], grouping)

    def _associate(
        self, kind: str, origin: Mapping[str, Any], destination: Mapping[str, Any], grouping: str = ""
    ) -> None:
        key = f"{origin['identifier']} {kind} {destination['identifier']} {grouping}"
        association = {
            **self._identified("association", key),
            "CFDocumentURI": self._document_uri,
            "associationType": kind,
            "originNodeURI": _link(origin),
            "destinationNodeURI": _link(destination),
            "lastChangeDateTime": self._moment,
        }
        if grouping:
            known = self._groupings.get(grouping)
            if known is None:
                known = {
                    **self._identified("grouping", grouping),
                    "title": grouping,
                    "lastChangeDateTime": self._moment,
                }
                self._groupings[grouping] = known
            association["CFAssociationGroupingURI"] = {key: known[key] for key in ("title", "identifier", "uri")}
        self._associations.append(association)

    def _identified(self, what: str, key: str) -> Json:
        identifier = str(uuid.uuid5(NAMESPACE, f"{what}/{key}"))
        return {"identifier": identifier, "uri": f"{self._uri}/{what}s/{identifier}"}


def _link(item: Mapping[str, Any]) -> Json:
    return {"title": item["fullStatement"], "identifier": item["identifier"], "uri": item["uri"]}
