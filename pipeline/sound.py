"""A recording's raw samples on disk: read piece by piece, also while they are still being decoded, and searched for pauses.

16 kHz mono signed 16-bit little-endian; the file is the buffer between the decoder and those who listen, so that a
recording of any length is never held whole.
"""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import EngineError

RATE = 16_000
WIDTH = 2  # bytes a sample
LEVELS = "audio.levels"  # the file beside the samples with the levels of the participants' tracks
FRAME = 0.01  # s, the step of the energy that pauses are searched in
SILENCE = -100.0  # dB, what digital silence counts as

Samples = NDArray[np.float32]
Read = Callable[[float, float], Samples]  # the samples of [start, end) seconds; fewer only where the recording ends


def raw_samples(pcm: Path, start: float, end: float) -> NDArray[np.int16]:
    """The samples of [start, end) seconds as they are on disk; raises `EngineError` where the file is gone."""
    first, last = max(round(start * RATE), 0), max(round(end * RATE), 0)
    try:
        return np.fromfile(pcm, dtype="<i2", count=max(last - first, 0), offset=first * WIDTH)
    except OSError as error:
        raise EngineError(
            f"The decoded sound {pcm} is gone or cannot be read.", do="Run the command again with --overwrite."
        ) from error


def samples(pcm: Path, start: float, end: float) -> Samples:
    """The samples of [start, end) as float32 in [-1, 1); shorter where the recording ends before."""
    return raw_samples(pcm, start, end).astype(np.float32) / np.float32(32768)


def reader(pcm: Path) -> Read:
    """The reader of samples that are all there."""
    return partial(samples, pcm)


def track_levels(file: Path, tracks: int) -> NDArray[np.float64]:
    """The levels of the participants' tracks, (steps of 0.1 s, tracks); raises `EngineError` where the file is gone."""
    try:
        found = np.fromfile(file, dtype="<u2")
    except OSError as error:
        raise EngineError(
            f"The levels of the tracks in {file} are gone or cannot be read.",
            do="Run the command again with --overwrite.",
        ) from error
    return found[: len(found) // tracks * tracks].reshape(-1, tracks).astype(np.float64)


class Growing:
    """Samples that are still being decoded: a reader that waits for them, and the progress bar that says they are there."""

    def __init__(self, pcm: Path) -> None:
        self._pcm = pcm
        self._reached = 0.0
        self._ended = False
        self._error: BaseException | None = None
        self._news = threading.Condition()

    def reached(self, time: float) -> None:
        """All samples before `time` seconds are in the file."""
        with self._news:
            self._reached = time
            self._news.notify_all()

    def ended(self, error: BaseException | None = None) -> None:
        """No more will come; those who wait get the `error` that ended it, if there was one."""
        with self._news:
            self._ended, self._error = True, self._error or error
            self._news.notify_all()

    def read(self, start: float, end: float) -> Samples:
        """The samples of [start, end), once they are there."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self._reached >= end)
            if self._error:
                raise self._error
        return samples(self._pcm, start, end)


def levels(piece: Samples, *, step: float = FRAME) -> NDArray[np.float64]:
    """The level in dB below full scale of each whole `step` seconds."""
    width = max(1, round(step * RATE))
    frames = piece[: len(piece) // width * width].reshape(-1, width)
    power: NDArray[np.float64] = np.einsum("ij,ij->i", frames, frames).astype(np.float64) / width
    return 10 * np.log10(np.maximum(power, 10 ** (SILENCE / 10)))


def longest_quiet_gap(piece: Samples, *, after: float = 0.0) -> tuple[float, float]:
    """The longest low-energy stretch of `piece` from `after` on, in seconds from the piece's start.

    Where nothing is clearly quieter than the rest, the quietest tenth of a second.
    """
    level = levels(piece)
    skip = min(round(after / FRAME), max(len(level) - 1, 0))
    searched = level[skip:]
    if len(searched) < 2:
        return after, len(piece) / RATE
    low, high = np.percentile(level, [5, 90])
    best = _longest_run(searched < low + 0.3 * (high - low))
    if high - low < 6 or best[1] - best[0] < 5:  # 6 dB: no pause to speak of; 5 frames: a stop consonant
        best = _quietest(searched, 10)
    return (skip + best[0]) * FRAME, (skip + best[1]) * FRAME


def _longest_run(flags: NDArray[np.bool_]) -> tuple[int, int]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    if not len(edges):
        return 0, 0
    starts, ends = edges[::2], edges[1::2]
    best = int(np.argmax(ends - starts))
    return int(starts[best]), int(ends[best])


def _quietest(level: NDArray[np.float64], width: int) -> tuple[int, int]:
    width = min(width, len(level))
    sums = np.concatenate(([0.0], np.cumsum(level)))
    at = int(np.argmin(sums[width:] - sums[:-width]))
    return at, at + width
