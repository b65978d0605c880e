"""Many meetings: each gets its turn, a failing one never stops the others, and the end says how each went.

Recordings are worked on in threads, a few at once, and share one recogniser: its model is loaded once, and while one
recording is decoded or its text worked on, the others keep it busy. Transcripts have no such engine to share, and their
work holds the interpreter, so several of them go to processes of their own.
"""

import contextlib
import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console

from pipeline.capacity import ALONE, Capacity, chosen
from pipeline.engines import cluster
from pipeline.errors import DONE, INTERRUPTED, SOME_FAILED, AfterwordError, EngineError
from pipeline.inputs import kind_of, shown
from pipeline.progress import LOG, Bars, set_up_logging
from pipeline.run import Engines, make_meeting
from pipeline.settings import Settings
from pipeline.stages.render import Render
from pipeline.store import write_whole, writing
from pipeline.tracks import track_files

Job = tuple[str, Path]  # meeting id, input
State = Literal["done", "unchanged", "failed", "not reached"]
TABLE = "batch.json"
WORTH_A_PROCESS = 8  # transcripts that pay for the start of a process
PATIENCE = 10.0  # s that an interrupted run waits for its threads to end by themselves


@dataclass(frozen=True)
class Outcome:
    """How one input went."""

    meeting: str
    input: str
    state: State
    exit_code: int
    seconds: float = 0.0
    what: str = ""  # one sentence, when it failed
    do: str = ""  # what to do next


class Interrupted(KeyboardInterrupt):
    """The run was stopped; `outcomes` says how far it came."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def run_batch(jobs: list[Job], settings: Settings, bars: Bars, *, debug: bool = False) -> list[Outcome]:
    """Work through the inputs; `debug` lets the first failure through with its traceback.

    Raises `UsageError` or `MissingError` before any work for what no input could be done with: a broken template, a
    cluster without Ray. An interruption becomes `Interrupted`, after everything that runs has ended.
    """
    _refuse_at_once(settings)
    outcomes: dict[Job, Outcome] = {}
    try:
        with (
            bars.batch({meeting: _weight(path) for meeting, path in jobs})
            if len(jobs) > 1
            else contextlib.nullcontext()
        ):
            for job, outcome in _worked(jobs, settings, bars, debug=debug):
                outcomes[job] = outcome
                bars.finished(job[0])
    except KeyboardInterrupt:
        raise Interrupted(_in_order(jobs, outcomes)) from None
    return _in_order(jobs, outcomes)


def _in_order(jobs: list[Job], outcomes: dict[Job, Outcome]) -> list[Outcome]:
    return [outcomes.get(job, Outcome(job[0], shown(job[1]), "not reached", INTERRUPTED)) for job in jobs]


def write_table(outcomes: list[Outcome], output: Path) -> None:
    """Write `batch.json`: how many inputs ended how, and each one's outcome; raises `OutputError`."""
    counts = Counter(outcome.state for outcome in outcomes)
    body = {"schema": 1, "counts": dict(sorted(counts.items())), "inputs": [asdict(outcome) for outcome in outcomes]}
    with writing(output):
        output.mkdir(parents=True, exist_ok=True)
    write_whole(output / TABLE, json.dumps(body, indent=1, ensure_ascii=False).encode() + b"\n")


def exit_code(outcomes: list[Outcome]) -> int:
    """The exit code of a run: one input's own, or 7 when some of several failed."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if not failed:
        return DONE
    return failed[0].exit_code if len(outcomes) == 1 else SOME_FAILED


def _refuse_at_once(settings: Settings) -> None:
    if settings.cluster:
        cluster.require()
    Render(settings.template, frozenset(settings.format)).check()


def _weight(path: Path) -> float:
    """How much work an input is, in about seconds of sound: the batch's bar moves by it."""
    try:
        size = sum(file.stat().st_size for file in track_files(path) or [path])
    except OSError:
        return 1.0
    return max(1.0, size / 12_000) if kind_of(path) == "media" else 10.0


# ---- one after another, or several at once -----------------------------------------------------------------------


def _worked(jobs: list[Job], settings: Settings, bars: Bars, *, debug: bool) -> Iterator[tuple[Job, Outcome]]:
    recordings = [job for job in jobs if kind_of(job[1]) == "media"]
    capacity = chosen(settings, len(recordings))
    engines = Engines(settings, capacity)
    with contextlib.closing(engines):
        yield from _shared_out(jobs, settings, engines, capacity, bars, debug=debug)


