"""CoverageService over the wire, on the demo corpus: it agrees with Explain, proves what it says, stores nothing, refuses typed."""

from __future__ import annotations

from collections.abc import Iterable

import grpc
import pytest

from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as match_pb
from matcher._gen.skillmatch.v1 import status_pb2 as st
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher.coverage_queries import CoverQuery
from matcher.domain.target import PostingTarget
from matcher.engine import Engine
from matcher.match.explain import explain_requirements
from matcher.programmes import MAX_COURSES
from matcher.serve.client import ServiceClient, error_info, field_violations
from tests.rpc.messages import explain, get, refusal

TESTER = "postings/software-tester-zh-01"
TESTING = "courses/software-testing-technology-zh-01"
COVERED, PARTIAL, MISSING = (
    match_pb.REQUIREMENT_STATUS_COVERED,
    match_pb.REQUIREMENT_STATUS_PARTIAL,
    match_pb.REQUIREMENT_STATUS_MISSING,
)
WATER_COURSES = [
    f"courses/{name}"
    for name in (
        "digital-twin-zh-01",
        "network-hydraulics-gis-en-01",
        "pumps-electrical-maintenance-en-01",
        "scada-instrumentation-en-01",
        "smart-water-basics-zh-01",
        "wastewater-treatment-technology-en-01",
        "water-analysis-zh-01",
    )
]
WATER = pb.Programme(title="智慧水务", courses=WATER_COURSES)
WATER_POSTINGS = tgt.Target(cohort=tgt.Cohort(filter='title:"水" OR title:"water"'))


def posting(name: str) -> tgt.Target:
    return tgt.Target(posting=match_pb.Query(name=name))


def syllabus(text: str, name: str = "") -> doc.Document:
    return doc.Document(kind=doc.KIND_COURSE, text=text, name=name)


def audit(client: ServiceClient, programme: pb.Programme = WATER, **fields: object) -> pb.AuditProgrammeResponse:
    request = pb.AuditProgrammeRequest(programme=programme, **{"target": WATER_POSTINGS, **fields})  # type: ignore[arg-type]
    reply: pb.AuditProgrammeResponse = client.coverage.AuditProgramme(request)
    return reply


def simulate(client: ServiceClient, **fields: object) -> pb.SimulateCourseResponse:
    request = pb.SimulateCourseRequest(**{"target": WATER_POSTINGS, "programme": WATER, **fields})  # type: ignore[arg-type]
    reply: pb.SimulateCourseResponse = client.coverage.SimulateCourse(request)
    return reply


def hard(reply: pb.AuditProgrammeResponse) -> list[pb.RequirementCoverage]:
    return [*reply.covered, *reply.weakly_covered, *reply.untaught]


def texts_hold(evidence: Iterable[match_pb.Evidence], text_by_name: dict[str, str]) -> int:
    """Checks each quote against its document; returns how many there were."""
    n = 0
    for e in evidence:
        assert e.quote == text_by_name[e.document][e.start : e.end] != ""
        n += 1
    return n


@pytest.fixture(scope="session")
def stored_texts(client: ServiceClient, corpus: dict[str, str]) -> dict[str, str]:
    return {name: get(client, name).text for name in corpus if not name.startswith("candidates/")}


def test_a_cell_is_what_a_match_of_the_pair_says(client: ServiceClient, engine: Engine, corpus: dict[str, str]) -> None:
    in_force = engine.present.now
    with in_force.working_set.reading():
        rarity = in_force.working_set.rarity()
    courses = [n for n in corpus if n.startswith("courses/")]
    read = {n: in_force.deriver.explained(n, s.document, s.mentions) for n in courses for s in [engine.get(n)]}
    n_compared = 0
    for name in sorted(n for n in corpus if n.startswith("postings/"))[::6]:
        demand = engine.targets.posting(in_force, name, "target")
        found = engine.cover_posting(CoverQuery(target=PostingTarget(name), max_courses=200))
        cells = {(row.requirement.skill_id, cell.course): cell for row in found.rows for cell in row.cells}
        for course, text in read.items():
            for explained in explain_requirements(demand, text, in_force.deriver.space, rarity):
                cell = cells.pop((explained.skill_id, course), None)
                if cell is None:
                    assert explained.credit == 0.0
                    continue
                assert (cell.credit, cell.status) == (explained.credit, explained.status)
                assert (cell.met_by, cell.level) == (explained.met_by, explained.held_level)
                assert cell.evidence == explained.supply_evidence
                n_compared += 1
        assert not cells
    assert n_compared > 500


