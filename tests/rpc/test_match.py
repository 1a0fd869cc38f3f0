"""Match, BatchMatch and Explain over the wire, on the demo corpus: values, not only shapes."""

from __future__ import annotations

import math
from collections.abc import Callable

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import match_pb2 as pb
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, answer, explain, get, match, match_request, refusal

LAB_POSTING_ZH = "postings/water-lab-analyst-zh-01"
LAB_POSTING_EN = "postings/water-quality-analyst-en-01"
LAB_CANDIDATE_ZH = "candidates/water-lab-graduate-zh-01"

# What a person who knows the corpus expects to come first.
BEST = [
    (LAB_POSTING_ZH, CANDIDATE, LAB_CANDIDATE_ZH),
    (LAB_POSTING_ZH, COURSE, "courses/water-analysis-zh-01"),
    (LAB_POSTING_EN, CANDIDATE, LAB_CANDIDATE_ZH),
    (LAB_CANDIDATE_ZH, POSTING, LAB_POSTING_ZH),
    ("candidates/software-tester-en-01", POSTING, "postings/software-tester-zh-01"),
    ("postings/qa-automation-engineer-en-03", CANDIDATE, "candidates/test-automation-engineer-mix-01"),
    ("postings/ai-trainer-zh-01", COURSE, "courses/data-annotation-ai-training-zh-01"),
    ("courses/water-analysis-zh-01", COURSE, "courses/water-laboratory-methods-en-01"),
]
PAIRS = [
    (LAB_POSTING_ZH, LAB_CANDIDATE_ZH),
    (LAB_POSTING_EN, LAB_CANDIDATE_ZH),
    ("postings/software-tester-zh-01", "candidates/software-tester-en-01"),
    ("postings/ai-trainer-zh-01", "courses/data-annotation-ai-training-zh-01"),
    ("candidates/livestream-host-zh-01", "courses/livestream-commerce-zh-01"),
    ("courses/water-analysis-zh-01", "courses/water-laboratory-methods-en-01"),
]
EVERY_DIRECTION = [
    (LAB_POSTING_ZH, CANDIDATE),
    (LAB_POSTING_EN, COURSE),
    (LAB_CANDIDATE_ZH, POSTING),
    ("candidates/software-tester-en-01", COURSE),
    ("courses/plc-automation-en-01", POSTING),
    ("courses/water-analysis-zh-01", CANDIDATE),
    (LAB_POSTING_ZH, POSTING),
    ("candidates/cnc-operator-zh-01", CANDIDATE),
    ("courses/iot-applications-zh-01", COURSE),
]
COVERAGE_GROUPS: dict[str, Callable[[pb.RequirementMatch], bool]] = {
    "essential_coverage": lambda r: r.importance == tax.IMPORTANCE_ESSENTIAL and r.kind != tax.SKILL_KIND_SOFT,
    "preferred_coverage": lambda r: r.importance == tax.IMPORTANCE_PREFERRED and r.kind != tax.SKILL_KIND_SOFT,
    "soft_coverage": lambda r: r.kind == tax.SKILL_KIND_SOFT,
}


def value_of(found: pb.Match, part: str) -> float | None:
    for p in found.breakdown.parts:
        if p.part == part:
            return p.value if p.HasField("value") else None
    return None


@pytest.mark.parametrize(("query", "target", "expected"), BEST)
def test_the_fitting_document_comes_first(client: ServiceClient, query: str, target: doc.Kind, expected: str) -> None:
    assert match(client, query, target).matches[0].name == expected


def test_the_two_testers_come_before_everybody_else(client: ServiceClient) -> None:
    best = {m.name for m in match(client, "postings/software-tester-zh-01", CANDIDATE, page_size=2).matches}
    assert best == {"candidates/software-tester-en-01", "candidates/test-automation-engineer-mix-01"}


@pytest.mark.parametrize(("zh", "en"), [(LAB_POSTING_ZH, "candidates/food-lab-chemist-en-01")])
def test_a_chinese_posting_ranks_a_fitting_english_resume_above_unrelated_chinese_ones(
    client: ServiceClient, zh: str, en: str
) -> None:
    names = [m.name for m in match(client, zh, CANDIDATE, page_size=100).matches]
    assert names.index(en) < 3
    for unrelated in ("candidates/livestream-host-zh-01", "candidates/finance-bank-teller-zh-03"):
        assert unrelated not in names[:10]


