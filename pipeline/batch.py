"""Many meetings: each gets its turn, a failing one never stops the others, and the end says how each went."""

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console

from pipeline.errors import DONE, SOME_FAILED, AfterwordError, EngineError, UsageError
from pipeline.inputs import kind_of
from pipeline.progress import LOG, Bars, set_up_logging
from pipeline.run import Engines, make_meeting
from pipeline.settings import Settings
from pipeline.stages.render import Render
from pipeline.store import WORK, write_whole

Job = tuple[str, Path]  # meeting id, input


@dataclass(frozen=True)
class Outcome:
    """How one input went."""

    meeting: str
    input: str
    state: Literal["done", "failed"]
    exit_code: int
    what: str = ""  # one sentence, when it failed
    do: str = ""  # what to do next


@dataclass(frozen=True)
class Plan:
    """What a run would do with one input, and why."""

    meeting: str
    input: str
    kind: str
    why: str


def plan(jobs: list[Job], settings: Settings) -> list[Plan]:
    """What a run would do, without doing it (`--dry-run`)."""
    return [
        Plan(meeting, str(path), kind_of(path), _why(settings.output / meeting, settings)) for meeting, path in jobs
    ]


def _why(folder: Path, settings: Settings) -> str:
    if not (folder / WORK).is_dir():
        return "new"
    if settings.overwrite:
        return "again from the start (overwrite)"
    if not (folder / "run.json").is_file():
        return "go on where an earlier run stopped"
    return "checked; only what changed is done again"


def run_batch(jobs: list[Job], settings: Settings, bars: Bars, *, debug: bool = False) -> list[Outcome]:
    """Work through the inputs; `debug` lets the first failure through with its traceback.

    Raises `UsageError` before any work for what no input could be done with: a broken template, a cluster.
    """
    _refuse_at_once(settings)
    if settings.jobs == 1 or len(jobs) == 1:
        engines = Engines(settings)
        outcomes = [_attempt(job, settings, engines, bars, debug=debug) for job in jobs]
    else:
        outcomes = list(_in_processes(jobs, settings))
    if len(jobs) > 1:
        _write_table(outcomes, settings.output)
    return outcomes


def _refuse_at_once(settings: Settings) -> None:
    if settings.cluster:
        raise UsageError("--cluster is not in this version yet.", do="Use --jobs to work on several inputs at once.")
    Render(settings.template, frozenset(settings.format)).check()


def exit_code(outcomes: list[Outcome]) -> int:
    """The exit code of a run: one input's own, or 7 when some of several failed."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if not failed:
        return DONE
    return failed[0].exit_code if len(outcomes) == 1 else SOME_FAILED


def _attempt(job: Job, settings: Settings, engines: Engines, bars: Bars, *, debug: bool = False) -> Outcome:
    meeting, path = job
    try:
        make_meeting(meeting, path, settings, engines, bars)
    except AfterwordError as error:
        if debug:
            raise
        return _failed(job, error)
    except Exception as error:
        if debug:
            raise
        LOG.debug("unexpected", exc_info=True)
        ours = EngineError(
            f"Something unexpected went wrong ({type(error).__name__}: {error}).",
            do="Run it again with --debug and send us what it prints.",
        )
        return _failed(job, ours)
    return Outcome(meeting, str(path), "done", DONE)


def _failed(job: Job, error: AfterwordError) -> Outcome:
    return Outcome(job[0], str(job[1]), "failed", error.exit_code, error.what, error.do)


# ---- several at once: processes, because decoding and text work hold the interpreter ------------------------------

_worker: Callable[[Job], Outcome] | None = None


def _start_worker(settings: Settings, threads: int) -> None:
    global _worker  # noqa: PLW0603 - the engines of this worker process, built once
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    console = Console(stderr=True)
    set_up_logging(console, form=settings.log_format, quiet=settings.quiet)
    engines, bars = Engines(settings), Bars(console, enabled=False)
    _worker = lambda job: _attempt(job, settings, engines, bars)  # noqa: E731


def _do(job: Job) -> Outcome:
    assert _worker is not None  # noqa: S101 - set by the pool's initialiser
    return _worker(job)


def _in_processes(jobs: list[Job], settings: Settings) -> Iterator[Outcome]:
    count = min(settings.jobs, len(jobs))
    threads = max(1, (os.cpu_count() or 1) // count)
    context = multiprocessing.get_context("spawn")
    done: dict[Job, Outcome] = {}
    with ProcessPoolExecutor(count, context, _start_worker, (settings, threads)) as pool:
        futures = {pool.submit(_do, job): job for job in jobs}
        for future in as_completed(futures):
            job = futures[future]
            try:
                done[job] = future.result()
            except BrokenProcessPool:
                error = EngineError(
                    "The process that worked on it died.", do="Run the same command again with --jobs 1."
                )
                done[job] = _failed(job, error)
    yield from (done[job] for job in jobs)


def _write_table(outcomes: list[Outcome], output: Path) -> None:
    body = {"schema": 1, "inputs": [asdict(outcome) for outcome in outcomes]}
    write_whole(output / "batch.json", json.dumps(body, indent=1, ensure_ascii=False).encode() + b"\n")
