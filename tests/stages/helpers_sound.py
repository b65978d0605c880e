"""What the tests of the sound stages share: a work folder with raw samples in it, and words to be heard."""

from pathlib import Path

import numpy as np

from pipeline.progress import Quiet
from pipeline.records import Audio, Chunk, Chunks, Span, Utterance, Word
from pipeline.stages import Work


def work_in(folder: Path, seconds: float) -> tuple[Work, Audio]:
    """A work folder with noise of that length, and its record."""
    rng = np.random.default_rng(0)
    (rng.standard_normal(round(seconds * 16_000)) * 2000).astype("<i2").tofile(folder / "audio.s16")
    audio = Audio(meeting="m", recording="0", pcm="audio.s16", duration=seconds, container_duration=seconds)
    return Work(folder, Quiet()), audio


def spans(*pairs: tuple[float, float]) -> tuple[Span, ...]:
    return tuple(Span(start=a, end=b) for a, b in pairs)


def utterance(text: str, start: float, *, step: float = 0.4, sure: float = 0.9, label: str | None = None) -> Utterance:
    """Words of `step` seconds each, from `start` on."""
    words = tuple(
        Word(text=word, start=round(start + i * step, 3), end=round(start + (i + 1) * step, 3), probability=sure)
        for i, word in enumerate(text.split())
    )
    return Utterance(start=words[0].start, end=words[-1].end, label=label, words=words)


def chunks_of(audio: Audio, *pairs: tuple[float, float]) -> Chunks:
    """One window for each span, all of it speech."""
    speech = spans(*pairs)
    return Chunks(
        meeting="m",
        audio=audio,
        speech=speech,
        chunks=tuple(Chunk(start=s.start, end=s.end, speech=(s,)) for s in speech),
    )