@pytest.mark.parametrize(("query", "target"), EVERY_DIRECTION)
def test_ranks_are_consecutive_and_scores_descend_in_the_unit_interval(
    client: ServiceClient, query: str, target: doc.Kind
) -> None:
    reply = match(client, query, target, page_size=20)
    assert [m.rank for m in reply.matches] == list(range(1, 21))
    keys = [(-m.score, m.name) for m in reply.matches]
    assert keys == sorted(keys)
    assert all(0.0 < m.score < 1.0 for m in reply.matches)
    collection = {CANDIDATE: "candidates/", POSTING: "postings/", COURSE: "courses/"}[target]
    assert all(m.name.startswith(collection) and m.name != query for m in reply.matches)


def test_a_document_of_the_ranked_kind_never_finds_itself(client: ServiceClient, corpus: dict[str, str]) -> None:
    names: set[str] = set()
    token, n_postings = "", sum(n.startswith("postings/") for n in corpus)
    while True:
        reply = match(client, LAB_POSTING_ZH, POSTING, page_size=100, page_token=token, omit_evidence=True)
        names |= {m.name for m in reply.matches}
        assert reply.filtered_size == n_postings - 1
        token = reply.next_page_token
        if not token:
            break
    assert LAB_POSTING_ZH not in names


@pytest.mark.parametrize(("query", "target"), EVERY_DIRECTION)
def test_the_breakdown_adds_up_to_the_score(client: ServiceClient, query: str, target: doc.Kind) -> None:
    for found in match(client, query, target).matches:
        total = found.breakdown.intercept
        for part in found.breakdown.parts:
            value = part.value if part.HasField("value") else 0.0
            assert 0.0 <= value <= 1.0
            assert part.weight >= 0.0
            assert part.contribution == pytest.approx(value * part.weight, abs=1e-9)
            total += part.contribution
        assert found.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-6)


@pytest.mark.parametrize(("query", "target"), [*EVERY_DIRECTION[:3], ("postings/social-case-manager-en-01", CANDIDATE)])
def test_coverage_is_the_weighted_credit_of_the_requirements(
    client: ServiceClient, query: str, target: doc.Kind
) -> None:
    for found in match(client, query, target).matches:
        for part, belongs in COVERAGE_GROUPS.items():
            rows = [r for r in found.requirements if belongs(r)]
            value = value_of(found, part)
            if not rows:
                assert value is None, "nothing required: coverage is undefined, not 1"
                continue
            if value is None:  # a part that this pair of kinds does not weigh
                assert part not in {p.part for p in found.breakdown.parts}
                continue
            assert sum(r.weight for r in rows) == pytest.approx(1.0, abs=1e-5)
            assert value == pytest.approx(sum(r.weight * r.credit for r in rows), abs=1e-5)


@pytest.mark.parametrize(("query", "target"), EVERY_DIRECTION)
def test_every_quote_stands_in_the_stored_text(client: ServiceClient, query: str, target: doc.Kind) -> None:
    texts: dict[str, str] = {}
    n_quotes = 0
    for found in match(client, query, target, page_size=5).matches:
        quotes = [e for r in found.requirements for e in (*r.demand_evidence, *r.supply_evidence)]
        quotes += [a.evidence for a in found.additional_skills]
        for quote in quotes:
            text = texts.setdefault(quote.document, get(client, quote.document).text)
            assert quote.document in {query, found.name}
            assert text[quote.start : quote.end] == quote.quote
            assert quote.quote
            assert 0.0 < quote.confidence <= 1.0
            assert len(quote.sentence) <= 120
        n_quotes += len(quotes)
    same_kind = query.startswith({CANDIDATE: "candidates", POSTING: "postings", COURSE: "courses"}[target])
    assert n_quotes > 0 or same_kind, "between documents of one kind nothing is demanded"


