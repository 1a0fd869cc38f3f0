"""CredentialService over the wire: the water micro-major of the demo corpus, and everything that can be wrong with a request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from google.type.date_pb2 import Date

from matcher._gen.skillmatch.v1 import course_plan_pb2, match_pb2, plan_pb2, target_pb2
from matcher._gen.skillmatch.v1 import credential_pb2 as pb
from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import get, import_all, item, refusal
from tests.rpc.test_privacy import bytes_on_disk

WATER = [
    "postings/smart-water-engineer-en-01",
    "postings/water-central-control-zh-01",
    "postings/water-equipment-maintenance-zh-01",
    "postings/water-lab-analyst-zh-01",
    "postings/water-operator-zh-01",
]
BASICS, IOT, DATA, CONTROL, TWIN = FIVE = [
    "courses/smart-water-basics-zh-01",
    "courses/iot-applications-zh-01",
    "courses/big-data-analytics-zh-01",
    "courses/intelligent-control-zh-01",
    "courses/digital-twin-zh-01",
]
NAME = "credentials/rpc-smart-water"
RESUME = "求职意向：水厂值班员\n技能\n熟练掌握Excel；了解PLC编程"


@pytest.fixture(scope="module")
def found(client: ServiceClient) -> pb.DesignCredentialResponse:
    return design(client, limits=pb.BundleLimits(min_courses=5, max_courses=5), compare_courses=FIVE)


@pytest.fixture
def stored(client: ServiceClient) -> Iterator[pb.CredentialView]:
    cohort = target_pb2.Cohort(postings=WATER)
    yield create(client, pb.Credential(name=NAME, title="智慧水务", courses=FIVE, cohort=cohort))
    client.credentials.DeleteCredential(pb.DeleteCredentialRequest(name=NAME))


@pytest.fixture
def person(client: ServiceClient, forget: Callable[[str], None]) -> str:
    name = "candidates/rpc-graduate"
    forget(name)
    (result,) = import_all(client, item(name, RESUME))
    assert not result.HasField("error")
    return name


def design(client: ServiceClient, postings: list[str] | None = None, **fields: Any) -> pb.DesignCredentialResponse:
    cohort = target_pb2.Cohort(postings=WATER if postings is None else postings)
    reply: pb.DesignCredentialResponse = client.credentials.DesignCredential(
        pb.DesignCredentialRequest(cohort=cohort, **fields)
    )
    return reply


def create(client: ServiceClient, credential: pb.Credential) -> pb.CredentialView:
    view: pb.CredentialView = client.credentials.CreateCredential(
        pb.CreateCredentialRequest(credential=credential)
    ).view
    return view


def complete(
    client: ServiceClient, candidate: str, subject: str, month: int = 6, verified_by: str = ""
) -> pb.CompletionView:
    completion = pb.Completion(
        subject=subject, completed_on=Date(year=2026, month=month, day=1), verified_by=verified_by
    )
    view: pb.CompletionView = client.credentials.RecordCompletion(
        pb.RecordCompletionRequest(candidate=candidate, completion=completion)
    ).view
    return view


def refused(call: Callable[[], object]) -> tuple[grpc.StatusCode, str, str]:
    """(code, reason, field) of a call that is refused."""
    with pytest.raises(grpc.RpcError) as error:
        call()
    info = error_info(refusal(error))
    return error.value.code(), info.reason, info.metadata.get("field", "")


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_the_water_cohort_gets_a_micro_major_that_beats_the_five_courses_of_the_syllabi(
    found: pb.DesignCredentialResponse,
) -> None:
    assert found.solution.optimal
    assert found.solution.goal == pb.BUNDLE_GOAL_PER_HOUR
    assert found.solution.bound == pytest.approx(found.solution.value, rel=1e-12)
    assert found.solution.value == pytest.approx(found.found.covered_per_hour, rel=1e-5)
    assert len(found.found.courses) == 5
    assert list(found.compared.courses) == FIVE
    assert found.found.covered_per_hour > found.compared.covered_per_hour > 0
    assert found.found.covered_per_hour >= found.greedy.covered_per_hour
    assert BASICS in found.found.courses


def test_every_figure_of_a_draft_recomputes_from_its_own_rows(found: pb.DesignCredentialResponse) -> None:
    bundle = found.bundle
    demanded = [s for s in bundle.skills if s.status]
    weight = sum(s.weight for s in demanded)
    assert sum(s.weight * s.credit for s in demanded) / weight == pytest.approx(bundle.covered, rel=1e-6)
    assert bundle.covered == pytest.approx(found.found.covered)
    assert sum(c.hours for c in bundle.courses) == bundle.hours == found.found.hours
    assert sum(c.credits for c in bundle.courses) == pytest.approx(bundle.credits)
    practice = sum(c.hours * c.practice_share for c in bundle.courses if c.HasField("practice_share"))
    told = sum(c.hours for c in bundle.courses if c.HasField("practice_share"))
    assert bundle.practice_share == pytest.approx(practice / told)
    assert all(c.adds > 0 for c in bundle.courses), "none could be left out for nothing"
    assert found.found.covered_per_hour == pytest.approx(found.found.covered / found.found.hours)


def test_no_course_is_invented_and_every_quote_is_in_its_text(
    client: ServiceClient, found: pb.DesignCredentialResponse, corpus: dict[str, str]
) -> None:
    bundle = found.bundle
    assert {c.course for c in bundle.courses} == set(found.found.courses) <= set(corpus)
    quotes = [e for c in bundle.courses for e in c.assessment]
    quotes += [e for s in bundle.skills for e in (*s.demand_evidence, *s.course_evidence)]
    assert len(quotes) > 50
    texts = {name: get(client, name).text for name in {e.document for e in quotes}}
    assert all(e.quote == texts[e.document][e.start : e.end] for e in quotes)
    assert all(s.course in found.found.courses for s in bundle.skills if s.course)
    assert all(c.assessment for c in bundle.courses if c.course == BASICS)


def test_what_nobody_teaches_is_named(client: ServiceClient, found: pb.DesignCredentialResponse) -> None:
    missing = [s for s in found.bundle.skills if s.status == match_pb2.REQUIREMENT_STATUS_MISSING]
    elsewhere = [name for s in missing for name in s.taught_elsewhere]
    assert elsewhere
    assert not set(elsewhere) & set(found.found.courses)
    certificates = [s for s in missing if s.kind == tax.SKILL_KIND_CERTIFICATE]
    assert "skills/low-voltage-electrician-certificate" in {s.skill for s in certificates}
    assert not any(s.taught_elsewhere for s in certificates), "an examination earns them"
    untaught = [s for s in missing if not s.taught_elsewhere and s not in certificates]
    assert untaught
    for skill in untaught:
        assert (skill.course, skill.credit, len(skill.course_evidence)) == ("", 0.0, 0)
        listing = doc.ListDocumentsRequest(
            kind=doc.KIND_COURSE, filter=f"skill:{skill.skill.removeprefix('skills/')}", page_size=100
        )
        for course in client.documents.ListDocuments(listing).documents:  # it may be presupposed, not taught
            kinds = {m.importance for m in get(client, course.name).mentions if m.skill == skill.skill}
            assert tax.IMPORTANCE_STATED not in kinds or get(client, course.name).facts.prerequisites


def test_prerequisites_come_with_a_course_and_before_it(client: ServiceClient) -> None:
    limits = pb.BundleLimits(min_courses=1, max_courses=6, required_courses=[TWIN])
    reply = design(client, limits=limits)
    order = [c.course for c in reply.bundle.courses]
    for before, after in ((BASICS, DATA), (DATA, TWIN), (CONTROL, TWIN)):
        assert order.index(before) < order.index(after)
    (twin,) = [c for c in reply.bundle.courses if c.course == TWIN]
    assert set(twin.after) == {DATA, CONTROL}
    assert list(twin.entry_requirements) == ["会使用三维软件者更佳"]


def test_limits_are_kept(client: ServiceClient) -> None:
    limits = pb.BundleLimits(
        min_courses=4, max_courses=6, max_hours=230, min_practice_share=0.6, excluded_courses=[BASICS]
    )
    reply = design(client, goal=pb.BUNDLE_GOAL_COVERED, limits=limits, title="水务", language="en")
    bundle = reply.bundle
    assert bundle.title == "水务"
    assert 4 <= len(bundle.courses) <= 6
    assert bundle.hours <= 230
    assert sum(c.hours * c.practice_share for c in bundle.courses) >= 0.6 * bundle.hours - 1e-9
    assert BASICS not in [c.course for c in bundle.courses]
    assert ("EXCLUDED", BASICS) in [(out.reason, out.course) for out in reply.left_out]
    assert ("NO_HOURS", "courses/ev-maintenance-en-01") in [(out.reason, out.course) for out in reply.left_out]
    assert reply.solution.value == pytest.approx(reply.found.covered, rel=1e-5)
    more = design(client, goal=pb.BUNDLE_GOAL_COVERED, limits=pb.BundleLimits(max_courses=6, max_hours=300))
    assert more.found.covered >= reply.found.covered


def test_a_title_and_occupations_are_proposed_from_the_demand(
    client: ServiceClient, found: pb.DesignCredentialResponse
) -> None:
    assert found.bundle.title == "水务与环境工程微专业"
    counts = {o.occupation: (o.posting_count, list(o.titles)) for o in found.bundle.occupations}
    assert counts["occupations/laboratory-analyst"] == (1, ["水质化验员"])
    assert "occupations/thermal-power-operator" not in counts, "集控值班员 of a waterworks is none of a power station"
    assert sum(n for n, _ in counts.values()) == len(WATER)
    assert design(client, language="en").bundle.title.startswith("Micro-major water")


def test_a_course_filter_bounds_the_choice(client: ServiceClient) -> None:
    reply = design(client, course_filter="hours <= 50", limits=pb.BundleLimits(min_courses=2))
    assert all(c.hours <= 50 for c in reply.bundle.courses)


@pytest.mark.parametrize(
    ("limits", "names"),
    [
        (pb.BundleLimits(min_courses=4, max_hours=40), {"min_courses", "max_hours"}),
        (pb.BundleLimits(min_coverage=0.99), {"min_coverage"}),
        (pb.BundleLimits(max_courses=2, required_courses=[TWIN]), {"max_courses", "required_courses"}),
    ],
)
def test_limits_that_no_bundle_meets_are_refused_with_those_that_conflict(
    client: ServiceClient, limits: pb.BundleLimits, names: set[str]
) -> None:
    with pytest.raises(grpc.RpcError) as error:
        design(client, limits=limits)
    info = error_info(refusal(error))
    assert (error.value.code(), info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "LIMITS_CONFLICT")
    assert set(info.metadata["limits"].split(", ")) == names


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"limits": pb.BundleLimits(min_courses=6, max_courses=5)}, ("INVALID_REQUEST", "limits.max_courses")),
        ({"limits": pb.BundleLimits(max_hours=-1)}, ("INVALID_REQUEST", "limits.max_hours")),
        (
            {"limits": pb.BundleLimits(required_courses=[BASICS], excluded_courses=[BASICS])},
            ("LIMITS_CONFLICT", "limits.excluded_courses"),
        ),
        (
            {"limits": pb.BundleLimits(required_courses=["courses/ev-maintenance-en-01"])},
            ("NO_HOURS", "limits.required_courses"),
        ),
        ({"course_filter": "hours <"}, ("INVALID_FILTER", "course_filter")),
    ],
)
def test_bad_design_requests_are_refused(
    client: ServiceClient, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert refused(lambda: design(client, **fields)) == (grpc.StatusCode.INVALID_ARGUMENT, *expected)


def test_what_is_not_stored_or_demands_nothing_is_refused(client: ServiceClient, forget: Callable[[str], None]) -> None:
    not_found, failed = grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION
    unknown = pb.BundleLimits(required_courses=["courses/none"])
    expected = (not_found, "RESOURCE_NOT_FOUND")
    assert refused(lambda: design(client, limits=unknown)) == (*expected, "limits.required_courses")
    assert refused(lambda: design(client, compare_courses=["courses/none"])) == (*expected, "compare_courses")
    assert refused(lambda: design(client, postings=["postings/none"])) == (*expected, "cohort.postings")
    empty = pb.DesignCredentialRequest(cohort=target_pb2.Cohort(filter='region = "nowhere"'))
    code, reason, field = refused(lambda: client.credentials.DesignCredential(empty))
    assert (code, reason, field) == (failed, "EMPTY_COHORT", "cohort")
    forget("postings/rpc-silent")
    import_all(client, item("postings/rpc-silent", "招聘启事\n任职要求\n身体健康"))
    silent = refused(lambda: design(client, postings=["postings/rpc-silent"]))
    assert silent == (grpc.StatusCode.INVALID_ARGUMENT, "COHORT_NAMES_NO_SKILLS", "cohort")


# --- stored bundles --------------------------------------------------------------------------------------------------


def test_a_stored_bundle_comes_with_what_it_comes_to(client: ServiceClient, stored: pb.CredentialView) -> None:
    view = client.credentials.GetCredential(pb.GetCredentialRequest(name=NAME, language="en")).view
    assert list(view.credential.courses) == FIVE
    assert list(view.credential.cohort.postings) == WATER
    assert (view.bundle.hours, view.bundle.credits) == (238, 14)
    assert view.bundle.covered == pytest.approx(stored.bundle.covered)
    labels = {s.skill: s.label for s in view.bundle.skills}
    assert labels["skills/pump-station-operation"] == "pump station operation"
    assert view.versions.taxonomy.startswith("starter-")
    assert not view.warnings


def test_bundles_are_listed_in_pages_and_deleted(client: ServiceClient, stored: pb.CredentialView) -> None:
    second = create(client, pb.Credential(title="数据", courses=[BASICS, DATA]))
    assert second.credential.name.startswith("credentials/mc-")
    assert create(client, pb.Credential(title="数据", courses=[BASICS, DATA])).credential == second.credential
    first_page = client.credentials.ListCredentials(pb.ListCredentialsRequest(page_size=1))
    request = pb.ListCredentialsRequest(page_size=1, page_token=first_page.next_page_token)
    last_page = client.credentials.ListCredentials(request)
    names = [c.name for c in (*first_page.credentials, *last_page.credentials)]
    assert names == sorted([NAME, second.credential.name])
    assert (first_page.total_size, last_page.next_page_token) == (2, "")
    (overlap,) = client.credentials.GetCredential(pb.GetCredentialRequest(name=NAME)).view.overlaps
    assert (overlap.credential, list(overlap.shared_courses)) == (second.credential.name, [BASICS, DATA])
    assert "skills/python" in overlap.shared_skills
    client.credentials.DeleteCredential(pb.DeleteCredentialRequest(name=second.credential.name))
    gone = pb.GetCredentialRequest(name=second.credential.name)
    assert refused(lambda: client.credentials.GetCredential(gone))[0] is grpc.StatusCode.NOT_FOUND
    again = pb.DeleteCredentialRequest(name=second.credential.name)
    assert refused(lambda: client.credentials.DeleteCredential(again))[0] is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("courses", "code", "reason"),
    [
        ([BASICS, DATA, BASICS], grpc.StatusCode.INVALID_ARGUMENT, "DUPLICATE_COURSE"),
        ([BASICS, "courses/none"], grpc.StatusCode.NOT_FOUND, "RESOURCE_NOT_FOUND"),
        ([DATA, BASICS], grpc.StatusCode.INVALID_ARGUMENT, "ORDER_BREAKS_PREREQUISITES"),
        ([], grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
        (["postings/x"], grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
    ],
)
def test_a_bundle_of_wrong_courses_is_refused(
    client: ServiceClient, courses: list[str], code: grpc.StatusCode, reason: str
) -> None:
    bad = pb.Credential(name="credentials/rpc-bad", title="x", courses=courses)
    got = refused(lambda: create(client, bad))
    assert got[:2] == (code, reason)
    assert got[2].startswith("credential.courses")
    assert refused(lambda: client.credentials.GetCredential(pb.GetCredentialRequest(name="credentials/rpc-bad")))


def test_prerequisites_that_run_in_a_circle_are_refused_and_never_drafted(
    client: ServiceClient, forget: Callable[[str], None]
) -> None:
    names = ["courses/rpc-egg", "courses/rpc-hen"]
    for name in names:
        forget(name)
    text = "《{own}》课程大纲\n学时：10\n先修课程：{other}\n课程目标\n熟练掌握水质分析、泵站运行、PLC编程"
    import_all(
        client,
        item(names[0], text.format(own="鸡蛋学", other="母鸡学")),
        item(names[1], text.format(own="母鸡学", other="鸡蛋学")),
    )
    got = refused(lambda: create(client, pb.Credential(title="x", courses=names)))
    assert got == (grpc.StatusCode.INVALID_ARGUMENT, "CYCLIC_PREREQUISITES", "credential.courses")
    reply = design(client)
    assert not set(names) & set(reply.found.courses)
    assert {(o.reason, o.course) for o in reply.left_out} >= {("CYCLIC_PREREQUISITES", name) for name in names}
    required = pb.BundleLimits(required_courses=names[:1])
    assert refused(lambda: design(client, limits=required))[1] == "CYCLIC_PREREQUISITES"


def test_an_id_is_taken_once(client: ServiceClient, stored: pb.CredentialView) -> None:
    other = pb.Credential(name=NAME, title="另一个", courses=[BASICS])
    assert refused(lambda: create(client, other)) == (
        grpc.StatusCode.ALREADY_EXISTS,
        "RESOURCE_EXISTS",
        "credential_id",
    )


def test_a_bundle_outlives_a_syllabus_and_says_so(client: ServiceClient, forget: Callable[[str], None]) -> None:
    forget("courses/rpc-short")
    import_all(client, item("courses/rpc-short", "《短课》课程大纲\n课程目标\n熟练掌握Excel"))
    view = create(client, pb.Credential(name="credentials/rpc-short", title="x", courses=["courses/rpc-short"]))
    assert [w.code for w in view.warnings] == ["HOURS_UNKNOWN"]
    assert not view.bundle.HasField("covered")
    client.documents.DeleteDocument(doc.DeleteDocumentRequest(name="courses/rpc-short"))
    view = client.credentials.GetCredential(pb.GetCredentialRequest(name="credentials/rpc-short")).view
    assert [(c.course, c.deleted) for c in view.bundle.courses] == [("courses/rpc-short", True)]
    assert [w.code for w in view.warnings] == ["COURSE_DELETED"]
    assert not view.bundle.skills
    client.credentials.DeleteCredential(pb.DeleteCredentialRequest(name="credentials/rpc-short"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bundle_is_exported_in_every_format(client: ServiceClient, stored: pb.CredentialView, language: str) -> None:
    def export(written_as: pb.ExportFormat) -> pb.ExportCredentialResponse:
        request = pb.ExportCredentialRequest(
            name=NAME, format=written_as, language=language, issuer="某某学院", base_url="https://example.edu/sm"
        )
        reply: pb.ExportCredentialResponse = client.credentials.ExportCredential(request)
        return reply

    sheet = export(pb.EXPORT_FORMAT_MARKDOWN)
    assert sheet.filename == f"rpc-smart-water-{language}.md"
    text = sheet.content.decode()
    assert text.startswith("# 智慧水务 — " + ("微专业备案表" if language == "zh" else "Micro-major filing sheet"))
    assert "数字孪生（水厂应用）" in text
    assert "课程项目60%" in text
    word = export(pb.EXPORT_FORMAT_DOCX)
    assert word.content[:2] == b"PK"
    assert word.media_type.endswith("wordprocessingml.document")
    badge = json.loads(export(pb.EXPORT_FORMAT_OPEN_BADGE).content)
    assert badge["id"] == "https://example.edu/sm/credentials/rpc-smart-water"
    assert {a["targetCode"] for a in badge["alignment"]} >= {"pump-station-operation", "water-plant-digital-twin"}
    graph = json.loads(export(pb.EXPORT_FORMAT_CTDL).content)["@graph"]
    assert len(graph) == 6


@pytest.mark.parametrize(
    "bad",
    [
        pb.ExportCredentialRequest(name=NAME),
        pb.ExportCredentialRequest(name=NAME, format=pb.EXPORT_FORMAT_CTDL, language="fr"),
        pb.ExportCredentialRequest(name=NAME, format=pb.EXPORT_FORMAT_CTDL, base_url="javascript:alert(1)"),
        pb.ExportCredentialRequest(name="courses/x", format=pb.EXPORT_FORMAT_CTDL),
    ],
)
def test_bad_export_requests_are_refused(client: ServiceClient, bad: pb.ExportCredentialRequest) -> None:
    assert refused(lambda: client.credentials.ExportCredential(bad))[0] is grpc.StatusCode.INVALID_ARGUMENT


# --- completions -----------------------------------------------------------------------------------------------------


def test_completions_count_in_gap_stack_and_growth(
    client: ServiceClient, stored: pb.CredentialView, person: str
) -> None:
    target = target_pb2.Target(posting=match_pb2.Query(name="postings/water-central-control-zh-01"))
    ask = plan_pb2.AnalyzeGapRequest(candidate=match_pb2.Query(name=person), target=target)
    before = client.plans.AnalyzeGap(ask).gap
    proved = complete(client, person, BASICS, verified_by="某某学院教务处")
    skills = {s.skill: s for s in proved.proved_skills}
    assert skills["skills/drinking-water-standard"].level == tax.PROFICIENCY_AWARE
    assert skills["skills/pump-station-operation"].evidence[0].document == BASICS
    complete(client, person, CONTROL, month=9)
    after = client.plans.AnalyzeGap(ask).gap
    assert after.totals.open_weight < before.totals.open_weight
    quotes = {
        e.completion
        for r in (*after.essential_skills, *after.preferred_skills)
        for e in r.evidence
        if e.document == BASICS
    }
    assert quotes == {proved.completion.name}
    growth = client.credentials.GetGrowth(pb.GetGrowthRequest(candidate=person, target=target))
    assert [p.completion.subject for p in growth.points] == ["", BASICS, CONTROL]
    assert growth.points[0].open_weight == pytest.approx(before.totals.open_weight)
    assert growth.points[2].open_weight == pytest.approx(after.totals.open_weight)
    assert growth.points[1].steps
    steps = client.credentials.StackCredentials(pb.StackCredentialsRequest(candidate=person)).steps
    (step,) = [s for s in steps if s.credential == NAME]
    assert (list(step.completed_courses), list(step.courses_left)) == ([BASICS, CONTROL], [IOT, DATA, TWIN])
    assert (step.hours_left, step.held) == (130, False)


def test_a_completed_course_is_not_planned_again(client: ServiceClient, person: str) -> None:
    target = target_pb2.Target(posting=match_pb2.Query(name="postings/water-central-control-zh-01"))
    ask = course_plan_pb2.PlanCoursesRequest(
        candidate=match_pb2.Query(name=person), target=target, limits=course_plan_pb2.PlanLimits(max_hours=60)
    )
    before = {c.course for c in client.plans.PlanCourses(ask).plan.courses}
    assert BASICS in before
    complete(client, person, BASICS)
    assert BASICS not in {c.course for c in client.plans.PlanCourses(ask).plan.courses}


def test_who_holds_a_bundle_is_told_what_the_next_one_asks(client: ServiceClient, stored: pb.CredentialView) -> None:
    small = create(client, pb.Credential(name="credentials/rpc-small", title="入门", courses=[BASICS, DATA]))
    request = pb.StackCredentialsRequest(held_credentials=[small.credential.name])
    steps = {s.credential: s for s in client.credentials.StackCredentials(request).steps}
    assert steps[small.credential.name].held
    assert list(steps[NAME].courses_left) == [IOT, CONTROL, TWIN]
    client.credentials.DeleteCredential(pb.DeleteCredentialRequest(name=small.credential.name))
    assert refused(lambda: client.credentials.StackCredentials(request))[0] is grpc.StatusCode.NOT_FOUND


def test_a_completion_is_listed_deleted_and_gone_with_its_candidate(
    client: ServiceClient, engine: Engine, person: str
) -> None:
    first = complete(client, person, BASICS, verified_by="某某学院Quuxbar办公室")
    second = complete(client, person, DATA, month=7)
    listed = client.credentials.ListCompletions(pb.ListCompletionsRequest(candidate=person)).completions
    assert [v.completion.name for v in listed] == [first.completion.name, second.completion.name]
    client.credentials.DeleteCompletion(pb.DeleteCompletionRequest(name=second.completion.name))
    again = pb.DeleteCompletionRequest(name=second.completion.name)
    assert refused(lambda: client.credentials.DeleteCompletion(again))[0] is grpc.StatusCode.NOT_FOUND
    assert b"Quuxbar" in bytes_on_disk(engine.settings.store.path)
    client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=person))
    on_disk = bytes_on_disk(engine.settings.store.path)
    assert b"Quuxbar" not in on_disk
    assert first.completion.name.rpartition("/")[2].encode() not in on_disk
    listing = pb.ListCompletionsRequest(candidate=person)
    assert refused(lambda: client.credentials.ListCompletions(listing))[0] is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("completion", "code", "reason"),
    [
        (
            pb.Completion(subject=BASICS, completed_on=Date(year=2999, month=1, day=1)),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_REQUEST",
        ),
        (
            pb.Completion(subject=BASICS, completed_on=Date(year=2026, month=2, day=30)),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_REQUEST",
        ),
        (pb.Completion(subject=BASICS), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
        (
            pb.Completion(subject=BASICS, completed_on=Date(year=2026, month=2, day=1), verified_by="电话13912345678"),
            grpc.StatusCode.INVALID_ARGUMENT,
            "PERSONAL_DATA",
        ),
        (
            pb.Completion(subject=BASICS, completed_on=Date(year=2026, month=2, day=1), verified_by="x" * 201),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_REQUEST",
        ),
        (
            pb.Completion(subject="postings/x", completed_on=Date(year=2026, month=2, day=1)),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_REQUEST",
        ),
        (
            pb.Completion(subject="credentials/none", completed_on=Date(year=2026, month=2, day=1)),
            grpc.StatusCode.NOT_FOUND,
            "RESOURCE_NOT_FOUND",
        ),
    ],
)
def test_bad_completions_are_refused(
    client: ServiceClient, person: str, completion: pb.Completion, code: grpc.StatusCode, reason: str
) -> None:
    request = pb.RecordCompletionRequest(candidate=person, completion=completion)
    assert refused(lambda: client.credentials.RecordCompletion(request))[:2] == (code, reason)
    assert not client.credentials.ListCompletions(pb.ListCompletionsRequest(candidate=person)).completions
