"""The service's table of contents: one function per journey, calling the stages in the order in which data flows.

Enters: domain values from the gRPC edge or the command line. Leaves: domain values. Knows nothing of gRPC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import structlog

from matcher.assigning import AssignmentQuery, assign
from matcher.completions import Completions
from matcher.config import Settings
from matcher.configured_taxonomy import configured_taxonomy
from matcher.coverage_queries import AuditQuery, CompareQuery, CoverQuery, SimulateQuery
from matcher.covering import Covering
from matcher.credential_journeys import CredentialJourneys
from matcher.decisions import DecisionList, DecisionPage, Decisions
from matcher.derive import Deriver
from matcher.documents import Documents
from matcher.domain.assignment import Assignment
from matcher.domain.coverage_answers import CourseSimulated, PostingCovered, ProgrammeAudited, ProgrammesCompared
from matcher.domain.decision import ANONYMOUS, Decision, FeedbackResult, Outcome, Replay
from matcher.domain.document import Kind, RawDocument
from matcher.domain.inquiry import WhatIfAnswer, WhyNotAnswer
from matcher.domain.occupation import Occupation
from matcher.domain.skill import Skill
from matcher.domain.transition import TransitionQuery
from matcher.embed import Encoder, batched, load_encoder
from matcher.embed.batching import BatchingEncoder
from matcher.extract import find_rungs
from matcher.field_paths import standing_at
from matcher.gap_analysis import GapAnalysis, GapQuery, GapReply
from matcher.in_force import InForce, Present
from matcher.ingest import read_document
from matcher.inquiry import Inquiries, WhatIfQuery, WhyNotQuery
from matcher.match.profile import Profile
from matcher.match.weights import load_weights
from matcher.matching import Matching
from matcher.model_swap import ModelSwap, embed_config
from matcher.planning import CoursePlanning, PlanQuery, PlanReply
from matcher.records import (
    DocumentPage,
    ImportItem,
    ImportResult,
    MatchPage,
    MatchQuery,
    Pair,
    PairExplained,
    Status,
    SwapProgress,
    TextFindings,
)
from matcher.replay import replay
from matcher.retagging import retag
from matcher.screening import Screening
from matcher.store import DocumentStore, StoredDocument, VectorSet
from matcher.targeting import Targets
from matcher.taxonomy import OccupationPage, OccupationSearch, SkillPage, SkillSearch
from matcher.transitions import TransitionReply, Transitions
from matcher.working_set import ProfileOf, WorkingSet

log = structlog.get_logger()


class Engine:
    """Everything the service can do, over one store, one model and one taxonomy.

    Args:
        settings: the configuration.
        encoder: embeds texts; None loads the configured model.

    Raises:
        InvalidConfig, InvalidTaxonomy: from the constructor, when a part cannot be loaded.
        IndexModelMismatch: from `load`, when the stored vectors are of another model.
    """

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self.settings = settings
        self.taxonomy = configured_taxonomy(settings.taxonomy)
        self.store = DocumentStore(settings.store)
        encoder = encoder or batched(load_encoder(embed_config(settings.embed, self.store)), settings.embed)
        deriver = Deriver(self.taxonomy, encoder, settings.extract)
        working_set = self._working_set(encoder, deriver, deriver.profile_of_stored, self.store.vector_set())
        matching = Matching(
            settings.match,
            deriver,
            self.taxonomy,
            load_weights(settings.match.weights),
            self.store,
            working_set,
            encoder.model_id,
        )
        self.present = Present(InForce(encoder, deriver, working_set, matching))
        self.documents = Documents(self.store, self.present, self.snapshots)
        self.targets = Targets(self.store, self.taxonomy, self.present)
        self.completions = Completions(self.store, self.taxonomy, self.present)
        self.gaps = GapAnalysis(self.store, self.taxonomy, self.present, self.targets, self.completions)
        self.credentials = CredentialJourneys(self.store, self.taxonomy, self.present, self.targets, self.gaps)
        self.covering = Covering(self.present, self.targets, self.taxonomy)
        self.course_plans = CoursePlanning(self.store, self.taxonomy, self.present, self.gaps, self.targets)
        self.transitions = Transitions(self.taxonomy, self.present, self.targets, self.gaps, self.course_plans)
        self.swap = ModelSwap(settings.embed, self.store, self.documents, self.present, self._with_encoder)
        self.decisions = Decisions(settings.decisions, self.store)
        self._search = SkillSearch(self.taxonomy)

    def _working_set(
        self, encoder: Encoder, deriver: Deriver, profile_of: ProfileOf, vector_set: VectorSet
    ) -> WorkingSet:
        return WorkingSet(self.settings.index, encoder.dimension, deriver.space, profile_of, vector_set)

    def _with_encoder(self, encoder: Encoder, vector_set: VectorSet) -> InForce:
        """What another model would put in force: an empty working set, and all that does not depend on the model as it is."""
        now = self.present.now
        deriver = now.deriver.with_encoder(encoder)

        def profile_of(stored: StoredDocument) -> Profile:
            return now.working_set.profile_at_hand(stored) or deriver.profile_of_stored(stored)

        working_set = self._working_set(encoder, deriver, profile_of, vector_set)
        return InForce(encoder, deriver, working_set, now.matching.with_model(deriver, working_set, encoder.model_id))

    @property
    def encoder(self) -> Encoder:
        """The model in force."""
        return self.present.now.encoder

    @property
    def deriver(self) -> Deriver:
        """Tags and embeds with the model in force."""
        return self.present.now.deriver

    @property
    def working_set(self) -> WorkingSet:
        """The documents in memory, with the vectors of the model in force."""
        return self.present.now.working_set

    @property
    def matching(self) -> Matching:
        """Matches with the model in force."""
        return self.present.now.matching

    @property
    def snapshots(self) -> Path:
        """Folder of the index snapshots, beside the store."""
        return self.settings.store.path.with_suffix(".index")

    @property
    def snapshot_tag(self) -> str:
        """What a snapshot must agree with: the model, the store whose rows it holds, and how often they were exchanged."""
        return f"{self.encoder.model_id}/{self.store.identity()}/{self.store.reembedding.n_switches()}"

    # --- start and stop ------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Binds the store to model and taxonomy and fills memory; after it matches are answered.

        Writes wait meanwhile: one that is committed after the store was read and before memory is ready would be in the
        store and invisible to matches. A model swap that a stop or a crash broke off goes on afterwards.
        """
        with self.documents.writes_held():
            self._load()
        self.swap.resume()

    def _load(self) -> None:
        self.store.bind_model(self.encoder.model_id, self.encoder.dimension)
        stored_version = self.store.taxonomy_version()
        if stored_version != self.taxonomy.version:
            if stored_version is not None and any(self.store.counts().values()):
                log.warning("mentions_of_another_taxonomy", stored=stored_version, loaded=self.taxonomy.version)
                retag(self.store, self.deriver.mentions, self.taxonomy.version)
            self.store.bind_taxonomy(self.taxonomy.version)
        self.working_set.load(self.store, self.snapshot_tag, self.snapshots)
        self.working_set.rebuild_outgrown()

    def end_background_work(self) -> None:
        """Stops a model swap after the batch under way, so that a stop need not wait for it; it goes on at the next start."""
        self.swap.pause()

    def close(self) -> None:
        """Writes index snapshots and closes the store."""
        self.swap.pause()
        self.swap.join()
        if self.working_set.ready:
            self.working_set.snapshot(self.snapshots, self.snapshot_tag)
        if isinstance(self.encoder, BatchingEncoder):
            self.encoder.close()
        self.decisions.close()
        self.store.close()

    def rederive(self) -> int:
        """Tags and embeds all stored documents with the present taxonomy and model; returns how many there were.

        The vectors are made beside those in force and take their place in one step, so an interrupted run leaves the store
        with the model that it had, and the next run goes on where it was broken off.
        """
        with self.documents.writes_held():
            n_documents = retag(self.store, self.deriver.mentions, self.taxonomy.version).n_documents
        self.swap.reembed_with_configured()
        return n_documents

    # --- models --------------------------------------------------------------------------------------------------

    def swap_model(self, model: str) -> SwapProgress:
        """Starts to go over to another model while this one serves; see `ModelSwap.start`."""
        return self.swap.start(model)

    def swap_progress(self) -> SwapProgress | None:
        """How far the model swap is; see `ModelSwap.progress`."""
        return self.swap.progress()

    def cancel_swap(self) -> SwapProgress:
        """Ends the model swap under way; the model in force stays. See `ModelSwap.cancel`."""
        return self.swap.cancel()

    # --- documents -----------------------------------------------------------------------------------------------

    def import_documents(self, items: Sequence[ImportItem], seen: dict[str, str] | None = None) -> list[ImportResult]:
        """Stores a batch in one transaction; bad items carry their error, good ones are kept; see `Documents`."""
        return self.documents.import_documents(items, seen)

    def upsert(self, raw: RawDocument, request_id: str = "") -> tuple[StoredDocument, ImportResult]:
        """Stores one document and returns it as stored; see `Documents`."""
        return self.documents.upsert(raw, request_id)

    def get(self, name: str) -> StoredDocument:
        """One stored document; see `Documents`."""
        return self.documents.get(name)

    def list_documents(self, kind: Kind, filter_text: str, page_size: int, page_token: str) -> DocumentPage:
        """One page of documents of a kind, by name ascending; see `Documents`."""
        return self.documents.list_documents(kind, filter_text, page_size, page_token)

    def delete(self, name: str) -> None:
        """Deletes a document for good; see `Documents`."""
        self.documents.delete(name)

    # --- matches -------------------------------------------------------------------------------------------------

    def match(self, query: MatchQuery, caller: str = ANONYMOUS) -> MatchPage:
        """The documents of a kind that fit the query, best first; see `Matching.match`. The answer is recorded."""
        with self.present.held() as in_force:
            return self.decisions.recorded(query, in_force.matching.match(query), caller)

    def explain(self, pair: Pair) -> PairExplained:
        """Score and evidence of one pair; see `Matching.explain`."""
        with self.present.held() as in_force:
            return in_force.matching.explain(pair)

    def what_if(self, asked: WhatIfQuery) -> WhatIfAnswer:
        """Where a document would stand with other skills; see `Inquiries.what_if`."""
        with self.present.held() as in_force:
            return Inquiries(in_force, self.taxonomy).what_if(asked)

    def why_not(self, asked: WhyNotQuery) -> WhyNotAnswer:
        """Why a document is not among the best; see `Inquiries.why_not`."""
        with self.present.held() as in_force:
            return Inquiries(in_force, self.taxonomy).why_not(asked)

    @contextmanager
    def screening(self) -> Iterator[Screening]:
        """Screens candidates with the model that is in force now, for as long as the context lasts; see `Screening`."""
        with self.present.held() as in_force:
            yield Screening(in_force, self.store)

    def assign(self, query: AssignmentQuery) -> Assignment:
        """Candidates put to postings, all at once; see `assign`."""
        with self.present.held() as in_force:
            return assign(query, in_force)

    # --- gaps and plans ------------------------------------------------------------------------------------------

    def analyze_gap(self, query: GapQuery) -> GapReply:
        """What of a target a candidate's text shows, and what it does not say; see `GapAnalysis.analyze`."""
        return self.gaps.analyze(query)

    def recommend_transitions(self, query: TransitionQuery) -> TransitionReply:
        """The nearest occupations and cohorts from a candidate or an occupation; see `Transitions.recommend`."""
        return self.transitions.recommend(query)

    def plan_courses(self, query: PlanQuery) -> PlanReply:
        """The best ordered plan of stored courses that closes a gap; see `CoursePlanning.plan`."""
        return self.course_plans.plan(query)

    # --- decisions -----------------------------------------------------------------------------------------------

    def get_decision(self, name: str) -> Decision:
        """One recorded answer of `match`; see `Decisions.get`."""
        return self.decisions.get(name)

    def list_decisions(self, wanted: DecisionList) -> DecisionPage:
        """Recorded answers, newest first; see `Decisions.listed`."""
        return self.decisions.listed(wanted)

    def replay(self, name: str, document: RawDocument | None, filter_text: str | None) -> Replay:
        """A decision made again with what is in force now; see `replay`."""
        with self.present.held() as in_force:
            return replay(self.decisions.get(name), document, filter_text, in_force, self.store)

    def record_feedback(
        self, name: str, document: str, outcome: Outcome, caller: str, *, consent: bool
    ) -> FeedbackResult:
        """Keeps or counts what became of a match; see `Decisions.feedback`."""
        return self.decisions.feedback(name, document, outcome, caller, consent=consent)

    # --- coverage ------------------------------------------------------------------------------------------------

    def cover_posting(self, query: CoverQuery) -> PostingCovered:
        """Which courses cover a target, and the fewest that do; see `Covering.cover`."""
        return self.covering.cover(query)

    def audit_programme(self, query: AuditQuery) -> ProgrammeAudited:
        """How a programme stands to a target; see `Covering.audit`."""
        return self.covering.audit(query)

    def simulate_course(self, query: SimulateQuery) -> CourseSimulated:
        """What an edit of one syllabus would change; see `Covering.simulate`."""
        return self.covering.simulate(query)

    def compare_programmes(self, query: CompareQuery) -> ProgrammesCompared:
        """How programmes differ before one target; see `Covering.compare`."""
        return self.covering.compare(query)

    # --- skills --------------------------------------------------------------------------------------------------

    def extract(self, text: str) -> TextFindings:
        """Skills, unknown phrases and rungs of ladders that a text names, without storing it. Personal data is cut first.

        Raises:
            InvalidDocument: empty, too long, or no text.
        """
        with standing_at("text", of="document.text"):
            document, _ = read_document(RawDocument(kind=Kind.POSTING, text=text))
        found = self.deriver.extraction(document)
        return TextFindings(found.mentions, found.phrases, find_rungs(document.text))

    def search_skills(self, query: str, page_size: int, offset: int) -> SkillPage:
        """Skills by label or alias in any language, best first."""
        return self._search.search(query, page_size=page_size, offset=offset)

    def get_skill(self, name: str) -> Skill:
        """One skill by resource name.

        Raises:
            ResourceNotFound: no such skill.
        """
        return self.taxonomy.get(name.removeprefix("skills/"))

    # --- occupations ---------------------------------------------------------------------------------------------

    @cached_property
    def _occupation_search(self) -> OccupationSearch:
        return OccupationSearch(self.taxonomy)

    def search_occupations(self, query: str, page_size: int, offset: int) -> OccupationPage:
        """Occupations by title in any language, best first; variants of a title find the same one."""
        return self._occupation_search.search(query, page_size=page_size, offset=offset)

    def list_occupations(self, field_code: str) -> Sequence[Occupation]:
        """Occupations of a field, all for "", by id ascending."""
        return [o for o in self.taxonomy.occupations if field_code in ("", o.field_code)]

    def get_occupation(self, name: str) -> Occupation:
        """One occupation by resource name.

        Raises:
            ResourceNotFound: no such occupation.
        """
        return self.taxonomy.occupation(name.removeprefix("occupations/"))

    # --- status --------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        """Counts and versions."""
        with self.present.held() as in_force:
            working_set, encoder = in_force.working_set, in_force.encoder
            with working_set.reading() as shelves:
                indexes = {
                    kind: " ".join(f"{k}={v}" for k, v in shelf.index.parameters.items())
                    for kind, shelf in shelves.items()
                }
            versions = in_force.matching.versions(working_set.revision)
            return Status(
                versions, encoder.dimension, len(self.taxonomy), self.store.counts(), indexes, self.swap.progress()
            )
