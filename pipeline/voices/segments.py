"""Where the voice may change: at pauses, and where the sound before differs from the sound after."""

import itertools

import numpy as np
from numpy.typing import NDArray

from pipeline.voices.spectra import Floats, Frames

SIDE = 100  # frames compared on either side of a possible change
SHORTEST = 80  # frames between two changes
EVERY = 5  # frames from one place that is tried to the next
PENALTY = 1.3  # on the number of parameters: higher means fewer changes


def segments_of(cepstra: Frames, span: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Index ranges of frames within which, as far as can be told, one voice speaks."""
    borders = [0, *(np.flatnonzero(np.diff(span)) + 1).tolist(), len(span)]
    found: list[tuple[int, int]] = []
    for first, last in itertools.pairwise(borders):
        cuts = [first, *(first + change for change in changes(cepstra[first:last])), last]
        found += [(a, b) for a, b in itertools.pairwise(cuts) if b > a]
    return found


def changes(frames: Frames) -> list[int]:
    """Places where one diagonal Gaussian for both sides fits clearly worse than one for each (BIC)."""
    count = len(frames)
    if count < 2 * SHORTEST:
        return []
    places = np.arange(SHORTEST, count - SHORTEST, EVERY)
    gain = _gain(frames, places)
    found = []
    while len(gain) and gain.max() > 0:
        best = int(places[int(gain.argmax())])
        found.append(best)
        gain[np.abs(places - best) < SHORTEST] = -1
    return sorted(found)


def _gain(frames: Frames, places: NDArray[np.intp]) -> Floats:
    size = frames.shape[1]
    wide = frames.astype(np.float64)
    sums = np.concatenate([np.zeros((1, size)), np.cumsum(wide, axis=0)])
    squares = np.concatenate([np.zeros((1, size)), np.cumsum(wide**2, axis=0)])
    before, after = np.maximum(0, places - SIDE), np.minimum(len(frames), places + SIDE)

    def cost(first: NDArray[np.intp], last: NDArray[np.intp]) -> Floats:
        n = (last - first)[:, None]
        mean = (sums[last] - sums[first]) / n
        variance = np.maximum((squares[last] - squares[first]) / n - mean**2, 1e-3)
        return np.asarray(0.5 * n[:, 0] * np.log(variance).sum(axis=1))

    penalty = PENALTY * size * np.log(after - before)
    return np.asarray(cost(before, after) - cost(before, places) - cost(places, after) - penalty)
