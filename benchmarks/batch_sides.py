"""The sides of the comparisons in `benchmarks/batch.py`, each started as a process of its own.

    PYTHONPATH=. python -m benchmarks.batch_sides NAME '{"recording": ..., "model": ...}'

The last line printed is what was measured, as JSON: wall and processor time in seconds, peak memory in MB.
"""

import contextlib
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.vad import VadOptions, collect_chunks, get_speech_timestamps
from rich.console import Console

from pipeline import sound
from pipeline.batch import run_batch
from pipeline.capacity import Capacity, chosen
from pipeline.engines.listener import SpeechListener
from pipeline.engines.media import Decoder
from pipeline.engines.whisper import Recogniser, resolve
from pipeline.inputs import assign_ids, find_inputs
from pipeline.progress import Bars, Progress, Quiet
from pipeline.run import Engines, make_meeting
from pipeline.settings import Settings
from pipeline.stages.chunk import Cutting
from pipeline.stages.transcribe import PARTIAL
from pipeline.store import WORK

MEETING = "talk"
BEAM = 5
LASTING, BELOW = 1000, -45.0  # ms and dB of a silence that is searched for
Found = dict[str, Any]


def clocked(do: Callable[[], object]) -> Found:
    """Wall and processor time of `do`, its decoder's included, and the process's peak memory so far."""
    cpu, began = _cpu(), time.perf_counter()
    do()
    wall = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"wall": round(wall, 2), "cpu": round(_cpu() - cpu, 2), "peak": round(peak)}


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def silent() -> Bars:
    """Bars that say nothing."""
    return Bars(Console(quiet=True), enabled=False)


def outputs(folder: Path) -> dict[str, bytes]:
    """The outputs of all meetings in it; `run.json` has timings in it, and the batch's table."""
    skipped = ("run.json", "batch.json")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and WORK not in path.parts and path.name not in skipped
    }


def _settings(how: Found) -> Settings:
    given = {key: how[key] for key in ("workers", "threads", "cluster", "jobs") if key in how}
    return Settings(output=Path(how["output"]), asr=how["model"], voices="none", offline=True, **given)


class Watching(Bars):
    """Bars that say nothing and note the peak memory (MB) when a stage begins."""

    def __init__(self) -> None:
        super().__init__(Console(quiet=True), enabled=False)
        self.peaks: dict[str, int] = {}

    def stage(self, meeting: str, stage: str) -> contextlib.AbstractContextManager[Progress]:
        """See `Bars.stage`."""
        self.peaks[stage] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
        return super().stage(meeting, stage)


@contextlib.contextmanager
def loaded(settings: Settings, inputs: int) -> Iterator[tuple[Engines, Capacity]]:
    """Engines whose models are there, as those of the other sides are."""
    capacity = chosen(settings, inputs)
    engines = Engines(settings, capacity)
    engines.language.revision  # noqa: B018 - loads the language model
    engines.recogniser.language_of(np.zeros(16_000, np.float32))  # and the recogniser's
    with contextlib.closing(engines):
        yield engines, capacity


# ---- Afterword -------------------------------------------------------------------------------------------------------


def ours(how: Found) -> Found:
    """All stages but voices of a recording, or of a folder of them."""
    path, settings = Path(how["recording"]), _settings(how)
    if path.is_dir():
        return _folder(path, settings)
    with loaded(settings, 1) as (engines, capacity):
        bars = Watching()
        found = clocked(lambda: make_meeting(MEETING, path, settings, engines, bars))
    told = json.loads((settings.output / MEETING / "run.json").read_text())
    how_many = {"workers": capacity.workers, "threads": capacity.threads}
    return {**found, **how_many, "stages": told["stages"], "heard": bars.peaks["turns"]}


def _folder(path: Path, settings: Settings) -> Found:
    """A batch loads its own models, so that their loading counts here."""
    jobs = assign_ids(find_inputs([path], output=settings.output), settings.output)
    outcomes: list[Any] = []
    found = clocked(lambda: outcomes.extend(run_batch(jobs, settings, silent())))
    assert all(outcome.state == "done" for outcome in outcomes), outcomes
    return {**found, "inputs": len(outcomes)}


def killed(how: Found) -> Found:
    """A run that is killed with -9 when so many of its windows are recognised; how long that took."""
    settings, path = _settings(how), Path(how["recording"])
    wanted = max(1, round(how["at"] * (total := _windows_of(path, settings, how)))) if how["at"] else 1
    child = os.fork()
    if not child:
        with loaded(settings, 1) as (engines, _):
            (settings.output.parent / "loaded").write_text(str(time.time()))
            make_meeting(MEETING, path, settings, engines, silent())
        os._exit(0)
    partial = settings.output / MEETING / WORK / PARTIAL
    while _done(partial) < wanted:
        time.sleep(0.02)
    now, done = time.time(), _done(partial)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    began = float((settings.output.parent / "loaded").read_text())
    return {"wall": round(now - began, 2), "done": done, "windows": total if how["at"] else 0}


def _done(partial: Path) -> int:
    """Windows kept so far; the first line is the key, and each of the others a group's."""
    with contextlib.suppress(OSError):
        whole = partial.read_bytes().split(b"\n")[1:-1]
        return sum(len(json.loads(line)["windows"]) for line in whole)
    return 0


def _windows_of(path: Path, settings: Settings, how: Found) -> int:
    pcm = settings.output.parent / "counted.s16"
    duration = Decoder().decode(path, pcm, progress=Quiet()).duration
    longest = Recogniser(resolve(how["model"], offline=True)).window
    return len(list(Cutting(SpeechListener(), longest, sound.reader(pcm), Quiet(), duration).windows()))


