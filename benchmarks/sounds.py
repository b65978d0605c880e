"""Recordings for the benchmarks, made from the sample webinar: as long as wanted, in any container."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "webinar" / "common-light-winter.m4a"
RATE = 16_000
CODECS = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "mp3", ".m4a": "aac", ".mkv": "aac", ".opus": "libopus"}


def sample() -> NDArray[np.int16]:
    """The sample webinar's sound, 16 kHz mono."""
    with av.open(str(SAMPLE)) as source:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        pieces = [piece for frame in source.decode(audio=0) for piece in resampler.resample(frame)]
    return np.concatenate([piece.to_ndarray().reshape(-1) for piece in pieces])


def talk(path: Path, seconds: float, *, start: float = 0.0, pause: float = 0.0) -> Path:
    """A recording of so many seconds: the sample from `start` on, again and again.

    With a `pause`, so many seconds of silence after each twelve.
    """
    whole = np.roll(sample(), -round(start * RATE))
    if pause:
        parts = whole[: len(whole) // (12 * RATE) * 12 * RATE].reshape(-1, 12 * RATE)
        whole = np.pad(parts, ((0, 0), (0, round(pause * RATE)))).reshape(-1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(CODECS[path.suffix], rate=RATE, layout="mono")
        resampler = av.AudioResampler(format=stream.codec_context.format or "s16", layout="mono", rate=RATE)
        for block in _blocks(whole, round(seconds * RATE)):
            frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = RATE
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


def _blocks(whole: NDArray[np.int16], count: int) -> Iterator[NDArray[np.int16]]:
    while count > 0:
        for at in range(0, len(whole), RATE):
            block = whole[at : at + min(RATE, count)]
            count -= len(block)
            yield block
            if count <= 0:
                return