def test_a_posting_is_covered_by_the_smallest_set_of_courses(
    client: ServiceClient, stored_texts: dict[str, str]
) -> None:
    request = pb.CoverPostingRequest(target=posting(TESTER), with_evidence=True, language="en")
    reply = client.coverage.CoverPosting(request)
    assert (reply.target.name, reply.target.posting_count) == (TESTER, 1)
    assert reply.target.requirement_count == len(reply.requirements) > 10
    assert reply.course_count == sum(n.startswith("courses/") for n in stored_texts)
    assert len(reply.courses) <= 20 < reply.helpful_course_count < reply.course_count
    sets = reply.sets
    assert sets.is_smallest
    assert sets.size_bound == len(sets.smallest.courses) <= len(sets.greedy.courses)
    groups = (pb.REQUIREMENT_GROUP_ESSENTIAL, pb.REQUIREMENT_GROUP_PREFERRED)
    to_cover = [r for r in reply.requirements if r.group in groups and r.status == COVERED]
    assert sets.to_cover_count == len(to_cover)
    for chosen in (sets.smallest, sets.greedy):
        for row in to_cover:
            assert {c.course for c in row.cells if c.status == COVERED} & set(chosen.courses)
    # leaving any one out leaves something uncovered
    for left_out in sets.smallest.courses:
        rest = set(sets.smallest.courses) - {left_out}
        assert any(not {c.course for c in r.cells if c.status == COVERED} & rest for r in to_cover)
    n_quotes = sum(texts_hold(c.evidence, stored_texts) for r in reply.requirements for c in r.cells)
    n_quotes += sum(texts_hold(r.requirement.demand_evidence, stored_texts) for r in reply.requirements)
    assert n_quotes > 100
    assert "proven to be the fewest" in reply.explanation


def test_the_covering_sets_follow_what_is_asked_of_them(client: ServiceClient) -> None:
    def sets(**fields: object) -> pb.CoveringSets:
        found: pb.CoveringSets = client.coverage.CoverPosting(
            pb.CoverPostingRequest(target=posting(TESTER), **fields)  # type: ignore[arg-type]
        ).sets
        return found

    plain, essential, partial = sets(), sets(essential_only=True), sets(accept_partial=True)
    assert essential.to_cover_count < plain.to_cover_count <= partial.to_cover_count
    assert len(essential.smallest.courses) <= len(plain.smallest.courses)
    one = sets(programme=pb.Programme(courses=[TESTING]))
    assert list(one.smallest.courses) == list(one.greedy.courses) == [TESTING]
    assert one.to_cover_count < plain.to_cover_count


def test_cells_have_quotes_on_request_only(client: ServiceClient) -> None:
    programme = pb.Programme(courses=[TESTING])
    request = pb.CoverPostingRequest(target=posting(TESTER), programme=programme)
    without = client.coverage.CoverPosting(request)
    request.with_evidence = True
    with_quotes = client.coverage.CoverPosting(request)
    assert not any(c.evidence for r in without.requirements for c in r.cells)
    assert all(c.evidence for r in with_quotes.requirements for c in r.cells)
    for row in with_quotes.requirements:
        for cell in row.cells:
            cell.ClearField("evidence")
    assert list(with_quotes.requirements) == list(without.requirements)


