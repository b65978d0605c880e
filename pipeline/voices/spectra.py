"""Mel cepstra of speech: what each hundredth of a second sounds like."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, rfft

from pipeline.records import Span
from pipeline.sound import RATE, Samples

Read = Callable[[float, float], Samples]  # the samples of [start, end) seconds
Floats = NDArray[np.float64]
Frames = NDArray[np.float32]

STEP = 0.01  # s between frames
HOP, WINDOW, POINTS = 160, 400, 512  # samples
BANDS = 26
SIZE = 19  # cepstra; the first one, loudness, says nothing about the voice
PIECE = 60.0  # s worked on at a time


@dataclass(frozen=True)
class Spoken:
    """The frames of all speech, one row each: cepstra, when they are (s), and in which span."""

    cepstra: Frames
    times: Floats
    span: NDArray[np.int32]


def spoken_frames(read: Read, speech: tuple[Span, ...], done: Callable[[float], None]) -> Spoken:
    """The cepstra of all speech; `done` is told how far it is (s)."""
    # One table from the start: pieces that are joined at the end would lie in memory twice.
    pieces = [(n, start, min(start + PIECE, s.end)) for n, s in enumerate(speech) for start in _starts(s)]
    most = sum(round((end - start) / STEP) for _, start, end in pieces)
    rows, times, spans = np.empty((most, SIZE), np.float32), np.empty(most), np.empty(most, np.int32)
    at = 0
    for number, start, end in pieces:
        found = cepstra(read(start, end + (WINDOW - HOP) / RATE))[: round((end - start) / STEP)]
        here = slice(at, at + len(found))
        rows[here], spans[here] = found, number
        times[here] = start + STEP * np.arange(len(found))
        at += len(found)
        done(end)
    return Spoken(rows[:at], times[:at], spans[:at])


def _starts(span: Span) -> NDArray[np.float64]:
    return np.arange(span.start, span.end, PIECE)


def cepstra(piece: Samples) -> Frames:
    """Mel cepstra 1-19, one row each 10 ms."""
    if len(piece) < WINDOW:
        return np.zeros((0, SIZE), np.float32)
    emphasised = np.append(piece[:1], piece[1:] - np.float32(0.97) * piece[:-1])
    frames = np.lib.stride_tricks.sliding_window_view(emphasised, WINDOW)[::HOP]
    spectrum = rfft(frames * _window(), POINTS)
    bands = np.log((spectrum.real**2 + spectrum.imag**2) @ _filters().T + 1e-9)
    return np.asarray(dct(bands, type=2, norm="ortho")[:, 1 : SIZE + 1], dtype=np.float32)


@cache
def _window() -> Frames:
    return np.hamming(WINDOW).astype(np.float32)


@cache
def _filters() -> Frames:
    """Triangles, evenly spaced on the mel scale."""
    low, high = (2595 * np.log10(1 + f / 700) for f in (60.0, 7800.0))
    centres = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(POINTS, 1 / RATE)
    rising = (bins[None] - centres[:-2, None]) / (centres[1:-1] - centres[:-2])[:, None]
    falling = (centres[2:, None] - bins[None]) / (centres[2:] - centres[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