def test_a_requirement_says_what_met_it_and_nothing_when_it_is_missing(client: ServiceClient) -> None:
    statuses = set()
    for found in match(client, LAB_POSTING_ZH, CANDIDATE, page_size=30).matches:
        for r in found.requirements:
            statuses.add(r.status)
            assert r.demand_evidence, "a demand without a quote is a claim without proof"
            assert {e.document for e in r.demand_evidence} == {LAB_POSTING_ZH}
            if r.status == pb.REQUIREMENT_STATUS_MISSING:
                assert (r.met_by, len(r.supply_evidence)) == ("", 0)
            else:
                assert {e.document for e in r.supply_evidence} == {found.name}
                assert r.met_by.startswith("skills/")
                assert r.credit > 0.0
    assert statuses == {
        pb.REQUIREMENT_STATUS_COVERED,
        pb.REQUIREMENT_STATUS_PARTIAL,
        pb.REQUIREMENT_STATUS_MISSING,
    }


def test_a_known_requirement_is_covered_with_the_words_of_both_texts(client: ServiceClient) -> None:
    best = match(client, LAB_POSTING_ZH, CANDIDATE).matches[0]
    by_skill = {r.skill: r for r in best.requirements}
    methods = by_skill["skills/drinking-water-test-methods"]
    assert methods.status == pb.REQUIREMENT_STATUS_COVERED
    assert "GB/T 5750" in [e.quote for e in methods.demand_evidence]
    assert "GB/T 5750" in [e.quote for e in methods.supply_evidence]
    assert by_skill["skills/ion-chromatography"].importance == tax.IMPORTANCE_PREFERRED
    assert by_skill["skills/sense-of-responsibility"].kind == tax.SKILL_KIND_SOFT


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_explain_gives_the_score_of_match_in_both_directions(client: ServiceClient, one: str, other: str) -> None:
    for query, target in ((one, other), (other, one)):
        kind = {"candidates": CANDIDATE, "postings": POSTING, "courses": COURSE}[target.partition("/")[0]]
        ranked = {m.name: m for m in match(client, query, kind, page_size=100).matches}[target]
        explained = explain(client, query, target)
        assert explained.rank == 0
        explained.rank = ranked.rank
        assert explained == ranked


@pytest.mark.parametrize(("one", "other"), PAIRS[:4])
def test_a_pair_scores_the_same_whichever_side_asks(client: ServiceClient, one: str, other: str) -> None:
    there, back = explain(client, one, other), explain(client, other, one)
    assert there.score == pytest.approx(back.score, abs=1e-6)
    assert [(r.skill, r.status) for r in there.requirements] == [(r.skill, r.status) for r in back.requirements]


@pytest.mark.parametrize(("query", "target"), EVERY_DIRECTION[:4])
def test_the_same_request_gives_the_same_reply(client: ServiceClient, query: str, target: doc.Kind) -> None:
    request = match_request(query, target, language="en")
    replies = [answer(client.matches.Match(request)).SerializeToString(deterministic=True) for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]


@pytest.mark.parametrize(("query", "target"), EVERY_DIRECTION[:4])
def test_leaving_out_evidence_keeps_names_scores_and_ranks(client: ServiceClient, query: str, target: doc.Kind) -> None:
    full, bare = match(client, query, target), match(client, query, target, omit_evidence=True)
    assert [(m.name, m.rank, m.score) for m in bare.matches] == [(m.name, m.rank, m.score) for m in full.matches]
    assert all(len(m.breakdown.parts) > 0 for m in bare.matches)
    assert not any(m.requirements or m.additional_skills or m.explanation for m in bare.matches)
    assert any(m.requirements for m in full.matches) or target != CANDIDATE


@pytest.mark.parametrize("page_size", [1, 7])
def test_pages_join_to_the_whole_ranking(client: ServiceClient, page_size: int) -> None:
    whole = match(client, LAB_POSTING_ZH, CANDIDATE, page_size=21, omit_evidence=True).matches
    paged: list[pb.Match] = []
    token = ""
    while len(paged) < 21:
        reply = match(client, LAB_POSTING_ZH, CANDIDATE, page_size=page_size, page_token=token, omit_evidence=True)
        paged += reply.matches
        token = reply.next_page_token
        assert token
    assert paged == list(whole)


