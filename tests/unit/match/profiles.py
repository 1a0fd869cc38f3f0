"""Hypothesis strategies for profiles over the small world."""

from __future__ import annotations

from hypothesis import strategies as st

from matcher.domain.document import EducationLevel, Kind
from matcher.domain.skill import Proficiency
from matcher.match.profile import Profile
from tests.unit.match.small_world import IDS, Demand, E, P, candidate, posting, profile

levels = st.none() | st.sampled_from(Proficiency)
skills = st.sampled_from(IDS)
demands = st.lists(st.tuples(skills, st.sampled_from([E, P]), levels), max_size=8, unique_by=lambda d: d[0])
supplies = st.dictionaries(skills, levels, max_size=8)
educations = st.none() | st.sampled_from(EducationLevel)
years = st.none() | st.floats(0, 30, width=16)


def _posting(demand: list[Demand], education: EducationLevel | None, experience: float | None) -> Profile:
    return posting(*demand, education=education, years=experience)


def _course(demand: list[Demand], supply: dict[str, Proficiency | None]) -> Profile:
    return profile(Kind.COURSE, demand, supply)


postings = st.builds(_posting, demands, educations, years)
candidates = st.builds(candidate, supplies, educations, years)
courses = st.builds(_course, demands, supplies)