def test_an_audit_puts_every_requirement_in_one_list(client: ServiceClient, stored_texts: dict[str, str]) -> None:
    reply = audit(client)
    lists = (reply.covered, reply.weakly_covered, reply.untaught, reply.soft_skills, reply.certificates)
    skills = [r.requirement.skill for found in lists for r in found]
    assert len(skills) == len(set(skills)) == reply.target.requirement_count
    for found, status in ((reply.covered, COVERED), (reply.weakly_covered, PARTIAL), (reply.untaught, MISSING)):
        assert {r.status for r in found} == {status}
    for found in lists:
        weights = [r.requirement.weight for r in found]
        assert weights == sorted(weights, reverse=True)
    assert all(not r.cells and not r.best_course for r in reply.untaught)
    assert all(r.shortfall for r in reply.weakly_covered)
    assert not any(r.shortfall for r in reply.covered)
    for row in (*reply.covered, *reply.weakly_covered):
        assert texts_hold(row.requirement.demand_evidence, stored_texts)
        assert texts_hold(row.cells[0].evidence, stored_texts)
    assert [c.course for c in reply.courses] == WATER_COURSES


def test_the_band_is_the_share_of_required_skills_without_evidence(client: ServiceClient) -> None:
    reply = audit(client)
    required = [r for r in hard(reply) if r.group == pb.REQUIREMENT_GROUP_ESSENTIAL]
    without = [r for r in required if r.status == MISSING]
    found = reply.alignment
    assert (found.required_count, found.without_evidence_count) == (len(required), len(without))
    assert found.share == len(without) / len(required)
    assert (0.2 < found.share <= 0.5, found.band) == (True, pb.ALIGNMENT_BAND_MEDIUM)
    essential = reply.groups[0]
    assert (essential.required_count, essential.missing_count) == (len(required), len(without))
    assert essential.coverage == pytest.approx(
        sum(r.requirement.weight * r.credit for r in required) / sum(r.requirement.weight for r in required)
    )


def test_taught_skills_are_told_by_who_asks_and_who_teaches(
    client: ServiceClient, stored_texts: dict[str, str]
) -> None:
    reply = audit(client)
    assert all(len(t.teaching) >= 2 and len({c.course for c in t.teaching}) == len(t.teaching) for t in reply.overlaps)
    assert "skills/activated-sludge-process" in {t.skill for t in reply.overlaps}
    demanded = {r.requirement.skill for r in hard(reply)}
    assert reply.undemanded
    assert demanded.isdisjoint(t.skill for t in reply.undemanded)
    assert all(t.demand_weight == 0 for t in reply.undemanded)
    met_by = {c.met_by for r in hard(reply) for c in r.cells}
    assert met_by.isdisjoint(t.skill for t in reply.undemanded)
    for taught in (*reply.overlaps, *reply.undemanded):
        for teaching in taught.teaching:
            assert texts_hold(teaching.evidence, stored_texts)
            assert {e.document for e in teaching.evidence} == {teaching.course}


BASICS = "水化学基础\n课程目标：掌握滴定分析，熟练掌握分光光度法"
NEXT = "水厂数据分析\n先修课程：滴定分析、Python\n\n课程内容：SQL"


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ({}, [("documents[1]", "skills/python", pb.PREREQUISITE_STATUS_NOT_TAUGHT)]),
        (
            {"documents[0]": 1, "documents[1]": 2},
            [("documents[1]", "skills/python", pb.PREREQUISITE_STATUS_NOT_TAUGHT)],
        ),
        (
            {"documents[0]": 2, "documents[1]": 2},
            [
                ("documents[1]", "skills/titration", pb.PREREQUISITE_STATUS_TAUGHT_LATER),
                ("documents[1]", "skills/python", pb.PREREQUISITE_STATUS_NOT_TAUGHT),
            ],
        ),
    ],
)
def test_prerequisites_are_looked_for_in_the_courses_before(
    client: ServiceClient, terms: dict[str, int], found: list[tuple[str, str, int]]
) -> None:
    programme = pb.Programme(
        documents=[syllabus(BASICS), syllabus(NEXT)],
        terms=[pb.CourseTerm(course=course, term=term) for course, term in terms.items()],
    )
    reply = audit(client, programme)
    assert [(m.course, m.skill, m.status) for m in reply.missing_prerequisites] == found
    assert reply.prerequisite_count == 2
    assert all(NEXT[e.start : e.end] == e.quote for m in reply.missing_prerequisites for e in m.demand_evidence)
    assert [c.term for c in reply.courses] == [terms.get("documents[0]", 0), terms.get("documents[1]", 0)]


