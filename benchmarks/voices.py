"""How well the built-in diarizer tells voices apart, and what it costs.

    PYTHONPATH=. python benchmarks/voices.py clips FOLDER
    PYTHONPATH=. python benchmarks/voices.py long [--seconds 14400] [--base 600]

`clips` reads recordings (*.flac) and a `reference.rttm`: diarization error, collar 0.25 s, overlap scored, with the
number of voices told and not told, beside everything given to one speaker and two seconds at a time given at random.
`long` is the sample webinar again and again: processor seconds for each second of sound, and how much the process grew
above what it took for a short one (`--base` seconds).
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.sounds import talk
from pipeline import sound
from pipeline.engines.listener import SpeechListener
from pipeline.engines.media import decode
from pipeline.engines.voices_builtin import BuiltinDiarizer
from pipeline.measures.der import Der, Labelled, der, read_rttm
from pipeline.progress import Quiet
from pipeline.records import Span

PIECE = 2.0  # s that the random baseline gives to one speaker


def speech_of(pcm: Path) -> tuple[Span, ...]:
    """Where somebody speaks."""
    return tuple(SpeechListener().speech_spans(sound.reader(pcm), heard=lambda _: None))


def told_apart(pcm: Path, speech: tuple[Span, ...], count: int | None) -> list[Labelled]:
    """The diarizer's spans."""
    found = BuiltinDiarizer().voices(
        partial(sound.samples, pcm), speech, min_speakers=count, max_speakers=count, progress=Quiet()
    )
    return [(start, end, str(voice)) for start, end, voice in found]


def at_random(speech: Sequence[Span], count: int, seed: int) -> Iterator[Labelled]:
    """Two seconds at a time to any speaker."""
    rng = random.Random(seed)
    for span in speech:
        at = span.start
        while at < span.end:
            yield at, min(span.end, at + PIECE), str(rng.randrange(count))
            at += PIECE


def clips(folder: Path) -> None:
    """The figures of real clips, all together."""
    reference = read_rttm(folder / "reference.rttm")
    total: dict[str, Der] = {}
    for file in sorted(folder.glob("*.flac")):
        truth = reference[file.stem]
        count = len({who for *_, who in truth})
        with tempfile.TemporaryDirectory() as work:
            pcm = Path(work) / "sound.pcm"
            decode(file, pcm, progress=Quiet())
            speech = speech_of(pcm)
            ways = {
                "number of voices told": told_apart(pcm, speech, count),
                "not told": told_apart(pcm, speech, None),
                "one speaker": [(s.start, s.end, "0") for s in speech],
                "random": list(at_random(speech, count, seed=len(total))),
            }
        for way, found in ways.items():
            total[way] = total[way] + der(truth, found) if way in total else der(truth, found)
    for way, error in total.items():
        print(f"{way:24} {error.rate:.1%}")


def measured(seconds: float) -> dict[str, float]:
    """Processor seconds of the diarizer alone, and the peak of this process, in MB."""
    with tempfile.TemporaryDirectory() as work:
        pcm = Path(work) / "sound.pcm"
        decode(talk(Path(work) / "talk.flac", seconds), pcm, progress=Quiet())
        speech = speech_of(pcm)
        began = time.process_time()
        spans = told_apart(pcm, speech, None)
        took = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "processor": took, "peak": peak, "voices": len({who for *_, who in spans})}


def long(seconds: float, base: float) -> None:
    """A short and a long recording, each in a process of its own."""
    found = []
    for length in (base, seconds):
        command = [sys.executable, __file__, "one", "--seconds", str(length)]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        print(
            "{seconds:.0f} s: {voices:.0f} voices, {processor:.1f} processor seconds, peak {peak:.0f} MB".format(
                **found[-1]
            )
        )
    short, full = found
    print(f"processor seconds / second of sound: {full['processor'] / full['seconds']:.4f}")
    print(f"peak above the short one's: {full['peak'] - short['peak']:.0f} MB")


def main() -> None:
    """The figure that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figure", choices=("clips", "long", "one"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=14_400)
    parser.add_argument("--base", type=float, default=600)
    wanted = parser.parse_args()
    if wanted.figure == "clips":
        clips(wanted.folder)
    elif wanted.figure == "long":
        long(wanted.seconds, wanted.base)
    else:
        print(json.dumps(measured(wanted.seconds)))


if __name__ == "__main__":
    main()