def _shared_out(
    jobs: list[Job], settings: Settings, engines: Engines, capacity: Capacity, bars: Bars, *, debug: bool
) -> Iterator[tuple[Job, Outcome]]:
    others = {meeting for meeting, _ in jobs}

    def attempt(job: Job) -> Outcome:
        return _attempt(job, settings, engines, bars, others=others - {job[0]}, debug=debug)

    processes = _processes(settings, sum(kind_of(path) != "media" for _, path in jobs))
    if debug or (capacity.jobs == 1 and processes == 1):
        yield from ((job, attempt(job)) for job in jobs)
        return
    with contextlib.ExitStack() as stack:
        threads = stack.enter_context(_ending(ThreadPoolExecutor(capacity.jobs, "recording"), bars))
        pool = stack.enter_context(_ending(_pool(processes, settings), bars)) if processes > 1 else None
        futures: dict[Future[Outcome], Job] = {}
        for job in jobs:
            if pool and kind_of(job[1]) != "media":
                futures[pool.submit(_do, job, others - {job[0]})] = job
            else:
                futures[threads.submit(attempt, job)] = job
        for future in as_completed(futures):
            yield futures[future], _result(future, futures[future])


def _processes(settings: Settings, transcripts: int) -> int:
    """How many processes the transcripts get: 1 stands for this one."""
    return max(1, min(settings.jobs or chosen(settings, transcripts).workers, transcripts // WORTH_A_PROCESS))


@contextlib.contextmanager
def _ending(executor: Executor, bars: Bars) -> Iterator[Executor]:
    """The executor; after an interruption what runs in it is told to stop, and waited for, though not for ever."""
    try:
        yield executor
    except BaseException:
        bars.stop()
        waiting = threading.Thread(target=lambda: executor.shutdown(cancel_futures=True), daemon=True)
        waiting.start()
        waiting.join(PATIENCE)
        raise
    executor.shutdown()


def _result(future: Future[Outcome], job: Job) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return _failed(
            job, EngineError("The process that worked on it died.", do="Run the same command again with --jobs 1."), 0.0
        )


def _attempt(
    job: Job, settings: Settings, engines: Engines, bars: Bars, *, others: set[str], debug: bool = False
) -> Outcome:
    meeting, path = job
    began = time.perf_counter()
    try:
        meeting, state = make_meeting(meeting, path, settings, engines, bars, others=others)
    except AfterwordError as error:
        if debug:
            raise
        return _failed(job, error, began)
    except Exception as error:
        if debug:
            raise
        LOG.debug("unexpected", exc_info=True)
        ours = EngineError(
            f"Something unexpected went wrong ({type(error).__name__}: {error}).",
            do="Run it again with --debug and send us what it prints.",
        )
        return _failed(job, ours, began)
    return Outcome(meeting, shown(path), state, DONE, round(time.perf_counter() - began, 3))


def _failed(job: Job, error: AfterwordError, began: float) -> Outcome:
    seconds = round(time.perf_counter() - began, 3) if began else 0.0
    return Outcome(job[0], shown(job[1]), "failed", error.exit_code, seconds, error.what, error.do)


# ---- transcripts in processes ------------------------------------------------------------------------------------

_worker: Callable[[Job, set[str]], Outcome] | None = None


def _pool(count: int, settings: Settings) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, _start_worker, (settings, ALONE))


def _start_worker(settings: Settings, capacity: Capacity) -> None:
    global _worker  # noqa: PLW0603 - the engines of this worker process, built once
    # The terminal's Ctrl-C reaches the workers too; the parent ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    console = Console(stderr=True)
    set_up_logging(console, form=settings.log_format, quiet=settings.quiet)
    engines, bars = Engines(settings, capacity), Bars(console, enabled=False)
    _worker = lambda job, others: _attempt(job, settings, engines, bars, others=others)  # noqa: E731


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, and the pool's pipes do not tell them."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(INTERRUPTED)


def _do(job: Job, others: set[str]) -> Outcome:
    assert _worker is not None  # noqa: S101 - set by the pool's initialiser
    return _worker(job, others)