def test_a_prerequisite_may_be_met_by_a_course_of_its_title(client: ServiceClient) -> None:
    first, then = syllabus("流体认识实习\n课程目标：参观"), syllabus("泵站运行\n先修课程：流体认识实习、工程认知")
    reply = audit(client, pb.Programme(documents=[first, then]))
    assert [(m.course, m.text, m.status) for m in reply.missing_prerequisites] == [
        ("documents[1]", "工程认知", pb.PREREQUISITE_STATUS_NOT_RECOGNISED)
    ]
    terms = [pb.CourseTerm(course="documents[0]", term=3), pb.CourseTerm(course="documents[1]", term=1)]
    reply = audit(client, pb.Programme(documents=[first, then], terms=terms))
    assert (reply.missing_prerequisites[0].text, reply.missing_prerequisites[0].status) == (
        "流体认识实习",
        pb.PREREQUISITE_STATUS_TITLE_LATER,
    )


def test_a_share_leaves_out_what_few_postings_ask_for(client: ServiceClient) -> None:
    plain = audit(client)
    cohort = tgt.Cohort(filter=WATER_POSTINGS.cohort.filter, min_demand_share=0.25)
    cut = audit(client, target=tgt.Target(cohort=cohort))
    assert all(r.requirement.demand_share >= 0.25 for r in hard(cut))
    assert cut.target.requirement_count + cut.target.left_out_count == plain.target.requirement_count
    assert cut.target.left_out_count > 50
    # what one posting asks for is still demanded
    assert [t.skill for t in cut.undemanded] == [t.skill for t in plain.undemanded]


def test_an_occupation_may_be_the_target(client: ServiceClient) -> None:
    target = tgt.Target(occupation="occupations/data-analyst")
    reply = audit(client, pb.Programme(filter="skill:sql"), target=target)
    assert (reply.target.name, reply.target.posting_count) == ("occupations/data-analyst", 0)
    assert "skills/sql" in {r.requirement.skill for r in (*reply.covered, *reply.weakly_covered)}
    simulated = simulate(client, target=target, replaces=WATER_COURSES[0])
    assert not simulated.newly_covered_postings
    assert simulated.before.covered_posting_count == 0


def test_a_posting_coverage_is_the_essential_coverage_of_a_match(client: ServiceClient) -> None:
    for name in (TESTER, "postings/water-lab-analyst-zh-01", "postings/smart-water-engineer-en-01"):
        for course in (TESTING, "courses/water-analysis-zh-01"):
            parts = {p.part: p.value for p in explain(client, name, course).breakdown.parts}
            expected = parts["essential_coverage"]
            # a threshold just at the coverage is crossed by taking the course out, one just above it never is
            if expected <= 0:
                continue
            base = pb.Programme(courses=[course])
            at = simulate(client, programme=base, target=posting(name), replaces=course, covered_from=expected - 1e-5)
            above = simulate(
                client, programme=base, target=posting(name), replaces=course, covered_from=min(1, expected + 1e-5)
            )
            (lost,) = at.lost_postings
            assert (lost.posting, lost.coverage_after) == (name, 0.0)
            assert lost.coverage_before == pytest.approx(expected, abs=1e-6)
            assert (at.before.covered_posting_count, at.after.covered_posting_count) == (1, 0)
            assert not above.lost_postings


def test_an_edit_that_changes_nothing_changes_nothing(client: ServiceClient, corpus: dict[str, str]) -> None:
    name = "courses/water-analysis-zh-01"
    reply = simulate(client, replaces=name, course=syllabus(corpus[name]))
    assert list(reply.before.groups) == list(reply.after.groups)
    assert all(r.credit_before == r.credit_after for r in reply.requirements)
    assert not reply.newly_covered_skills
    assert not reply.lost_skills
    assert reply.covered_from == 0.8


