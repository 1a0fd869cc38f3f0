"""`python -m bench.audit`: a programme of 60 courses against 10,000 postings, as AuditProgramme answers it; prints Markdown.

Enters: nothing; postings and syllabi are invented here from labels of the taxonomy, with a fixed seed, and pass the real way in:
reading, skill extraction, embedding, store. Skills are drawn with the frequency 1 ÷ rank, 8 to 20 to a posting and 10 to 25 to a
course. Leaves: seconds from request to serialised reply, wall clock and processor time, for the first call and for repeated ones.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import typer

from bench.__main__ import commit, machine
from matcher._gen.skillmatch.v1 import coverage_pb2 as pb
from matcher._gen.skillmatch.v1 import target_pb2 as tgt
from matcher.config import Settings
from matcher.domain.document import Kind, RawDocument
from matcher.domain.skill import SkillKind
from matcher.engine import Engine
from matcher.records import ImportItem
from matcher.serve.convert_coverage import CoverageReplies
from matcher.serve.coverage_requests import audit_query_from, simulate_query_from
from matcher.store import StoreConfig

SEED = 20261130
BATCH = 500
DEMANDS = ("熟悉{}", "熟练掌握{}", "了解{}", "会{}", "精通{}", "有{}经验者优先")
GOAL_S = 3.0


def main(
    postings: int = typer.Option(10_000, help="postings to invent"),
    courses: int = typer.Option(60, help="courses of the programme"),
    repeats: int = typer.Option(5, help="calls after the first"),
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Settings(store=StoreConfig(path=Path(folder) / "audit.db")))
        engine.load()
        import_s = fill(engine, postings, courses)
        programme = pb.Programme(title="bench", filter='title:"课程"')
        rows = []
        for name, share in (("all skills", 0.0), ("skills of 5 % of the postings and more", 0.05)):
            target = tgt.Target(cohort=tgt.Cohort(min_demand_share=share))
            request = pb.AuditProgrammeRequest(programme=programme, target=target)
            rows.append(measured(f"audit, {name}", partial(audit, engine, request), repeats))
        edit = pb.SimulateCourseRequest(programme=programme, target=target, replaces="courses/course-0")
        rows.append(measured("simulation of one course taken out", partial(simulate, engine, edit), repeats))
        engine.close()
    typer.echo(
        "\n".join(
            [
                f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, `python -m bench.audit`, {machine()}, commit {commit()}; "
                f"{courses} courses against {postings:,} postings, imported in {import_s:.0f} s. Goal: {GOAL_S:g} s.",
                "",
                "| request to serialised reply | first, s | first, CPU s | then, median s | then, CPU s | requirements | KB |",
                "|---|---|---|---|---|---|---|",
                *rows,
            ]
        )
    )


def fill(engine: Engine, n_postings: int, n_courses: int) -> float:
    """Imports the invented documents; returns the seconds that it took.

    Raises:
        RuntimeError: a document was refused.
    """
    started = time.monotonic()
    batch: list[ImportItem] = []
    for raw in invented(engine, n_postings, n_courses):
        batch.append(ImportItem(raw))
        if len(batch) == BATCH:
            _import(engine, batch)
            batch = []
    _import(engine, batch)
    return time.monotonic() - started


def _import(engine: Engine, batch: Sequence[ImportItem]) -> None:
    refused = [result.error for result in engine.import_documents(batch) if result.error is not None]
    if refused:
        raise RuntimeError(f"{len(refused)} invented documents were refused, the first: {refused[0]}")


def invented(engine: Engine, n_postings: int, n_courses: int) -> Iterator[RawDocument]:
    """Postings and syllabi in Chinese, the same on every run with the same taxonomy."""
    chance = random.Random(SEED)  # noqa: S311
    labels = [s.label("zh") for s in engine.taxonomy if s.kind is not SkillKind.CERTIFICATE]
    chance.shuffle(labels)
    weights = [1 / rank for rank in range(1, len(labels) + 1)]

    def drawn(low: int, high: int) -> list[str]:
        return list(dict.fromkeys(chance.choices(labels, weights, k=chance.randint(low, high))))

    for number in range(n_postings):
        lines = [f"{place}、{chance.choice(DEMANDS).format(skill)}" for place, skill in enumerate(drawn(8, 20), 1)]
        yield RawDocument(Kind.POSTING, f"posting-{number}", f"岗位{number}", "任职要求：\n" + "\n".join(lines))
    for number in range(n_courses):
        units = [f"单元{place} {skill}（4学时）" for place, skill in enumerate(drawn(10, 25), 1)]
        asked = "、".join(drawn(1, 3))
        text = f"总学时：64\n先修课程：{asked}\n课程内容：\n" + "\n".join(units)
        yield RawDocument(Kind.COURSE, f"course-{number}", f"课程{number}", text)


def audit(engine: Engine, request: pb.AuditProgrammeRequest) -> tuple[int, int]:
    """One audit; returns requirements and bytes of the reply."""
    query = audit_query_from(request)
    reply = CoverageReplies(engine.taxonomy, query.language).audited(engine.audit_programme(query))
    return reply.target.requirement_count, len(reply.SerializeToString())


def simulate(engine: Engine, request: pb.SimulateCourseRequest) -> tuple[int, int]:
    """One simulation; returns requirements and bytes of the reply."""
    query = simulate_query_from(request)
    reply = CoverageReplies(engine.taxonomy, query.language).simulated(engine.simulate_course(query))
    return reply.target.requirement_count, len(reply.SerializeToString())


def measured(name: str, call: Callable[[], tuple[int, int]], repeats: int) -> str:
    """A row of the table: the first call and the median of the next ones."""
    times = []
    for _ in range(1 + repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        n_requirements, n_bytes = call()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    (first, first_cpu), rest = times[0], times[1:]
    median, median_cpu = (statistics.median(column) for column in zip(*rest, strict=True))
    return (
        f"| {name} | {first:.2f} | {first_cpu:.2f} | {median:.2f} | {median_cpu:.2f} | {n_requirements} "
        f"| {n_bytes / 1024:.0f} |"
    )


if __name__ == "__main__":
    typer.run(main)
