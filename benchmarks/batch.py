"""The figures of long and of many recordings: speed beside faster-whisper's own calls, memory, resumption.

    PYTHONPATH=. python benchmarks/batch.py windows|silence|one|sequential|many|workers|ray|resume|memory|first [--model small|base]

Each run is a process of its own (so that its peak memory is its own), the sides of a comparison take turns, and what is
printed is the median of their ratios: absolute times mean little on a machine that others use as well. Models are loaded
before the clock starts, on every side. The recogniser is one with random weights (`benchmarks/small.py`).
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.batch_sides import outputs as outputs_of
from benchmarks.small import BASE, SMALL, TINY, build
from benchmarks.sounds import talk

MODELS = Path("out/bench")
Row = tuple[str, str, str]  # figure, value, aim
Found = dict[str, Any]


def side(name: str, **how: object) -> Found:
    """What a side of a comparison measures, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.batch_sides", name, json.dumps(how, default=str)],
        env={**os.environ, "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: Found = json.loads(done.stdout.splitlines()[-1])
    shown = {key: value for key, value in found.items() if key != "stages"}
    print(f"  {name} {json.dumps(how, default=str)[-90:]}: {shown}", file=sys.stderr)
    return found


def in_turns(sides: dict[str, Callable[[], Found]], repeats: int) -> dict[str, list[Found]]:
    """Each side's findings; the sides take turns, each round in another order."""
    found: dict[str, list[Found]] = {name: [] for name in sides}
    names = list(sides)
    for turn in range(repeats):
        for name in names if turn % 2 == 0 else reversed(names):
            found[name].append(sides[name]())
    return found


def ratio(found: dict[str, list[Found]], one: str, other: str, key: str = "wall") -> str:
    """The median of the ratios of the rounds, and their range."""
    ratios = [a[key] / b[key] for a, b in zip(found[one], found[other], strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


# ---- the figures ----------------------------------------------------------------------------------------------------


def windows(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """How full windows are."""
    rows = []
    for name, pauses in (("as it is", 0.0), ("with 4 s of silence after each 12 s", 4.0)):
        recording = talk(here / "talk.wav", arguments.seconds or 1920, pause=pauses)
        found = side("windows", recording=recording, model=build(MODELS / "tiny", TINY))
        best = math.ceil(found["speech"] / found["longest"])
        value = (
            f"{found['windows'] / best:.3f} ({found['windows']} of {best}; faster-whisper's batches: {found['raw']})"
        )
        rows.append((f"windows / ceil(speech / window), the sample {name}", value, "<= 1.10"))
    return rows


def silence(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """The search for silence beside pydub's."""
    found = side("silence", recording=talk(here / "talk.wav", arguments.seconds or 1200, pause=2.0))
    return [
        ("silence search / pydub's, time", f"1/{found['pydub'] / found['ours']:.0f}", "<= 1/100"),
        ("ranges found / by both within a step", f"{found['ranges']} / {found['same']}", "all"),
    ]


def one(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """One recording, all stages but voices, beside faster-whisper's batches."""
    how = {"recording": talk(here / "talk.wav", arguments.seconds or 450), "model": _model(arguments)}
    found = in_turns(_beside_ours(here, how, "batched"), arguments.repeats)
    return [
        ("one recording, all stages but voices / batched, wall", ratio(found, "ours", "batched"), "<= 1.03"),
        ("the same, processor time", ratio(found, "ours", "batched", "cpu"), ""),
        ("of that, wall of the stages after recognition", f"{_text(found['ours'][-1]):.1f} s", ""),
    ]


def sequential(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """One recording beside the sequential call, which listens to a window of this model's three times and more."""
    how = {"recording": talk(here / "talk.wav", arguments.seconds or 120), "model": _model(arguments)}
    found = in_turns(_beside_ours(here, how, "sequential"), arguments.repeats)
    return [
        ("one recording / sequential with VAD, wall", ratio(found, "ours", "sequential"), "<= 0.85"),
        ("the same, processor time", ratio(found, "ours", "sequential", "cpu"), ""),
    ]


def _beside_ours(here: Path, how: Found, *others: str) -> dict[str, Callable[[], Found]]:
    sides: dict[str, Callable[[], Found]] = {"ours": lambda: side("ours", **how, output=_empty(here / "out"))}
    return sides | {name: partial(side, name, **how) for name in others}


def _text(found: Found) -> float:
    heard = ("decode", "chunk", "transcribe", "voices")
    return sum(stage["seconds"] for name, stage in found["stages"].items() if name not in heard)


def many(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """Eight recordings of several lengths and containers beside a loop over them."""
    season = here / "season"
    season.mkdir()
    endings = (".wav", ".flac", ".mp3", ".m4a", ".mkv", ".opus", ".wav", ".m4a")
    each = (arguments.seconds or 280) / 8
    for at, ending in enumerate(endings):
        talk(season / f"talk-{at}{ending}", each * (0.4 + 0.17 * at), start=50.0 * at)
    how = {"recording": season, "model": _model(arguments)}
    found = in_turns(_beside_ours(here, how, "batched", "sequential"), arguments.repeats)
    return [
        ("naive loop, sequential with VAD / batch of 8, wall", ratio(found, "sequential", "ours"), ">= 1.15"),
        ("naive loop, batched / batch of 8, wall", ratio(found, "batched", "ours"), ""),
    ]


def workers(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """Several workers of one thread beside one of several threads."""
    how = {"recording": talk(here / "talk.wav", arguments.seconds or 120), "model": _model(arguments)}
    shapes = {"1x1": (1, 1), "1x2": (1, 2), "2x1": (2, 1), "3x1": (3, 1)}

    def of(workers: int, threads: int) -> Callable[[], Found]:
        return lambda: side("ours", **how, output=_empty(here / "out"), workers=workers, threads=threads)

    found = in_turns({name: of(*shape) for name, shape in shapes.items()}, arguments.repeats)
    return [
        (f"workers x threads, {name} / 2x1: wall, processor time, peak", _beside(found, name), "")
        for name in ("1x1", "1x2", "3x1")
    ]


def _beside(found: dict[str, list[Found]], name: str) -> str:
    return ", ".join(ratio(found, name, "2x1", key) for key in ("wall", "cpu", "peak"))


def ray(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """Two actors of a cluster on this machine beside two workers of this process."""
    how = {"recording": talk(here / "talk.wav", arguments.seconds or 120), "model": _model(arguments)}
    found = side("ray", **how, output=here / "out", repeats=arguments.repeats)
    ratios = [a / b for a, b in zip(found["ray"], found["builtin"], strict=True)]
    value = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    return [
        ("Ray, 2 actors x 1 thread, warm / built-in 2 x 1, wall", value, "<= 1.10"),
        ("the outputs are the same bytes", str(found["same"]), "True"),
    ]


def resume(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """What a run costs that was killed half-way, beside what was left to do."""
    how = {"recording": talk(here / "talk.wav", arguments.seconds or 240), "model": _model(arguments)}
    ratios, same = [], True
    for _ in range(arguments.repeats):
        whole = side("ours", **how, output=_empty(here / "whole"))
        half = side("killed", **how, output=_empty(here / "killed"), at=0.5)
        resumed = side("ours", **how, output=here / "killed")
        left = whole["wall"] * (1 - half["done"] / half["windows"])
        ratios.append(resumed["wall"] / left)
        same &= outputs_of(here / "whole") == outputs_of(here / "killed")
    value = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    return [
        ("resume after kill -9 at half: wall / share of the windows left", value, "<= 1.05"),
        ("its outputs are the same bytes", str(same), "True"),
    ]


def memory(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """Peak memory by the recording's length."""
    model = build(MODELS / "tiny", TINY)
    longest = arguments.seconds or 4 * 3600
    heard, whole, raw = {}, {}, {}
    for seconds in (longest / 8, longest):
        found = side("ours", recording=talk(here / "talk.mp3", seconds), model=model, output=_empty(here / "out"))
        heard[seconds], whole[seconds] = found["heard"], found["peak"]
    for seconds in (longest / 16, longest / 8):
        raw[seconds] = side("batched", recording=talk(here / "talk.mp3", seconds), model=model)["peak"]
    return [
        *_growth("until the transcript is there", heard),
        *_growth("with the text stages, without voices", whole),
        *_growth("faster-whisper's batches", raw, aims=("", "")),
    ]


def _growth(name: str, peaks: dict[float, float], aims: tuple[str, str] = ("<= 40 MB", "<= 1.10")) -> list[Row]:
    (short, low), (long, high) = peaks.items()
    span = f"{short / 3600:.2g} to {long / 3600:.2g} h"
    growth = (high - low) / ((long - short) / 3600)
    return [
        (f"{name}: growth of the peak per audio-hour, {span}", f"{growth:.0f} MB", aims[0]),
        (
            f"{name}: peak at {long / 3600:.2g} h / at {short / 3600:.2g} h",
            f"{high / low:.2f} ({high:.0f} MB)",
            aims[1],
        ),
    ]


def first(here: Path, arguments: argparse.Namespace) -> list[Row]:
    """How long the first text takes, by the recording's length."""
    model = build(MODELS / "tiny", TINY)
    longest = arguments.seconds or 4 * 3600
    recordings = {"long": talk(here / "long.mp3", longest), "short": talk(here / "short.mp3", longest / 24)}

    def of(name: str) -> Callable[[], Found]:
        return lambda: side("killed", recording=recordings[name], model=model, output=_empty(here / "out"), at=0.0)

    found = in_turns({name: of(name) for name in recordings}, arguments.repeats)
    seconds = statistics.median(turn["wall"] for turn in found["short"])
    length = f"{longest / 3600:.2g} h / {longest / 1440:.2g} min"
    value = f"{ratio(found, 'long', 'short')}; {seconds:.1f} s"
    return [(f"time to the first text, {length}", value, "<= 1.2")]


FIGURES = {
    figure.__name__: figure for figure in (windows, silence, one, sequential, many, workers, ray, resume, memory, first)
}


SHAPES = {"small": SMALL, "base": BASE, "tiny": TINY}


def _model(arguments: argparse.Namespace) -> Path:
    return build(MODELS / arguments.model, SHAPES[arguments.model])


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def main() -> None:
    """Measure the figures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="+", choices=FIGURES)
    parser.add_argument("--seconds", type=float, help="of the recording (of all recordings together)")
    parser.add_argument("--model", choices=SHAPES, default="small", help="whose shape the model for speeds has")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    for name in arguments.figures:
        with tempfile.TemporaryDirectory() as place:
            for row in FIGURES[name](Path(place), arguments):
                print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