def test_a_syllabus_that_loses_a_skill_covers_less_and_one_that_gains_covers_more(
    client: ServiceClient, corpus: dict[str, str]
) -> None:
    name, lost = "courses/water-analysis-zh-01", "skills/atomic-absorption"
    shorter = simulate(client, replaces=name, course=syllabus(corpus[name].replace("、原子吸收", "")))
    assert list(shorter.lost_skills) == [lost]
    assert shorter.newly_covered_skills == []
    changed = [r for r in shorter.requirements if r.credit_before != r.credit_after]
    assert [r.requirement.skill for r in changed] == [lost]
    assert changed[0].best_before.course == name
    longer = simulate(client, course=syllabus("仪表与数据\n课程目标：熟悉在线水质仪表，熟练掌握SQL和Excel，会LIMS"))
    assert {"skills/sql", "skills/excel"} <= set(longer.newly_covered_skills)
    assert longer.lost_skills == []
    assert longer.after.groups[0].coverage > longer.before.groups[0].coverage
    assert longer.after.alignment.without_evidence_count < longer.before.alignment.without_evidence_count
    gained = next(r for r in longer.requirements if r.requirement.skill == "skills/sql")
    assert (gained.status_before, gained.status_after, gained.best_after.course) == (MISSING, COVERED, "course")
    assert [e.quote for e in gained.best_after.evidence] == ["SQL"]


def test_postings_that_an_edit_would_newly_cover(client: ServiceClient, corpus: dict[str, str]) -> None:
    programme = pb.Programme(courses=[n for n in WATER_COURSES if n != "courses/water-analysis-zh-01"])
    course = syllabus(corpus["courses/water-analysis-zh-01"])
    reply = simulate(client, programme=programme, course=course, covered_from=0.5)
    assert "postings/water-lab-analyst-zh-01" in {p.posting for p in reply.newly_covered_postings}
    for change in reply.newly_covered_postings:
        assert change.coverage_before < 0.5 <= change.coverage_after
        assert change.title
    changes = [p.coverage_after - p.coverage_before for p in reply.newly_covered_postings]
    assert changes == sorted(changes, reverse=True)
    assert reply.after.covered_posting_count == reply.before.covered_posting_count + len(changes)


def test_a_simulation_stores_nothing(client: ServiceClient, corpus: dict[str, str]) -> None:
    name = WATER_COURSES[0]
    before, stored = client.status.GetStatus(st.GetStatusRequest()), get(client, name)
    simulate(client, replaces=name, course=syllabus("别的课程\n课程内容：焊接"))
    simulate(client, course=syllabus("新的课程\n课程内容：焊接", name="courses/not-stored"))
    after = client.status.GetStatus(st.GetStatusRequest())
    assert (after.versions, list(after.kinds)) == (before.versions, list(before.kinds))
    assert get(client, name) == stored
    with pytest.raises(grpc.RpcError) as error:
        get(client, "courses/not-stored")
    assert error.value.code() is grpc.StatusCode.NOT_FOUND


def test_programmes_side_by_side(client: ServiceClient) -> None:
    electrical = pb.Programme(title="电气", filter='title:"电气" OR title:"PLC"')
    request = pb.CompareProgrammesRequest(programmes=[WATER, electrical], target=WATER_POSTINGS)
    reply = client.coverage.CompareProgrammes(request)
    water, other = reply.programmes
    alone = audit(client)
    assert (water.title, water.alignment, list(water.groups)) == ("智慧水务", alone.alignment, list(alone.groups))
    for row in reply.requirements:
        assert len(row.programmes) == 2
    mine, theirs, shared = ({t.skill for t in found} for found in (water.only_here, other.only_here, reply.shared))
    assert not mine & theirs
    assert not (mine | theirs) & shared
    assert all(shared_both(t, water, other) for t in reply.shared)
    assert not water.HasField("hours_per_weight")  # a course does not state its hours
    assert water.hours_unknown_count == 1
    met = sum(g.met_weight for g in other.groups[:2])
    assert other.hours == sum(c.hours for c in other.courses)
    assert other.hours_per_weight == pytest.approx(other.hours / met)