def ray(how: Found) -> Found:
    """The built-in recogniser and Ray's, both warm, in turns."""
    path = Path(how["recording"])
    found: Found = {"builtin": [], "ray": []}
    with contextlib.ExitStack() as held:
        sides = {}
        for name, more in (("builtin", {}), ("ray", {"cluster": "local"})):
            settings = _settings({**how, **more, "output": f"{how['output']}/{name}", "workers": 2, "threads": 1})
            engines, _ = held.enter_context(loaded(settings, 1))
            sides[name] = settings.model_copy(update={"overwrite": True}), engines
            engines.recogniser.language_of(np.zeros(16_000, np.float32))  # the second actor's model
        for turn in range(how["repeats"] + 1):  # the first one warms up
            for name, (settings, engines) in sides.items():
                taken = clocked(lambda s=settings, e=engines: make_meeting(MEETING, path, s, e, silent()))
                if turn:
                    found[name].append(taken["wall"])
    found["same"] = outputs(Path(how["output"]) / "builtin") == outputs(Path(how["output"]) / "ray")
    return found


# ---- faster-whisper ----------------------------------------------------------------------------------------------


def _model(how: Found) -> WhisperModel:
    # As many threads as the other side's workers have together.
    return WhisperModel(how["model"], device="cpu", compute_type="int8", cpu_threads=how.get("threads", 2))


def _recordings(how: Found) -> list[str]:
    path = Path(how["recording"])
    return [str(file) for file in sorted(path.iterdir())] if path.is_dir() else [str(path)]


def _each(how: Found, transcribe: Callable[[str], tuple[Any, Any]]) -> Found:
    def loop() -> None:
        for path in _recordings(how):
            list(transcribe(path)[0])

    return clocked(loop)


def batched(how: Found) -> Found:
    """faster-whisper's batches, as its manual has it."""
    pipeline = BatchedInferencePipeline(_model(how))
    size = how.get("batch", 8)
    return _each(how, lambda path: pipeline.transcribe(path, beam_size=BEAM, word_timestamps=True, batch_size=size))


def sequential(how: Found) -> Found:
    """faster-whisper's sequential call with its voice activity detector."""
    model = _model(how)
    return _each(how, lambda path: model.transcribe(path, beam_size=BEAM, word_timestamps=True, vad_filter=True))


# ---- windows and silence -----------------------------------------------------------------------------------------


def windows(how: Found) -> Found:
    """How many windows the speech of a recording takes, here and in faster-whisper's batches."""
    pcm = Path(how["recording"]).with_suffix(".s16")
    duration = Decoder().decode(Path(how["recording"]), pcm, progress=Quiet()).duration
    cutting = Cutting(SpeechListener(), 30.0, sound.reader(pcm), Quiet(), duration)
    count = len(list(cutting.windows()))
    whole = sound.samples(pcm, 0, duration)
    spans = get_speech_timestamps(whole, VadOptions(max_speech_duration_s=30, min_silence_duration_ms=160))
    raw = len(collect_chunks(whole, spans, max_duration=30)[0])
    return {"windows": count, "speech": sum(s.end - s.start for s in cutting.speech), "longest": 30.0, "raw": raw}


def silence(how: Found) -> Found:
    """Stretches of silence by pydub, and by the running sums of `pipeline.sound` with pydub's rule on top."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415
        from pydub.silence import detect_silence  # noqa: PLC0415
    pcm = Path(how["recording"]).with_suffix(".s16")
    duration = Decoder().decode(Path(how["recording"]), pcm, progress=Quiet()).duration
    whole = AudioSegment(pcm.read_bytes(), sample_width=2, frame_rate=sound.RATE, channels=1)
    began = time.perf_counter()
    theirs = detect_silence(whole, min_silence_len=LASTING, silence_thresh=BELOW, seek_step=10)
    pydub = time.perf_counter() - began
    piece = sound.samples(pcm, 0, duration)  # in memory, as pydub has them
    began = time.perf_counter()
    mine = _silences(piece)
    taken = time.perf_counter() - began
    same = sum(any(abs(a - start * 1000) <= 10 and abs(b - end * 1000) <= 10 for a, b in theirs) for start, end in mine)
    return {"pydub": pydub, "ours": taken, "ranges": f"{len(theirs)} and {len(mine)}", "same": same}


def _silences(piece: sound.Samples) -> list[tuple[float, float]]:
    """Where the level over so long stays below so much, by pydub's rule: its levels are whole numbers."""
    power = 10 ** (sound.levels(piece) / 10)
    width = round(LASTING / 1000 / sound.FRAME)
    sums = np.concatenate(([0.0], np.cumsum(power)))
    level = np.floor(np.sqrt(np.maximum(sums[width:] - sums[:-width], 0) / width) * 32768)
    quiet = np.flatnonzero(level <= 10 ** (BELOW / 20) * 32768)
    if not len(quiet):
        return []
    breaks = np.flatnonzero(np.diff(quiet) > width)
    firsts, lasts = [0, *(breaks + 1).tolist()], [*breaks.tolist(), len(quiet) - 1]
    return [(quiet[a] * sound.FRAME, (quiet[b] + width) * sound.FRAME) for a, b in zip(firsts, lasts, strict=True)]


SIDES = {
    "ours": ours,
    "killed": killed,
    "ray": ray,
    "batched": batched,
    "sequential": sequential,
    "windows": windows,
    "silence": silence,
}

if __name__ == "__main__":
    print(json.dumps(SIDES[sys.argv[1]](json.loads(sys.argv[2])), default=float))
