"""What bundles share. Enters: courses of one bundle. Leaves: the stored bundles that share courses or skills with it, and which."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.bundles import read_courses
from matcher.domain.bundle import Overlap
from matcher.in_force import InForce
from matcher.store import DocumentStore

MAX_SHARED_SKILLS = 30


def overlaps_with(
    store: DocumentStore, in_force: InForce, courses: Sequence[str], own_id: str = ""
) -> tuple[Overlap, ...]:
    """Stored bundles that share something with these courses, most shared courses first, then most skills, then by id.

    Args:
        store: where bundles rest.
        in_force: whose skills.
        courses: of the bundle.
        own_id: id of the bundle itself, "" when it is not stored; it is left out.
    """
    others = [c for c in store.credentials.all() if c.id != own_id]
    texts = read_courses(
        store, in_force, list(dict.fromkeys([*courses, *(name for c in others for name in c.courses)]))
    )
    soft = {s for s, is_soft in zip(in_force.deriver.space.ids, in_force.deriver.space.soft, strict=True) if is_soft}
    taught = {name: set(text.shown) - soft for name, text in texts.items()}
    own = set().union(*(taught.get(name, set()) for name in courses))
    found = []
    for other in others:
        shared_courses = tuple(name for name in other.courses if name in set(courses))
        skills = own & set().union(*(taught.get(name, set()) for name in other.courses))
        if shared_courses or skills:
            shown = tuple(sorted(skills)[:MAX_SHARED_SKILLS])
            found.append((len(skills), Overlap(other.name, other.title, shared_courses, shown)))
    found.sort(key=lambda item: (-len(item[1].shared_courses), -item[0], item[1].credential))
    return tuple(overlap for _, overlap in found)