def shared_both(skill: pb.TaughtSkill, *programmes: pb.ComparedProgramme) -> bool:
    teaching = {t.course for t in skill.teaching}
    return all(teaching & {c.course for c in p.courses} for p in programmes)


def test_texts_are_rendered_in_both_languages(client: ServiceClient) -> None:
    assert audit(client, language="zh").explanation.startswith("专业“智慧水务”：7门课程")
    english = audit(client, language="en")
    assert english.explanation.startswith("Programme “智慧水务”: 7 courses")
    assert "Alignment: medium" in english.explanation
    assert english.untaught[0].requirement.label.isascii()


def bad(
    programme: pb.Programme | None = None, target: tgt.Target = WATER_POSTINGS, **fields: object
) -> pb.SimulateCourseRequest | pb.AuditProgrammeRequest:
    if fields:
        return pb.SimulateCourseRequest(programme=programme, target=target, **fields)  # type: ignore[arg-type]
    return pb.AuditProgrammeRequest(programme=programme, target=target)


NONE = tgt.Target(cohort=tgt.Cohort(filter='title:"no such title"'))
RESUME = doc.Document(kind=doc.KIND_CANDIDATE, text="熟悉Python")


@pytest.mark.parametrize(
    ("request_", "code", "reason", "field"),
    [
        (
            bad(pb.Programme(courses=["courses/no-1", TESTING, "courses/no-2"])),
            "NOT_FOUND",
            "RESOURCE_NOT_FOUND",
            "programme.courses",
        ),
        (bad(pb.Programme(courses=[TESTING, TESTING])), "INVALID_ARGUMENT", "INVALID_REQUEST", "programme.courses"),
        (bad(pb.Programme(courses=["postings/x"])), "INVALID_ARGUMENT", "INVALID_REQUEST", "programme.courses[0]"),
        (bad(pb.Programme()), "INVALID_ARGUMENT", "EMPTY_PROGRAMME", "programme"),
        (bad(pb.Programme(filter='title:"no such title"')), "INVALID_ARGUMENT", "EMPTY_PROGRAMME", "programme"),
        (bad(pb.Programme(filter="hours <")), "INVALID_ARGUMENT", "INVALID_FILTER", "programme.filter"),
        (bad(pb.Programme(documents=[RESUME])), "INVALID_ARGUMENT", "NOT_A_COURSE", "programme.documents[0].kind"),
        (
            bad(pb.Programme(documents=[doc.Document(text="x")])),
            "INVALID_ARGUMENT",
            "KIND_MISSING",
            "programme.documents[0].kind",
        ),
        (
            bad(pb.Programme(documents=[syllabus(" ")])),
            "INVALID_ARGUMENT",
            "EMPTY_TEXT",
            "programme.documents[0].text",
        ),
        (
            bad(pb.Programme(documents=[syllabus("讲SQL")] * 51)),
            "INVALID_ARGUMENT",
            "INVALID_REQUEST",
            "programme.documents",
        ),
        (
            bad(pb.Programme(courses=[TESTING], documents=[syllabus("讲SQL", name=TESTING)])),
            "INVALID_ARGUMENT",
            "DUPLICATE_COURSE",
            "programme.documents[0]",
        ),
        (
            bad(pb.Programme(courses=[TESTING], terms=[pb.CourseTerm(course="courses/other", term=1)])),
            "INVALID_ARGUMENT",
            "TERM_WITHOUT_COURSE",
            "programme.terms",
        ),
        (
            bad(pb.Programme(courses=[TESTING], terms=[pb.CourseTerm(course=TESTING, term=t) for t in (1, 2)])),
            "INVALID_ARGUMENT",
            "DUPLICATE_TERM",
            "programme.terms",
        ),
        (bad(WATER, NONE), "FAILED_PRECONDITION", "EMPTY_COHORT", "target.cohort"),
        (bad(WATER, posting("postings/no-such")), "NOT_FOUND", "RESOURCE_NOT_FOUND", "target.posting.name"),
        (bad(WATER, posting(TESTING)), "INVALID_ARGUMENT", "TARGET_IS_NO_POSTING", "target.posting"),
        (bad(WATER, replaces=""), "INVALID_ARGUMENT", "NO_EDIT", "course"),
        (bad(WATER, replaces=TESTING), "NOT_FOUND", "RESOURCE_NOT_FOUND", "replaces"),
        (bad(None, replaces="courses/no-such"), "NOT_FOUND", "RESOURCE_NOT_FOUND", "replaces"),
        (bad(WATER, course=RESUME), "INVALID_ARGUMENT", "NOT_A_COURSE", "course.kind"),
        (
            bad(WATER, course=syllabus("讲SQL", name=WATER_COURSES[0])),
            "INVALID_ARGUMENT",
            "DUPLICATE_COURSE",
            "course.name",
        ),
        (
            bad(WATER, replaces=WATER_COURSES[0], covered_from=0.0),
            "INVALID_ARGUMENT",
            "INVALID_REQUEST",
            "covered_from",
        ),
        (
            bad(WATER, replaces=WATER_COURSES[0], covered_from=1.5),
            "INVALID_ARGUMENT",
            "INVALID_REQUEST",
            "covered_from",
        ),
    ],
)
def test_bad_input_is_refused_with_field_and_reason(
    client: ServiceClient,
    request_: pb.SimulateCourseRequest | pb.AuditProgrammeRequest,
    code: str,
    reason: str,
    field: str,
) -> None:
    call = (
        client.coverage.SimulateCourse
        if isinstance(request_, pb.SimulateCourseRequest)
        else client.coverage.AuditProgramme
    )
    with pytest.raises(grpc.RpcError) as error:
        call(request_)
    status = refusal(error)
    info = error_info(status)
    assert (error.value.code().name, info.reason) == (code, reason)
    assert field in {info.metadata["field"], *(f for f, _ in field_violations(status))}


