"""The model swap journey: check the new model, embed all documents with it beside the old one, switch in one step, clean up.

Enters: the name of a model. Leaves: that model in force, or the old one as if nothing had been asked. The old model and its
index answer until the switch; what is written meanwhile is caught up before it. All that was made is in the store, so a
crash or a stop loses one batch at most and the next start goes on. Refuses (ModelSwapRefused) a second swap, and a model
that does not pass the self-check.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from matcher.documents import Documents
from matcher.embed import DocumentEmbedder, EmbedConfig, Encoder, batched, load_encoder
from matcher.embed.batching import BatchingEncoder
from matcher.embed.registry import ModelEntry, resolve_model
from matcher.embed.self_check import refuse_below_floor, self_check
from matcher.errors import IndexNotReady, InvalidConfig, InvalidRequest, MatcherError, ModelSwapRefused
from matcher.in_force import InForce, Present
from matcher.records import SwapPhase, SwapProgress
from matcher.store import ChosenModel, DocumentStore, DocumentVectors, SwapRecord, VectorSet

log = structlog.get_logger()
# Small, so that a stop, a cancel and the other users of the processor wait for little.
BATCH = 32
# What may be left for the moment in which writes wait.
FEW = 64
DROP_BATCH = 2000
LOWER_PRIORITY = 10
COUNT_EVERY_S = 1.0


class _Stopped(Exception):
    """The swap was told to end."""


def embed_config(configured: EmbedConfig, store: DocumentStore) -> EmbedConfig:
    """The configuration with the model that the last swap brought, unless another one was configured since."""
    chosen = store.reembedding.chosen()
    if chosen is None or chosen.configured != configured.model or chosen.model == configured.model:
        return configured
    log.warning("model_of_last_swap_serves", configured=configured.model, serving=chosen.model)
    return configured.model_copy(update={"model": chosen.model})


class ModelSwap:
    """Goes over from one model to another while the service runs. One swap at a time.

    Args:
        config: how models are loaded; `model` is what the configuration names.
        store: documents and both sets of vectors.
        documents: holds writes for the moment of the switch.
        present: the model in force.
        build: makes what would be in force with an encoder whose vectors stand in a set.
    """

    def __init__(
        self,
        config: EmbedConfig,
        store: DocumentStore,
        documents: Documents,
        present: Present,
        build: Callable[[Encoder, VectorSet], InForce],
    ) -> None:
        self._config = config
        self._store = store
        self._documents = documents
        self._present = present
        self._build = build
        self._gate = threading.Lock()
        self._progress: SwapProgress | None = None
        self._started = self._counted = 0.0
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._cancelled = False

    def start(self, model: str) -> SwapProgress:
        """Starts a swap to a model by registry id or folder, or joins the one to the same model that is under way.

        Raises:
            InvalidRequest: MODEL_UNUSABLE, when the model is unknown or its weights are not those on record.
            ModelSwapRefused: SWAP_RUNNING, or MODEL_IN_FORCE.
            IndexNotReady: the documents are still being loaded.
        """
        entry = self._entry(model)
        reference = str(Path(model).resolve()) if entry.is_folder else model
        with self._gate:
            if (running := self._under_way) is not None:
                if running.model_id == entry.id:
                    return running
                raise ModelSwapRefused(
                    f"a swap to {running.model_id} is under way; wait for it, or cancel it first",
                    reason="SWAP_RUNNING",
                    running_model=running.model_id,
                )
            if not self._present.now.working_set.ready:
                raise IndexNotReady("the index is being loaded; try again in a few seconds")
            if entry.id == self._present.now.encoder.model_id:
                raise ModelSwapRefused(f"{entry.id} is in force already", reason="MODEL_IN_FORCE")
            return self._launch(SwapRecord(reference, entry.id))

    def resume(self) -> None:
        """Goes on with a swap that a stop or a crash broke off; without one, drops vectors that a switch left behind."""
        record = self._store.reembedding.record()
        with self._gate:
            if record is not None:
                self._launch(record)
            else:
                self._run_in_thread(self._drop_unused)

    def cancel(self) -> SwapProgress:
        """Ends the swap under way and drops what it made; returns how it ended: DONE when it was too late.

        Raises:
            ModelSwapRefused: NO_SWAP, when none is under way.
        """
        with self._gate:
            if (running := self._under_way) is None:
                raise ModelSwapRefused("no model swap is under way", reason="NO_SWAP")
            self._cancelled = True
            self._stop.set()
        self.join()
        return self.progress() or running

    def pause(self) -> None:
        """Tells the swap to end after the batch under way; what it made is kept for the next start."""
        self._stop.set()

    def join(self) -> None:
        """Waits until the swap's thread has ended."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def progress(self) -> SwapProgress | None:
        """How far the swap is, or how the last one since the start ended; None when there was none."""
        with self._gate:
            if (running := self._under_way) is not None:
                return replace(running, seconds=time.monotonic() - self._started)
            return self._progress

    def reembed_with_configured(self) -> None:
        """Embeds all documents with the loaded model here and now, without the self-check; the service must be stopped."""
        encoder = self._present.now.encoder
        record = SwapRecord(self._config.model, encoder.model_id)
        self._store.reembedding.begin(record)
        self._progress, self._started = (
            SwapProgress(record.model, record.model_id, SwapPhase.EMBEDDING),
            time.monotonic(),
        )
        self._embed_and_switch(record, encoder)
        self._drop_unused()

    # --- in the thread of the swap -------------------------------------------------------------------------------

    @property
    def _under_way(self) -> SwapProgress | None:
        """The swap that is not over and not paused."""
        progress = self._progress
        is_under_way = progress is not None and not progress.is_over and progress.phase is not SwapPhase.PAUSED
        return progress if is_under_way else None

    def _launch(self, record: SwapRecord) -> SwapProgress:
        self._store.reembedding.begin(record)
        self._progress = SwapProgress(record.model, record.model_id, SwapPhase.LOADING)
        self._started = time.monotonic()
        self._cancelled = False
        self._stop.clear()
        self._run_in_thread(lambda: self._run(record))
        return self._progress

    def _run_in_thread(self, work: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=work, name="model-swap", daemon=True)
        self._thread.start()

    def _run(self, record: SwapRecord) -> None:
        try:
            self._swap(record)
            self._set(phase=SwapPhase.DONE)
            log.info("model_swapped", model=record.model_id)
        except _Stopped:
            if self._cancelled:
                self._forget()
            self._set(phase=SwapPhase.CANCELLED if self._cancelled else SwapPhase.PAUSED)
        except MatcherError as error:
            self._forget()
            self._set(phase=SwapPhase.FAILED, error=error)
            log.warning("model_swap_refused", model=record.model_id, reason=error.code)
        except Exception as error:  # noqa: BLE001  (a thread has no caller; what was made is kept for the next start)
            self._set(phase=SwapPhase.FAILED, error=error)
            # the type, not the text: an exception's text may quote a document
            log.error("model_swap_failed", model=record.model_id, error=type(error).__name__)  # noqa: TRY400

    def _swap(self, record: SwapRecord) -> None:
        entry = self._entry(record.model)
        if entry.id != record.model_id:
            raise ModelSwapRefused(f"the weights of {record.model_id} were exchanged", reason="MODEL_CHANGED")
        encoder = load_encoder(self._config.model_copy(update={"model": record.model}))
        self._go_on(SwapPhase.CHECKING)
        results = self_check(encoder, entry.floors)
        self._set(checks=results)
        refuse_below_floor(results)
        self._go_on(SwapPhase.EMBEDDING)
        before = self._embed_and_switch(record, encoder)
        self._present.wait_until_unused(before)
        if isinstance(before.encoder, BatchingEncoder):
            before.encoder.close()
        self._drop_unused()

    def _embed_and_switch(self, record: SwapRecord, encoder: Encoder) -> InForce:
        """Makes the vectors that are lacking and puts the model in force; returns what was in force before."""
        reembedding = self._store.reembedding
        candidate = self._build(batched(encoder, self._config), self._store.vector_set().other)
        embedder = DocumentEmbedder(encoder)  # unbatched: its passes belong to the thread of low priority
        # threads inherit their priority, and those that the encoder makes must not have the low one: hence a thread for this
        with ThreadPoolExecutor(1, "reembed", _lower_own_priority) as background:
            revision = background.submit(self._fill, embedder).result()
            self._go_on(SwapPhase.SWITCHING)
            background.submit(candidate.working_set.catch_up, self._store, revision).result()
            candidate.working_set.rebuild_outgrown()
            candidate.working_set.catch_up(self._store, background.submit(self._fill, embedder).result())
        with self._documents.writes_held():
            revision = self._store.revision()
            self._fill_once(embedder, gently=False)
            candidate.working_set.catch_up(self._store, revision)
            self._refuse_stopped()
            chosen = ChosenModel(self._config.model, record.model)
            reembedding.switch(record.model_id, encoder.dimension, chosen)
            return self._present.replace(candidate)

    def _fill(self, embedder: DocumentEmbedder) -> int:
        """Embeds documents until few are lacking; returns a revision up to which none is."""
        while True:
            revision = self._store.revision()
            if self._fill_once(embedder, gently=True) < FEW:
                return revision

    def _fill_once(self, embedder: DocumentEmbedder, *, gently: bool) -> int:
        """Embeds the documents that are lacking, once around; returns how many. `gently`: half of the time is for calls."""
        done, after = 0, 0
        self._count(now=True)
        while batch := self._store.reembedding.lacking(after, BATCH):
            self._refuse_stopped()
            started, n_answered = time.monotonic(), self._present.now.n_answered
            found = embedder.embed([stored.document for stored in batch])
            self._store.reembedding.put(
                [
                    (stored, DocumentVectors(f.title, f.body), f.truncation)
                    for stored, f in zip(batch, found, strict=True)
                ]
            )
            done, after = done + len(batch), batch[-1].row_id
            self._count(now=False)
            if gently and self._present.now.n_answered != n_answered:
                self._stop.wait(time.monotonic() - started)
        self._count(now=True)
        return done

    def _drop_unused(self) -> None:
        while self._store.reembedding.drop_unused(DROP_BATCH):
            pass

    def _forget(self) -> None:
        self._store.reembedding.abandon()
        self._drop_unused()

    def _entry(self, model: str) -> ModelEntry:
        try:
            return resolve_model(model, self._config.registry)
        except InvalidConfig as error:
            raise InvalidRequest(error.message, reason="MODEL_UNUSABLE", field="model") from error

    # --- progress ------------------------------------------------------------------------------------------------

    def _set(self, **changes: Any) -> None:
        with self._gate:
            if self._progress is not None:
                seconds = time.monotonic() - self._started
                self._progress = replace(self._progress, seconds=seconds, **changes)

    def _go_on(self, phase: SwapPhase) -> None:
        """Enters a phase, unless told to end."""
        self._refuse_stopped()
        self._set(phase=phase)

    def _count(self, *, now: bool) -> None:
        """Counts what is made; at most once a second, since it looks at every document."""
        if now or time.monotonic() - self._counted >= COUNT_EVERY_S:
            n_embedded, n_documents = self._store.reembedding.progress()
            self._set(n_embedded=n_embedded, n_documents=n_documents)
            self._counted = time.monotonic()

    def _refuse_stopped(self) -> None:
        if self._stop.is_set():
            raise _Stopped


def _lower_own_priority() -> None:
    """Lets every other thread of the machine go first; where a thread has no priority of its own it keeps that of all."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWER_PRIORITY)
