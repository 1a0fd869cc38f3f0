"""Small courses and requirements over the small world of the match tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.crediting import Matrix
from matcher.domain.coverage import RequirementCoverage
from matcher.domain.document import Facts, Kind
from matcher.domain.requirement import Requirement, Supply
from matcher.domain.skill import Importance, Proficiency
from matcher.domain.target import TargetRequirement, requirement_weight
from matcher.match.profile import Profile, make_profile
from matcher.match.skillspace import SkillSpace
from matcher.programmes import CoursePool
from tests.unit.match.small_world import TAXONOMY

SPACE = SkillSpace(TAXONOMY)
SKILLS = ("databases", "sql", "mysql", "postgres", "python", "water-analysis", "cod-test", "communication", "welding")
Level = Proficiency | None
Teaches = Mapping[str, Level]


def asked(
    skill_id: str,
    level: Level = None,
    importance: Importance = Importance.ESSENTIAL,
    rarity: float = 0.5,
    demand_share: float = 1.0,
) -> TargetRequirement:
    kind = TAXONOMY.get(skill_id).kind
    weight = requirement_weight(importance, kind, demand_share, rarity)
    return TargetRequirement(skill_id, kind, importance, level, demand_share, rarity, weight)


def course(teaches: Teaches, presupposes: Teaches | None = None) -> Profile:
    supply = {s: Supply(s, level, 1.0, (0,)) for s, level in teaches.items()}
    demands = [Requirement(s, Importance.ESSENTIAL, level, 1.0, (0,)) for s, level in (presupposes or {}).items()]
    return make_profile(Kind.COURSE, demands, supply, Facts(), SPACE)


def pool(
    *courses: Teaches | Profile, hours: Sequence[float | None] = (), terms: Sequence[int | None] = ()
) -> CoursePool:
    """Courses named courses/0, courses/1, …"""
    profiles = [c if isinstance(c, Profile) else course(c) for c in courses]
    unknown: list[None] = [None] * len(profiles)
    return CoursePool(
        [f"courses/{i}" for i in range(len(profiles))], profiles, list(hours or unknown), list(terms or unknown), {}
    )


def matrix(courses: CoursePool, *requirements: TargetRequirement) -> Matrix:
    return Matrix(SPACE, courses, requirements)


def rows(courses: CoursePool, *requirements: TargetRequirement) -> tuple[RequirementCoverage, ...]:
    return matrix(courses, *requirements).rows(range(len(courses)), {})