@pytest.mark.parametrize(
    "changed",
    [
        {"query": "postings/water-operator-zh-01"},
        {"target": COURSE},
        {"filter": "education >= BACHELOR"},
        {"page_size": 6},
    ],
)
def test_a_page_token_of_another_match_is_refused(client: ServiceClient, changed: dict[str, object]) -> None:
    token = match(client, LAB_POSTING_ZH, CANDIDATE, page_size=5).next_page_token
    fields: dict[str, object] = {"query": LAB_POSTING_ZH, "target": CANDIDATE, "page_size": 5} | changed
    with pytest.raises(grpc.RpcError) as error:
        match(client, page_token=token, **fields)  # type: ignore[arg-type]
    assert error_info(refusal(error)).reason == "PAGE_TOKEN_OF_ANOTHER_REQUEST"


@pytest.mark.parametrize(
    ("filter_text", "holds"),
    [
        ("hours <= 48", lambda f, _: f.HasField("hours") and f.hours <= 48),
        ("hours > 48 AND hours <= 64", lambda f, _: f.HasField("hours") and 48 < f.hours <= 64),
        ("NOT hours:*", lambda f, _: not f.HasField("hours")),
        ("language:en", lambda _, d: "en" in d.languages),
        ('title:"水质" OR title:water', lambda _, d: "水质" in d.title or "water" in d.title.lower()),
    ],
)
def test_a_filter_passes_the_courses_that_state_it_and_no_others(
    client: ServiceClient, corpus: dict[str, str], filter_text: str, holds: Callable[[doc.Facts, doc.Document], bool]
) -> None:
    courses = [get(client, name) for name in corpus if name.startswith("courses/")]
    expected = {d.name for d in courses if holds(d.facts, d)}
    reply = match(client, "postings/ai-trainer-zh-01", COURSE, filter=filter_text, page_size=100, omit_evidence=True)
    assert 0 < len(expected) < len(courses)
    assert reply.filtered_size == len(expected)
    assert {m.name for m in reply.matches} <= expected
    listed = client.documents.ListDocuments(doc.ListDocumentsRequest(kind=COURSE, filter=filter_text, page_size=1000))
    assert {d.name for d in listed.documents} == expected


def test_filters_apply_before_ranking(client: ServiceClient) -> None:
    best = match(client, LAB_POSTING_ZH, CANDIDATE, page_size=5).matches
    third = best[2].name
    alone = match(client, LAB_POSTING_ZH, CANDIDATE, filter=f'id = "{third.partition("/")[2]}"').matches
    assert [(m.name, m.rank) for m in alone] == [(third, 1)]
    assert alone[0].score == best[2].score


def test_a_filter_that_nothing_passes_gives_no_matches_and_no_error(client: ServiceClient) -> None:
    reply = match(client, LAB_POSTING_ZH, CANDIDATE, filter='id = "no-such-person"')
    assert (len(reply.matches), reply.filtered_size, reply.next_page_token) == (0, 0, "")


def test_a_filter_that_nothing_passes_says_which_condition_removed_everything_and_what_would_help(
    client: ServiceClient,
) -> None:
    postings = match(client, LAB_POSTING_ZH, POSTING, filter="region = 江苏", page_size=1).filtered_size
    assert postings > 0
    reply = match(client, LAB_POSTING_ZH, POSTING, filter="region = 320000 AND salary_min >= 900000")
    place, pay = reply.filter_report.clauses
    assert (place.text, place.column, place.passing_alone, place.passing_without) == ("region = 320000", 1, postings, 0)
    assert (pay.text, pay.column, pay.passing_alone, pay.passing_without) == ("salary_min >= 900000", 21, 0, postings)
    helped = match(client, LAB_POSTING_ZH, POSTING, filter=f"region = 320000 AND {pay.loosened}")
    assert helped.filtered_size == pay.passing_loosened > 0
    assert not helped.HasField("filter_report")


def test_an_inline_document_matches_as_the_stored_one_does_and_is_not_stored(
    client: ServiceClient, corpus: dict[str, str]
) -> None:
    def documents_of(kind: doc.Kind) -> int:
        return int(client.documents.ListDocuments(doc.ListDocumentsRequest(kind=kind, page_size=1)).total_size)

    before = documents_of(POSTING)
    inline = doc.Document(kind=POSTING, text=corpus[LAB_POSTING_ZH])
    stored, sent = match(client, LAB_POSTING_ZH, CANDIDATE), match(client, inline, CANDIDATE)
    assert [(m.name, m.score) for m in sent.matches] == [(m.name, m.score) for m in stored.matches]
    demanded = [e for r in sent.matches[0].requirements for e in r.demand_evidence]
    assert {e.document for e in demanded} == {""}
    assert documents_of(POSTING) == before
    assert sent.versions.index_revision == stored.versions.index_revision


