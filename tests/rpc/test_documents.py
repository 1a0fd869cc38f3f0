"""Upsert, Get, List, Delete and the import stream over the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import grpc
import pytest

from matcher._gen.skillmatch.v1 import document_pb2 as doc
from matcher._gen.skillmatch.v1 import taxonomy_pb2 as tax
from matcher.engine import Engine
from matcher.serve.client import ServiceClient, error_info
from tests.rpc.messages import CANDIDATE, COURSE, POSTING, get, import_all, item, match, refusal

Forget = Callable[[str], None]
CREATED, UPDATED, UNCHANGED, NOT_WRITTEN = (
    doc.WRITE_OUTCOME_CREATED,
    doc.WRITE_OUTCOME_UPDATED,
    doc.WRITE_OUTCOME_UNCHANGED,
    doc.WRITE_OUTCOME_UNSPECIFIED,
)
WELDER_ZH = "焊工\n任职要求：\n1、熟练掌握Python和SQL；\n2、熟悉Linux操作系统；\n3、有Docker经验者优先。"
WELDER_EN = "Data engineer\nRequirements:\n- proficient in Python and SQL\n- familiar with Linux\nNice to have: Docker"


def upsert(client: ServiceClient, name: str, text: str, request_id: str = "") -> doc.UpsertDocumentResponse:
    request = doc.UpsertDocumentRequest(document=doc.Document(name=name, text=text), request_id=request_id)
    reply: doc.UpsertDocumentResponse = client.documents.UpsertDocument(request)
    return reply


def test_the_demo_corpus_imports_whole_in_order(
    imported: list[doc.ImportDocumentsResponse], corpus: dict[str, str]
) -> None:
    assert [r.name for r in imported] == list(corpus)
    assert [r.item_index for r in imported] == list(range(len(corpus)))
    assert {r.outcome for r in imported} == {CREATED}
    assert not any(r.HasField("error") for r in imported)
    without_skills = [r.name for r in imported if r.mention_count == 0]
    assert without_skills == []


@pytest.mark.parametrize("name", ["postings/water-lab-analyst-zh-01", "courses/android-kotlin-development-en-03"])
def test_a_stored_document_is_read_back_as_it_was_sent(
    client: ServiceClient, corpus: dict[str, str], name: str
) -> None:
    found, sent = get(client, name), corpus[name]
    assert len(found.text) == len(sent), "redaction keeps offsets"
    cut = {i for r in found.redactions for i in range(r.span.start, r.span.end)}
    assert all(found.text[i] == sent[i] for i in range(len(sent)) if i not in cut)
    assert [m.surface for m in found.mentions] == [found.text[m.start : m.end] for m in found.mentions]
    assert [m.start for m in found.mentions] == sorted(m.start for m in found.mentions)
    assert [s.span.start for s in found.sections] == [0, *(s.span.end for s in found.sections[:-1])]
    assert found.sections[-1].span.end == len(sent)
    assert found.create_time == found.update_time


def test_facts_of_a_chinese_posting_and_an_english_course_are_what_their_texts_say(client: ServiceClient) -> None:
    posting = get(client, "postings/water-lab-analyst-zh-01")
    assert posting.title == "水质化验员"
    assert posting.languages[0] == "zh"
    assert posting.facts.education == doc.EDUCATION_LEVEL_ASSOCIATE
    assert posting.facts.experience_years == 1.0
    salary = posting.facts.salary
    assert (salary.currency, salary.monthly_min_minor, salary.monthly_max_minor) == ("CNY", 600_000, 850_000)
    assert not posting.facts.HasField("hours")
    course = get(client, "courses/android-kotlin-development-en-03")
    assert course.languages[0] == "en"
    assert (course.facts.hours, course.facts.credits) == (45.0, 3.0)


def test_given_facts_win_over_the_text_and_unknown_ones_stay_absent(client: ServiceClient, forget: Forget) -> None:
    name = "courses/rpc-given-facts"
    forget(name)
    facts = doc.Facts(hours=32.5, delivery=doc.DELIVERY_BLENDED)
    sent = doc.Document(
        name=name, title="Python 入门", text="Python程序设计\n总学时：64学时\n学习Python基础。", facts=facts
    )
    stored = client.documents.UpsertDocument(doc.UpsertDocumentRequest(document=sent)).document
    assert (stored.title, stored.facts.hours, stored.facts.delivery) == ("Python 入门", 32.5, doc.DELIVERY_BLENDED)
    assert not stored.facts.HasField("credits")
    assert not stored.facts.HasField("salary")
    assert stored == get(client, name)


@pytest.mark.parametrize(("language", "text"), [("zh", WELDER_ZH), ("en", WELDER_EN)])
def test_upsert_creates_then_updates_then_leaves_alone(
    client: ServiceClient, forget: Forget, language: str, text: str
) -> None:
    name = f"postings/rpc-upsert-{language}"
    forget(name)
    first = upsert(client, name, text)
    assert (first.outcome, first.document.name, first.document.kind) == (CREATED, name, POSTING)
    skills = {m.skill for m in first.document.mentions}
    assert {"skills/python", "skills/sql", "skills/linux", "skills/docker"} <= skills
    again = upsert(client, name, text)
    assert (again.outcome, again.document) == (UNCHANGED, first.document)
    changed = upsert(client, name, text.replace("Docker", "Kubernetes"))
    assert changed.outcome == UPDATED
    assert "skills/docker" not in {m.skill for m in changed.document.mentions}
    assert "skills/kubernetes" in {m.skill for m in changed.document.mentions}
    assert changed.document.create_time == first.document.create_time
    assert changed.document.update_time.ToNanoseconds() > first.document.update_time.ToNanoseconds()
    assert changed.document.content_hash != first.document.content_hash


def test_a_write_is_visible_to_the_next_match(client: ServiceClient, forget: Forget) -> None:
    name = "candidates/rpc-new-lab-analyst"
    forget(name)
    before = match(client, "postings/water-lab-analyst-zh-01", CANDIDATE, page_size=100, omit_evidence=True)
    assert name not in [m.name for m in before.matches]
    upsert(client, name, "水质化验员\n熟练掌握水质化验、分光光度法、离子色谱、LIMS系统，熟悉GB/T 5750、GB 5749。")
    after = match(client, "postings/water-lab-analyst-zh-01", CANDIDATE, omit_evidence=True)
    assert name in [m.name for m in after.matches]
    assert after.filtered_size == before.filtered_size + 1
    assert after.versions.index_revision > before.versions.index_revision


def test_a_document_without_a_name_gets_an_id_from_its_content(client: ServiceClient, forget: Forget) -> None:
    request = doc.UpsertDocumentRequest(
        document=doc.Document(kind=COURSE, text="Python 程序设计课程，讲授 Python 基础。")
    )
    first = client.documents.UpsertDocument(request)
    forget(first.document.name)
    assert first.document.name.startswith("courses/")
    second = client.documents.UpsertDocument(request)
    assert (second.document.name, second.outcome) == (first.document.name, UNCHANGED)


def test_a_retry_with_its_request_id_answers_as_the_first_time(client: ServiceClient, forget: Forget) -> None:
    name = "postings/rpc-request-id"
    forget(name)
    assert upsert(client, name, WELDER_ZH, "rpc-key-1").outcome == CREATED
    assert upsert(client, name, WELDER_ZH, "rpc-key-1").outcome == CREATED, "the receipt, not UNCHANGED"
    with pytest.raises(grpc.RpcError) as error:
        upsert(client, name, WELDER_EN, "rpc-key-1")
    info = error_info(refusal(error))
    assert (error.value.code(), info.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_ID_REUSED")
    assert info.metadata["field"] == "request_id"
    assert get(client, name).text == WELDER_ZH, "the refused write wrote nothing"


def test_delete_removes_the_document_from_get_list_match_and_file(
    client: ServiceClient, engine: Engine, forget: Forget
) -> None:
    name, marker = "candidates/rpc-to-delete", "化验员小组长独特标记词"
    forget(name)
    upsert(client, name, f"水质化验员，{marker}，熟练掌握水质化验、分光光度法、离子色谱、LIMS系统。")
    posting = "postings/water-lab-analyst-zh-01"
    assert name in [m.name for m in match(client, posting, CANDIDATE).matches]
    client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
    with pytest.raises(grpc.RpcError) as error:
        get(client, name)
    assert error.value.code() is grpc.StatusCode.NOT_FOUND
    assert name not in [m.name for m in match(client, posting, CANDIDATE, page_size=100).matches]
    listed = client.documents.ListDocuments(doc.ListDocumentsRequest(kind=CANDIDATE, page_size=1000))
    assert name not in [d.name for d in listed.documents]
    path = engine.settings.store.path
    for file in (path, path.with_name(path.name + "-wal")):
        assert marker.encode() not in (file.read_bytes() if file.exists() else b"")
    with pytest.raises(grpc.RpcError) as error:
        client.documents.DeleteDocument(doc.DeleteDocumentRequest(name=name))
    assert error_info(refusal(error)).reason == "RESOURCE_NOT_FOUND"


def test_listing_pages_through_all_documents_by_name(client: ServiceClient, corpus: dict[str, str]) -> None:
    expected = sorted(n for n in corpus if n.startswith("candidates/"))
    names: list[str] = []
    token = ""
    while True:
        request = doc.ListDocumentsRequest(kind=CANDIDATE, page_size=40, page_token=token)
        reply = client.documents.ListDocuments(request)
        assert reply.total_size == len(expected)
        assert all(not d.text and not d.mentions and not d.sections for d in reply.documents)
        names += [d.name for d in reply.documents]
        token = reply.next_page_token
        if not token:
            break
    assert names == expected


def test_a_page_token_of_another_listing_is_refused(client: ServiceClient) -> None:
    first = client.documents.ListDocuments(doc.ListDocumentsRequest(kind=CANDIDATE, page_size=5))
    for other in (
        doc.ListDocumentsRequest(kind=POSTING, page_token=first.next_page_token),
        doc.ListDocumentsRequest(kind=CANDIDATE, filter="language:zh", page_token=first.next_page_token),
    ):
        with pytest.raises(grpc.RpcError) as error:
            client.documents.ListDocuments(other)
        assert error_info(refusal(error)).reason == "PAGE_TOKEN_OF_ANOTHER_REQUEST"


# --- import stream -----------------------------------------------------------------------------------------------------


def test_import_reports_created_updated_and_unchanged(client: ServiceClient, forget: Forget) -> None:
    names = [f"postings/rpc-import-{i}" for i in range(3)]
    for name in names:
        forget(name)
    texts = [f"{WELDER_ZH}\n岗位编号第{i}号" for i in range(3)]
    first = import_all(client, *map(item, names, texts))
    assert [r.outcome for r in first] == [CREATED] * 3
    assert all(r.mention_count >= 4 for r in first)
    texts[1] = WELDER_EN
    second = import_all(client, *map(item, names, texts))
    assert [r.outcome for r in second] == [UNCHANGED, UPDATED, UNCHANGED]
    assert [r.name for r in second] == names


def test_bad_items_are_reported_in_their_place_and_good_ones_kept(client: ServiceClient, forget: Forget) -> None:
    good = ["postings/rpc-good-0", "postings/rpc-good-3", "postings/rpc-good-5"]
    for name in good:
        forget(name)
    results = import_all(
        client,
        item(good[0], WELDER_ZH),
        item("postings/rpc-empty", "   \n"),
        item("postings/BAD ID", WELDER_ZH),
        item(good[1], WELDER_EN),
        doc.ImportDocumentsRequest(),
        item(good[2], WELDER_ZH + "。"),
        item("postings/rpc-binary", "a\0b" * 9),
    )
    assert [r.item_index for r in results] == list(range(7))
    assert [r.outcome for r in results] == [CREATED, *[NOT_WRITTEN] * 2, CREATED, NOT_WRITTEN, CREATED, NOT_WRITTEN]
    reasons = {i: error_info(results[i].error).reason for i in (1, 2, 4, 6)}
    assert reasons == {1: "EMPTY_TEXT", 2: "INVALID_REQUEST", 4: "KIND_MISSING", 6: "BINARY_CONTENT"}
    assert error_info(results[2].error).metadata["field"] == "document.name"
    assert [get(client, name).name for name in good] == good


def test_of_two_documents_with_one_id_the_first_is_kept(client: ServiceClient, forget: Forget) -> None:
    name = "postings/rpc-twice"
    forget(name)
    results = import_all(client, item(name, WELDER_ZH), item(name, WELDER_EN), item(name, WELDER_ZH))
    assert [r.outcome for r in results] == [CREATED, NOT_WRITTEN, UNCHANGED]
    info = error_info(results[1].error)
    assert (info.reason, info.metadata["field"]) == ("DUPLICATE_ID", "document.name")
    assert get(client, name).text == WELDER_ZH


def test_duplicates_are_found_across_the_batches_of_one_import(client: ServiceClient, forget: Forget) -> None:
    names = [f"courses/rpc-many-{i:03d}" for i in range(80)]
    for name in names:
        forget(name)
    items = [item(name, f"Python 程序设计（第{i}期），学习 Python 与 SQL。") for i, name in enumerate(names)]
    results = import_all(client, *items, item(names[0], "另一门课程：学习 Docker。"))
    assert [r.outcome for r in results[:80]] == [CREATED] * 80
    assert error_info(results[80].error).reason == "DUPLICATE_ID"


def test_an_import_item_is_idempotent_by_its_request_id(client: ServiceClient, forget: Forget) -> None:
    name, other = "postings/rpc-item-key", "postings/rpc-item-key-other"
    forget(name)
    forget(other)
    assert import_all(client, item(name, WELDER_ZH, "rpc-item-1"))[0].outcome == CREATED
    assert import_all(client, item(name, WELDER_ZH, "rpc-item-1"))[0].outcome == CREATED
    reused = import_all(client, item(name, WELDER_EN, "rpc-item-1"), item(other, WELDER_EN))
    assert error_info(reused[0].error).reason == "REQUEST_ID_REUSED"
    assert reused[1].outcome == CREATED, "the bad item does not cost its neighbours"


def test_one_request_id_for_two_items_of_a_batch_costs_only_the_second(client: ServiceClient, forget: Forget) -> None:
    names = ["postings/rpc-shared-key-0", "postings/rpc-shared-key-1", "postings/rpc-shared-key-2"]
    for name in names:
        forget(name)
    results = import_all(
        client,
        item(names[0], WELDER_ZH, "rpc-shared"),
        item(names[1], WELDER_EN, "rpc-shared"),
        item(names[2], WELDER_EN),
    )
    assert [r.outcome for r in results] == [CREATED, NOT_WRITTEN, CREATED]
    assert error_info(results[1].error).reason == "REQUEST_ID_REUSED"


def test_the_content_hash_is_a_sha256_that_tells_texts_apart(client: ServiceClient, forget: Forget) -> None:
    hashes = []
    for number, text in enumerate((WELDER_ZH, WELDER_EN)):
        name = f"postings/rpc-hash-{number}"
        forget(name)
        hashes.append(upsert(client, name, text).document.content_hash)
    assert all(len(bytes.fromhex(h)) == hashlib.sha256().digest_size for h in hashes)
    assert hashes[0] != hashes[1]


def test_importance_and_level_are_read_in_both_languages(client: ServiceClient, forget: Forget) -> None:
    for language, text in (("zh", WELDER_ZH), ("en", WELDER_EN)):
        name = f"postings/rpc-importance-{language}"
        forget(name)
        by_skill = {m.skill: m for m in upsert(client, name, text).document.mentions}
        assert by_skill["skills/docker"].importance == tax.IMPORTANCE_PREFERRED
        assert by_skill["skills/python"].level == tax.PROFICIENCY_PROFICIENT
        assert by_skill["skills/linux"].level == tax.PROFICIENCY_FAMILIAR
