"""Kill runs with -9, some hundred times over all stages: is anything lost or half written?

    PYTHONPATH=. python benchmarks/kills.py [--kills 200] [--seconds 20]

Half of the kills come at a random moment, half right before a random write reaches the disk or is renamed into its
place, so that the quick stages are hit as well. After each kill the run is started again; whenever one ends by itself,
its outputs are compared, byte by byte, with those of a run that nobody disturbed. Everything is loaded once and each
run is a fork, so that the time goes into the stages.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console

from benchmarks.sounds import talk
from pipeline.capacity import chosen
from pipeline.progress import Bars
from pipeline.run import Engines, make_meeting
from pipeline.settings import Settings
from pipeline.store import WORK

STAGES = ("decode", "chunk", "transcribe", "voices", "turns", "names", "themes", "summarise", "verify")


def run_in_fork(recording: Path, settings: Settings, language: object, *, at_write: int | None = None) -> int:
    """Start the run in a process of its own; `at_write` makes it kill itself right before that write is kept."""
    child = os.fork()
    if child:
        return child
    try:
        if at_write is not None:
            _kill_at(at_write)
        engines = Engines(settings, chosen(settings, 1))
        engines.__dict__["_language"] = language
        make_meeting("talk", recording, settings, engines, Bars(Console(quiet=True), enabled=False))
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - the parent counts it
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)


def _kill_at(number: int) -> None:
    count, fsync, replace = 0, os.fsync, Path.replace

    def counted(do: object, *args: object) -> object:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*args)  # type: ignore[operator]

    os.fsync = lambda handle: counted(fsync, handle)  # type: ignore[assignment]
    Path.replace = lambda path, target: counted(replace, path, target)  # type: ignore[assignment, method-assign]


def outputs(folder: Path) -> dict[str, bytes]:
    """The outputs by name; `run.json` has timings in it."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != "run.json"}


def reached(work: Path) -> str:
    """The stage that was under way when the run was killed."""
    for stage in STAGES:
        if not (work / f"{stage}.json").is_file():
            return stage
    return "render"


def main() -> None:
    """Kill, and kill again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        recording = talk(here / "talk.wav", arguments.seconds)
        settings = Settings(output=here / "whole", asr="bundled", offline=True)
        language = Engines(settings).language
        began = time.perf_counter()
        os.waitpid(run_in_fork(recording, settings, language), 0)
        lasted = time.perf_counter() - began
        wanted = outputs(here / "whole" / "talk")
        assert "summary.html" in wanted
        settings = settings.model_copy(update={"output": here / "killed"})
        folder = settings.output / "talk"
        hit: Counter[str] = Counter()
        ends = wrong = failed = 0
        while sum(hit.values()) < arguments.kills:
            by_write = chance.random() < 0.5
            child = run_in_fork(recording, settings, language, at_write=chance.randint(1, 60) if by_write else None)
            if not by_write:
                time.sleep(chance.uniform(0.0, lasted))
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if os.WIFSIGNALED(status):
                hit[reached(folder / WORK)] += 1
                continue
            ends += 1
            failed += os.WEXITSTATUS(status) != 0
            wrong += outputs(folder) != wanted or any(folder.rglob("*.part"))
            shutil.rmtree(settings.output)
    print(f"whole run: {lasted:.1f} s; killed {sum(hit.values())} times, in: {dict(hit)}")
    print(f"runs that came to their end: {ends}; failed: {failed}; lost, half written or different: {wrong}")
    sys.exit(1 if wrong or failed else 0)


if __name__ == "__main__":
    main()