def test_an_inline_file_is_read_as_its_text_is(client: ServiceClient, corpus: dict[str, str]) -> None:
    text = corpus[LAB_POSTING_EN]
    by_text = match(client, doc.Document(kind=POSTING, text=text), CANDIDATE)
    by_file = match(client, doc.Document(kind=POSTING, content=text.encode(), media_type="text/plain"), CANDIDATE)
    assert [(m.name, m.score) for m in by_file.matches] == [(m.name, m.score) for m in by_text.matches]


@pytest.mark.parametrize(
    ("posting", "resume", "skill"),
    [
        (LAB_POSTING_ZH, LAB_CANDIDATE_ZH, "skills/lims"),
        ("postings/qa-automation-engineer-en-03", "candidates/test-automation-engineer-mix-01", ""),
    ],
)
def test_removing_the_cited_sentences_of_a_skill_lowers_the_score_and_uncovers_it(
    client: ServiceClient, corpus: dict[str, str], posting: str, resume: str, skill: str
) -> None:
    text = corpus[resume]
    before = explain(client, posting, doc.Document(kind=CANDIDATE, text=text))
    covered = [
        r
        for r in before.requirements
        if r.status == pb.REQUIREMENT_STATUS_COVERED and r.met_by == r.skill and r.skill == (skill or r.skill)
    ]
    cited = max(covered, key=lambda r: r.weight)
    for quote in {evidence.quote for evidence in cited.supply_evidence}:
        assert quote in text
        text = text.replace(quote, "")
    after = explain(client, posting, doc.Document(kind=CANDIDATE, text=text))
    now = {r.skill: r for r in after.requirements}[cited.skill]
    assert now.credit < cited.credit
    assert now.met_by != cited.skill
    assert after.score < before.score


def test_explanations_are_rendered_in_the_language_asked_for(client: ServiceClient) -> None:
    default, zh, en = (match(client, LAB_POSTING_ZH, CANDIDATE, language=code).matches[0] for code in ("", "zh", "en"))
    assert default == zh
    assert zh.explanation.startswith("匹配分 ")
    assert "已满足：" in zh.explanation
    assert en.explanation.startswith("Score ")
    assert "Not shown by the text: " in en.explanation
    labels_zh = {r.skill: r.label for r in zh.requirements}
    labels_en = {r.skill: r.label for r in en.requirements}
    assert labels_zh["skills/spectrophotometry"] == "分光光度法"
    assert labels_en["skills/spectrophotometry"] == "spectrophotometry"
    assert all(r.label in en.explanation for r in en.requirements)


def test_a_query_without_skills_says_so(client: ServiceClient) -> None:
    reply = match(client, doc.Document(kind=POSTING, text="招人，待遇好，包吃住，速来。"), CANDIDATE)
    assert "QUERY_NAMES_NO_SKILLS" in [w.code for w in reply.warnings]


def test_a_batch_answers_as_single_calls_do_and_outlives_a_bad_item(client: ServiceClient) -> None:
    requests = [
        match_request(LAB_POSTING_ZH, CANDIDATE, page_size=3),
        match_request("postings/none-of-this-name", CANDIDATE),
        match_request(LAB_POSTING_ZH, CANDIDATE, filter="hours <"),
        match_request(LAB_POSTING_ZH, doc.KIND_UNSPECIFIED),
        match_request("candidates/software-tester-en-01", COURSE, language="en"),
    ]
    answers = list(client.matches.BatchMatch(pb.BatchMatchRequest(requests=requests)))
    assert [a.request_index for a in answers] == [0, 1, 2, 3, 4]
    assert [a.WhichOneof("result") for a in answers] == ["response", "error", "error", "error", "response"]
    for index in (0, 4):
        assert answer(answers[index].response) == answer(client.matches.Match(requests[index]))
    assert error_info(answers[1].error).reason == "RESOURCE_NOT_FOUND"
    assert answers[1].error.code == grpc.StatusCode.NOT_FOUND.value[0]
    assert error_info(answers[2].error).reason == "INVALID_FILTER"
    assert error_info(answers[3].error).metadata["field"] == "target_kind"