def test_unknown_courses_are_named(client: ServiceClient) -> None:
    unknown = [f"courses/no-{i:02d}" for i in range(12)]
    with pytest.raises(grpc.RpcError) as error:
        audit(client, pb.Programme(courses=[TESTING, *unknown]))
    message = refusal(error).message
    assert all(name in message for name in unknown[:10])
    assert "and 2 more" in message
    assert TESTING not in message


def test_one_programme_alone_cannot_be_compared(client: ServiceClient) -> None:
    with pytest.raises(grpc.RpcError) as error:
        client.coverage.CompareProgrammes(pb.CompareProgrammesRequest(programmes=[WATER], target=WATER_POSTINGS))
    assert "programmes" in dict(field_violations(refusal(error)))
    with pytest.raises(grpc.RpcError) as error:
        client.coverage.CompareProgrammes(
            pb.CompareProgrammesRequest(programmes=[WATER, pb.Programme()], target=WATER_POSTINGS)
        )
    assert error_info(refusal(error)).metadata["field"] == "programmes[1]"


def test_a_programme_of_too_many_courses_names_the_limit(client: ServiceClient, corpus: dict[str, str]) -> None:
    every = pb.Programme(
        filter="language:zh OR language:en", documents=[syllabus(f"课程{i}\n讲SQL") for i in range(50)]
    )
    n_stored = sum(name.startswith("courses/") for name in corpus)
    names = [f"courses/many-{i}" for i in range(MAX_COURSES + 1 - 50 - n_stored)]
    items = (doc.ImportDocumentsRequest(document=doc.Document(name=n, text=f"{n}\n课程内容：SQL")) for n in names)
    assert not any(r.HasField("error") for r in client.documents.ImportDocuments(items))
    try:
        with pytest.raises(grpc.RpcError) as error:
            audit(client, every)
        info = error_info(refusal(error))
        assert (info.reason, info.metadata["limit"]) == ("PROGRAMME_TOO_LARGE", "200 courses")
        del every.documents[0]
        assert len(audit(client, every, omit_evidence=True).courses) == MAX_COURSES
    finally:
        for name in names:
            client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