def test_a_preset_and_weights_change_scores_as_the_breakdown_says_and_are_told_in_the_versions(
    client: ServiceClient,
) -> None:
    plain = match(client, LAB_POSTING_ZH, COURSE)
    college = match(client, LAB_POSTING_ZH, COURSE, preset="college")
    own = match(client, LAB_POSTING_ZH, COURSE, preset="college", weights={"title_similarity": 0.0})
    assert college.versions.weights == f"{plain.versions.weights}/college"
    assert own.versions.weights.startswith(f"{college.versions.weights}/")
    assert [m.score for m in college.matches] != [m.score for m in plain.matches]
    assert "title_similarity" in {p.part for p in college.matches[0].breakdown.parts}
    assert "title_similarity" not in {p.part for m in own.matches for p in m.breakdown.parts}
    best = own.matches[0]
    total = best.breakdown.intercept + sum(p.contribution for p in best.breakdown.parts)
    assert best.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-6)
    alone = client.matches.Explain(
        pb.ExplainRequest(
            query=pb.Query(name=LAB_POSTING_ZH),
            target=pb.Query(name=best.name),
            preset="college",
            weights={"title_similarity": 0.0},
        )
    )
    assert (alone.match.score, alone.versions.weights) == (best.score, own.versions.weights)
    assert match(client, LAB_POSTING_ZH, COURSE, preset="portal").matches[0].score == plain.matches[0].score


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"preset": "recruiter"}, "preset"),
        ({"weights": {"charm": 1.0}}, "weights[charm]"),
        ({"weights": {"next_step": -1.0}}, "weights[next_step]"),
        ({"weights": {"next_step": math.nan}}, "weights[next_step]"),
    ],
)
def test_weights_that_there_are_not_are_refused_by_name(
    client: ServiceClient, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        match(client, LAB_POSTING_ZH, COURSE, **fields)
    status = refusal(caught)
    assert status.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
    assert error_info(status).metadata["field"] == field


def test_the_reply_names_the_versions_that_decided_it(client: ServiceClient) -> None:
    versions = match(client, LAB_POSTING_ZH, CANDIDATE).versions
    assert versions.model.startswith("skillmatch-static-256@")
    assert versions.taxonomy.startswith("starter-")
    assert "+" in versions.weights
    assert versions.index_revision > 0


@pytest.mark.parametrize(
    ("query", "target_kind"),
    [
        ("postings/software-tester-zh-01", doc.KIND_POSTING),
        ("candidates/data-entry-clerk-zh-01", doc.KIND_COURSE),
        ("courses/iot-applications-zh-01", doc.KIND_COURSE),
    ],
)
def test_a_skill_overlap_above_zero_is_proven_by_shared_skills_quoted_from_both(
    client: ServiceClient, imported: None, query: str, target_kind: doc.Kind
) -> None:
    reply = client.matches.Match(pb.MatchRequest(query=pb.Query(name=query), target_kind=target_kind, page_size=5))
    text = {
        m.name: client.documents.GetDocument(doc.GetDocumentRequest(name=m.name)).document.text for m in reply.matches
    }
    own = client.documents.GetDocument(doc.GetDocumentRequest(name=query)).document.text
    assert any(m.shared_skills for m in reply.matches)
    for found in reply.matches:
        overlap = next(p.value for p in found.breakdown.parts if p.part == "skill_overlap")
        assert bool(found.shared_skills) == (overlap > 0)
        for shared in found.shared_skills:
            left, right = shared.query_evidence, shared.target_evidence
            assert left.quote == own[left.start : left.end]
            assert right.quote == text[found.name][right.start : right.end]
            assert shared.label in found.explanation
        assert not {s.skill for s in found.shared_skills} & {a.skill for a in found.additional_skills}


def test_a_course_adds_what_it_teaches_and_the_person_does_not_show(client: ServiceClient) -> None:
    person = "candidates/data-entry-clerk-zh-01"
    shown = {m.skill for m in get(client, person).mentions}
    best = match(client, person, COURSE).matches[0]
    taught = {m.skill for m in get(client, best.name).mentions}
    added = [a.skill for a in best.additional_skills]
    assert added
    assert set(added) <= taught - shown
    assert {a.evidence.document for a in best.additional_skills} == {best.name}
